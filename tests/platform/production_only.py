"""`sitecustomize.py` for processes under test: hides every package that production doesn't have.

The names of the packages that stay stand in the environment variable VOORDEUR_PACKAGES.
"""

import os
import re
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from importlib.metadata import distributions
from types import ModuleType


class Hidden:
    """Finds the packages that are not there in production, to say that they are not there."""

    def __init__(self, modules: set[str]) -> None:
        self._modules = modules

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse a hidden package; leave every other to Python."""
        if name.partition(".")[0] in self._modules:
            raise ModuleNotFoundError(f"No module named {name!r} in production", name=name)
        return None


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


_kept = set(os.environ["VOORDEUR_PACKAGES"].split())
_kept_modules: set[str] = set()
_others: set[str] = set()
for _distribution in distributions():
    _into = _kept_modules if _normal(_distribution.metadata["Name"]) in _kept else _others
    for _file in _distribution.files or []:
        _top = _file.parts[0]
        if _top.endswith(".py"):
            _into.add(_top.removesuffix(".py"))
        elif len(_file.parts) > 1 and "." not in _top:
            _into.add(_top)
sys.meta_path.insert(0, Hidden(_others - _kept_modules - {"__pycache__", "pip", "setuptools"}))
