"""What NumPy prints for the same seeds. Writes numpy.json beside this file.

Run: uv run --with numpy==2.4.6 python numpy_says.py
"""

import json
import pathlib

import numpy as np


def pi(rng, n):
    x, y = rng.random(n), rng.random(n)
    return 4 * np.count_nonzero(x * x + y * y <= 1) / n


def says(points, resamples):
    streams = np.random.default_rng(42).spawn(4)
    estimates = [pi(rng, points) for rng in streams]

    rng = np.random.default_rng(7)
    minutes = rng.gamma(2, 5, 60)
    rows = rng.integers(0, 60, (resamples, 60))
    means = minutes[rows].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    lines = [f"stream {i}: {estimate:.6f}" for i, estimate in enumerate(estimates)]
    lines += [f"all four: {np.mean(estimates):.6f}"]
    lines += [f"mean wait: {minutes.mean():.4f} minutes", f"95 % interval: {low:.4f} to {high:.4f}"]
    return lines


whole, reduced = says(1_000_000, 10_000), says(10_000, 500)
text = json.dumps({"numpy": np.__version__, "whole": whole, "reduced": reduced}, indent=2) + "\n"
pathlib.Path(__file__).with_name("numpy.json").write_text(text)
