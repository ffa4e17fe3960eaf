"""The Python side of a bench: times the peers of one module, in a process of its own.

    python peers.py NAME

loads bench/python/NAME.py, whose dictionary `tasks` maps a task's name to a function that takes the task's arguments,
makes the data, and returns the function to be timed. One request per line on stdin, one answer per line on stdout:

    {"prepare": "matmul", "args": {"n": 512}}   →  {"ok": true}
    {"time": 10}                                →  {"ms": 12.5, "cpuMs": 12.4}
    {"result": true}                            →  {"result": ...}, arrays as nested lists

A request that fails is answered by {"error": "..."}.
"""

import importlib.util
import json
import pathlib
import sys
import time


def load(name):
    path = pathlib.Path(__file__).parent / "python" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.tasks


def plain(value):
    return value.tolist() if hasattr(value, "tolist") else value


class Peer:
    def __init__(self, name):
        self.name = name
        self.tasks = None
        self.run = None
        self.last = None

    def answer(self, request):
        if "prepare" in request:
            # Loaded here, not in the constructor, so that a missing package is an answer.
            self.tasks = self.tasks or load(self.name)
            self.run = self.tasks[request["prepare"]](**request.get("args", {}))
            return {"ok": True}
        if "time" in request:
            cpu = time.process_time()
            start = time.perf_counter()
            for _ in range(request["time"]):
                self.last = self.run()
            ms = (time.perf_counter() - start) * 1000
            return {"ms": ms, "cpuMs": (time.process_time() - cpu) * 1000}
        return {"result": plain(self.last)}


peer = Peer(sys.argv[1])
for line in sys.stdin:
    try:
        reply = json.dumps(peer.answer(json.loads(line)))
    except Exception as error:
        reply = json.dumps({"error": f"{type(error).__name__}: {error}"})
    print(reply, flush=True)
