"""Put a mutant in the place of a module: in a running process, or from its import on."""

import sys
from enum import EnumType
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, FunctionType, ModuleType
from typing import Any

OURS = ("welzijn", "organisations", "intake", "referrals", "tests")
# Shared by everything: that two names hold the same one says nothing.
_EVERYWHERE = (int, str, bool, float, bytes, type(None), type(Ellipsis))


def module_of(path: str) -> str:
    """The dotted name of a module of this checkout."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def put_in_place(path: str, source: str) -> None:
    """Run the mutated source, and let everything that knows a part of the module know the new one.

    Functions get the new code, so that references to them from elsewhere change too. Constants
    are replaced where another module holds the same object. What was computed from them elsewhere
    at import keeps its old value: a survivor is tried again in a process of its own.
    """
    module = sys.modules[module_of(path)]
    fresh = ModuleType(module.__name__)
    fresh.__file__ = module.__file__
    exec(compile(source, str(module.__file__), "exec"), fresh.__dict__)  # noqa: S102
    ours = [m for name, m in list(sys.modules.items()) if name.partition(".")[0] in OURS]
    for name, new in vars(fresh).items():
        old = vars(module).get(name)
        if name.startswith("__") or old is new:
            continue
        if not _merge(old, new, module.__name__):
            _replace(module, name, old, new, ours)


def _merge(old: Any, new: Any, module: str) -> bool:
    """Let an object become the new one in place. False where that can't be done."""
    if type(old) is not type(new) or getattr(new, "__module__", None) != module:
        return False
    if isinstance(new, FunctionType):
        if len(old.__code__.co_freevars) != len(new.__code__.co_freevars):
            return False
        if hasattr(new, "__wrapped__"):
            return _merge(old.__wrapped__, new.__wrapped__, module)
        old.__code__, old.__defaults__ = new.__code__, new.__defaults__
        old.__kwdefaults__ = new.__kwdefaults__
        return True
    if isinstance(new, EnumType):
        return True  # members can't be replaced; a changed one is tried in a process of its own
    if isinstance(new, type):
        for name, value in vars(new).items():
            had = vars(old).get(name)
            if isinstance(value, property) and isinstance(had, property):
                _merge(had.fget, value.fget, module)
            elif isinstance(value, FunctionType):
                if not _merge(had, value, module):
                    setattr(old, name, value)
            elif isinstance(value, _EVERYWHERE) and not name.startswith("__"):
                setattr(old, name, value)
        return True
    return False


def _replace(module: ModuleType, name: str, old: Any, new: Any, ours: list[ModuleType]) -> None:
    setattr(module, name, new)
    for other in ours:
        for known, value in list(vars(other).items()):
            same_name = known == name or not isinstance(old, _EVERYWHERE)
            if value is old and same_name and old is not None:
                setattr(other, known, new)


class Substitute(MetaPathFinder):
    """Gives one module another source when it is imported."""

    def __init__(self, path: str, source: str) -> None:
        self._name, self._source = module_of(path), source

    def find_spec(
        self, name: str, path: Any = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != self._name:
            return None
        spec = PathFinder.find_spec(name, path)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _From(name, spec.origin, self._source)
        return spec


class _From(SourceFileLoader):
    def __init__(self, name: str, origin: str, source: str) -> None:
        super().__init__(name, origin)
        self._text = source

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._text, self.path, "exec")
