"""Memory of a web worker that listens: forked, as gunicorn does, after the model was loaded."""

import json
import os
import subprocess
import sys
from pathlib import Path

from welzijn.devtools.local_services.data_folder import CHECKOUT

WORKERS = 2

_SERVER = f"""
import gc, json, os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "welzijn.settings")
from welzijn.devtools.bench.listener_memory import kilobytes
from organisations.triage_hints import model
model.preload(); gc.collect(); gc.freeze()
ends = []
for _ in range({WORKERS}):
    told, tell = os.pipe(); go, started = os.pipe()
    if os.fork() == 0:
        import django; django.setup()
        import welzijn.urls
        from organisations.triage_hints import find_danger
        from organisations.triage_hints.corpus import learned
        for one in learned()[:3000:3]:
            find_danger(one.text)
        os.write(tell, b"."); os.read(go, 1)
        os.write(tell, json.dumps(kilobytes()).encode()); os.read(go, 1)
        os._exit(0)
    ends.append((told, started))
for told, started in ends: os.read(told, 1)
for told, started in ends: os.write(started, b".")
print(json.dumps([json.loads(os.read(told, 4096)) for told, started in ends]))
for told, started in ends: os.write(started, b".")
"""


def kilobytes() -> dict[str, int]:
    """Give what this process holds: "Pss", and what it shares with nobody."""
    found = {}
    for line in Path("/proc/self/smaps_rollup").read_text("utf-8").splitlines()[1:]:
        name, size = line.split()[:2]
        found[name.rstrip(":")] = int(size)
    return found


def private_megabytes() -> dict[str, float]:
    """Give the memory of the largest of the workers."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", _SERVER],
        cwd=CHECKOUT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    workers = json.loads(done.stdout.splitlines()[-1])
    private = max(one["Private_Clean"] + one["Private_Dirty"] for one in workers)
    return {
        "private_mb_of_a_worker": round(private / 1024, 1),
        "pss_mb_of_a_worker": round(max(one["Pss"] for one in workers) / 1024, 1),
    }
