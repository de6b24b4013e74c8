"""The production image's file tree, made without a container engine."""

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from organisations.triage_hints import artefact
from tests.platform.processes import CHECKOUT

# For a process in the image's tree.
LEARN_A_FEW = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "welzijn.settings"
django.setup()
from organisations.triage_hints import artefact, corpus, dutch_training, training
print("current:", artefact.is_current())
learned = training.arrays(corpus.learned()[::50], lambda said: None)
weights = dutch_training.learn(dutch_training.labelled()[::50])
print("learned:", bool(learned["heads"].size and weights))
"""

# Present where the checkout was built, and made anew in the image.
_BUILT = ("node_modules", "static_built", "static_collected")


def copied_files() -> list[Path]:
    """The files that `COPY . .` copies, relative to the checkout: .dockerignore applied."""
    patterns = [
        line
        for line in (CHECKOUT / ".dockerignore").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    found = []
    for folder, folders, files in os.walk(CHECKOUT):
        here = Path(folder).relative_to(CHECKOUT)
        folders[:] = [name for name in folders if name not in _BUILT and not name.startswith(".")]
        found += [here / name for name in files if not _ignored(here / name, patterns)]
    return found


def give_model(tree: Path) -> None:
    """Put the listener's model of this checkout into a copy of it.

    It is learned from files that are the same there, and `learn` sees that it is current: two
    minutes less. `make install` learned it by that very command.
    """
    shutil.copytree(CHECKOUT / artefact.WHERE, tree / artefact.WHERE)


def build(tree: Path, environment: Mapping[str, str]) -> None:
    """Copy the image's files to `tree` and build static files by the Dockerfile's own commands."""
    for file in copied_files():
        (tree / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECKOUT / file, tree / file)
    (tree / "node_modules").symlink_to(CHECKOUT / "node_modules")
    give_model(tree)
    text = (CHECKOUT / "Dockerfile").read_text("utf-8").replace("\\\n", "")
    found = re.search(r"^RUN (export .+manage\.py.+)$", text, re.MULTILINE)
    assert found
    commands = (
        found[1]
        .replace("/venv/bin/python", sys.executable)
        .replace("$(python ", f"$({sys.executable} ")
    )
    # Here node_modules is a link.
    commands = commands.replace("rm -r node_modules", "rm node_modules")
    done = subprocess.run(
        ["sh", "-c", commands],
        cwd=tree,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _ignored(file: Path, patterns: list[str]) -> bool:
    """Whether the last matching pattern, of the file or a folder above it, excludes the file."""
    ignored = False
    for pattern in patterns:
        wanted = pattern.removeprefix("!")
        names = [str(file), *map(str, list(file.parents)[:-1])]
        if wanted.startswith("**/"):
            matches = wanted.removeprefix("**/") in file.parts
        elif wanted == "*":
            matches = True
        else:
            matches = any(fnmatch.fnmatchcase(name, wanted) for name in names)
        if matches:
            ignored = not pattern.startswith("!")
    return ignored
