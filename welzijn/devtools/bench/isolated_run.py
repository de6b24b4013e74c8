"""Runs a benchmark in a process of its own with its own PostgreSQL and Redis."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from welzijn.devtools.local_services.data_folder import CHECKOUT


def run(name: str, options: Mapping[str, Any], keep: Path | None = None) -> dict[str, Any]:
    """Run the benchmark in a process of its own and return its figures.

    Its data is deleted afterwards, or kept in the folder `keep` for the next run.
    Raises subprocess.CalledProcessError if the benchmark fails.
    """
    folder = (
        nullcontext(str(keep)) if keep else tempfile.TemporaryDirectory(prefix="voordeur-bench-")
    )
    with folder as data:
        environment = {
            key: value
            for key, value in os.environ.items()
            if key not in {"DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "SECRET_KEY"}
        }
        environment |= {
            "WELZIJN_DATA": data,
            "WELZIJN_DEMO": "1",
            "WELZIJN_TEST": "",
            "DJANGO_SETTINGS_MODULE": "welzijn.settings",
            "STATIC_ROOT": str(Path(data) / "static"),
            "LOG_LEVEL": "ERROR",
        }
        done = subprocess.run(
            [sys.executable, "-m", __package__, name, json.dumps(dict(options))],
            cwd=CHECKOUT,
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    return dict(json.loads(done.stdout.splitlines()[-1]))
