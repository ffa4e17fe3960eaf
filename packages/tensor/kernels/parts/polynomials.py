# Fits the polynomials of the elementary functions in this folder: best in the largest relative error (Remez), then
# rounded to the precision they are used in.
#
#   pip install mpmath==1.4.1 && python polynomials.py
#
# prints for each its coefficients, lowest power first, and the error that is left.
import struct

from mpmath import cos, erf, erfc, exp, expm1, linspace, log, log1p, lu_solve, matrix, mp, mpf, pi, sin, sqrt, tanh

mp.prec = 180


def round_to(bits, value):
    if bits == 64:
        return mpf(float(value))
    return mpf(struct.unpack("f", struct.pack("f", float(value)))[0])


def remez(f, weight, lo, hi, degree):
    """Coefficients of the polynomial p that makes the largest |f - p| * weight least."""
    n = degree + 2
    nodes = [(lo + hi) / 2 - (hi - lo) / 2 * cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    grid = linspace(lo, hi, 60 * n)
    values = [f(x) for x in grid]
    weights = [weight(x) for x in grid]
    for _ in range(12):
        rows = [[x**k for k in range(degree + 1)] + [(-1) ** i / weight(x)] for i, x in enumerate(nodes)]
        solution = lu_solve(matrix(rows), matrix([f(x) for x in nodes]))
        c = [solution[i] for i in range(degree + 1)]
        errors = [(v - polynomial(c, x)) * w for x, v, w in zip(grid, values, weights)]
        peaks = []
        for i, e in enumerate(errors):
            if peaks and (errors[peaks[-1]] > 0) == (e > 0):
                if abs(e) > abs(errors[peaks[-1]]):
                    peaks[-1] = i
            else:
                peaks.append(i)
        while len(peaks) > n:
            peaks.pop(0 if abs(errors[peaks[0]]) < abs(errors[peaks[-1]]) else -1)
        if len(peaks) < n:
            break
        nodes = [grid[i] for i in peaks]
    return c


def polynomial(c, x):
    return sum(a * x**k for k, a in enumerate(c))


def fit(name, f, scale, lo, hi, degree, bits):
    """p of the degree with |p - f| <= error * scale on [lo, hi]."""
    lo, hi = mpf(lo), mpf(hi)
    weight = lambda x: 1 / scale(x)
    c = [round_to(bits, a) for a in remez(f, weight, lo, hi, degree)]
    error = max(abs(f(x) - polynomial(c, x)) * weight(x) for x in linspace(lo, hi, 999))
    print(f"{name}  (degree {degree}, error 2^{float(log(error, 2)):.1f})")
    for a in c:
        print(f"  {float(a)!r}")


def near_zero(f, limit, x):
    """f with its removable singularity at 0 removed."""
    return mpf(limit) if abs(x) < tiny else f(x)


half_ln2 = log(2) / 2
tiny = mpf(10) ** -20

if __name__ == "__main__":
    # exp(r) = 1 + r + r² p(r)
    q = lambda r: near_zero(lambda r: (expm1(r) - r) / r**2, 0.5, r)
    size = lambda r: near_zero(lambda r: abs(expm1(r)) / r**2, 10**40, r)  # good enough for expm1 as well
    fit("exp32", q, size, -half_ln2 * 1.01, half_ln2 * 1.01, 4, 32)
    # exp(r) = 1 + r p(r), for softmax
    q1 = lambda r: near_zero(lambda r: expm1(r) / r, 1, r)
    fit("exp32 rough", q1, lambda r: exp(r) / max(abs(r), mpf(10) ** -7), -half_ln2 * 1.005, half_ln2 * 1.005, 4, 32)
    fit("exp64", q, size, -half_ln2 * 1.01, half_ln2 * 1.01, 10, 64)

    # log(1 + f) = f + f² p(f)
    p = lambda f: near_zero(lambda f: (log1p(f) - f) / f**2, mpf(-1) / 2, f)
    size = lambda f: near_zero(lambda f: abs(log1p(f)) / f**2, 10**7, f)
    fit("log32", p, size, mpf(-1) / 4, mpf(1) / 2, 7, 32)
    fit("log32 for softplus", p, size, mpf(-1) / 4, mpf(1) / 2, 8, 32)

    # log((1 + s)/(1 - s)) = 2s + s z p(z), z = s²
    p = lambda z: near_zero(lambda z: (log1p(sqrt(z)) - log1p(-sqrt(z)) - 2 * sqrt(z)) / (sqrt(z) * z), mpf(2) / 3, z)
    fit("log64", p, lambda z: 2 / max(z, tiny), 0, 0.02945, 6, 64)
    # log2((1 + s)/(1 - s)) = s p(z), for pow of f32
    p = lambda z: near_zero(lambda z: (log1p(sqrt(z)) - log1p(-sqrt(z))) / sqrt(z), 2, z) / log(2)
    fit("log2 for pow32", p, lambda z: mpf(2), 0, 0.02945, 4, 64)
    fit("exp2 for pow32", lambda f: mpf(2) ** f, lambda f: mpf(1), -0.5, 0.5, 6, 64)

    # tanh(x) = x + x³ p(x²)
    p = lambda z: near_zero(lambda z: (tanh(sqrt(z)) / sqrt(z) - 1) / z, mpf(-1) / 3, z)
    fit("tanh32", p, lambda z: 1 / max(z, tiny), 0, 0.4, 5, 32)

    # erf(x) = x + x p(x²); beyond, erfc(x) = exp(p(x))
    p = lambda z: near_zero(lambda z: erf(sqrt(z)) / sqrt(z), 2 / sqrt(pi), z) - 1
    fit("erf32 small", p, lambda z: mpf(1), 0, 0.87, 6, 32)
    fit("erf32 large", lambda x: log(erfc(x)), lambda x: erf(x) / erfc(x), 0.92, 4, 8, 32)

    # sin(r) = r + r³ p(r²), cos(r) = 1 - r²/2 + r⁴ p(r²)
    quarter = pi / 4 * 1.01
    p = lambda z: near_zero(lambda z: (sin(sqrt(z)) / sqrt(z) - 1) / z, mpf(-1) / 6, z)
    fit("sin32", p, lambda z: 1 / max(z, tiny), 0, quarter**2, 3, 32)
    p = lambda z: near_zero(lambda z: (cos(sqrt(z)) - 1 + z / 2) / z**2, mpf(1) / 24, z)
    fit("cos32", p, lambda z: 1 / max(z * z, tiny), 0, quarter**2, 2, 32)

    # erfc(x) exp(x²) (1 + 2x) as a polynomial of (x - 3)/(x + 3), for gelu of f32
    p = lambda t: (lambda x: erfc(x) * exp(x * x) * (1 + 2 * x))(3 * (1 + t) / (1 - t))
    fit("erfcx for gelu32", p, p, -1, (11 - mpf(3)) / (11 + 3), 11, 64)
