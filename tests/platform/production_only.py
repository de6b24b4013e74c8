"""`sitecustomize.py` for processes under test: hides every package that production doesn't have.

The modules to hide stand in the environment variable VOORDEUR_HIDDEN, from `hidden_modules()`: a
test asks once, since reading the lists of all installed files takes long in each of its processes.
"""

import os
import sys
from collections.abc import Collection, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

VARIABLE = "VOORDEUR_HIDDEN"


class Hidden:
    """Finds the packages that are not there in production, to say that they are not there."""

    def __init__(self, modules: Collection[str]) -> None:
        self._modules = frozenset(modules)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse a hidden package; leave every other to Python."""
        if name.partition(".")[0] in self._modules:
            raise ModuleNotFoundError(f"No module named {name!r} in production", name=name)
        return None


def hidden_modules(kept: Collection[str]) -> str:
    """Return the modules of all installed packages but `kept`, separated by blanks."""
    import re
    from importlib.metadata import distributions

    kept_modules: set[str] = set()
    others: set[str] = set()
    for distribution in distributions():
        name = re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower()
        into = kept_modules if name in kept else others
        for file in distribution.files or []:
            top = file.parts[0]
            if top.endswith(".py"):
                into.add(top.removesuffix(".py"))
            elif len(file.parts) > 1 and "." not in top:
                into.add(top)
    return " ".join(sorted(others - kept_modules - {"__pycache__", "pip", "setuptools"}))


if VARIABLE in os.environ:
    sys.meta_path.insert(0, Hidden(os.environ[VARIABLE].split()))
