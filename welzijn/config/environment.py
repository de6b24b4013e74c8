"""Read the environment variables of `variables`, with their types.

The only module of the product that reads the environment. What is wrong is one sentence, without
the value: it can be a secret.
"""

import contextlib
import difflib
import os
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from welzijn.config.variable_kinds import ONE_NAME, Kind, Variable
from welzijn.config.variables import OWN_PREFIXES, VARIABLES

_YES = {"1", "true", "yes"}
_NO = {"0", "false", "no"}
# Two names as alike as REDIS_URI and REDIS_URL.
_ALIKE = 0.86


def flag(name: str) -> bool:
    """Return whether the variable is 1, true or yes."""
    return _value(name).lower() in _YES


def names(name: str) -> list[str]:
    """Return the comma-separated names in the variable, without empty ones."""
    return [one.strip() for one in _value(name).split(",") if one.strip()]


def number(name: str) -> int:
    """Return the variable's whole number."""
    return int(_value(name))


def text(name: str) -> str:
    """Return the variable's text, or its default."""
    return _value(name)


def starting_with(prefix: str) -> dict[str, str]:
    """Return the listed variables with this beginning that have a value of their own."""
    return {name: text(name) for name in VARIABLES if name.startswith(prefix) and is_set(name)}


def is_set(name: str) -> bool:
    """Return whether the variable has a value of its own."""
    return bool(_given(VARIABLES[name]))


def for_child(*, without: Collection[str] = ()) -> dict[str, str]:
    """Return this process's environment for one that it starts, without some variables."""
    return {name: value for name, value in os.environ.items() if name not in without}


def check(environment: Mapping[str, str] = os.environ) -> None:
    """Raise ImproperlyConfigured, in one sentence, for an unknown name or a malformed value."""
    for name in sorted(environment):
        if name not in VARIABLES:
            _refuse_unknown(name, environment)
    for variable in VARIABLES.values():
        given = environment.get(variable.name, "").strip()
        problem = _problem(variable, given) if given else None
        if problem:
            raise ImproperlyConfigured(f"{variable.name} {problem} (docs/settings.md).")


@contextlib.contextmanager
def exit_in_one_sentence() -> Iterator[None]:
    """End the process with the sentence of an ImproperlyConfigured instead of a traceback."""
    try:
        yield
    except ImproperlyConfigured as error:
        sys.exit(str(error))


def _given(variable: Variable) -> str:
    return os.environ.get(variable.name, "").strip()


def _value(name: str) -> str:
    variable = VARIABLES[name]
    given = _given(variable)
    problem = _problem(variable, given) if given else None
    if problem:
        raise ImproperlyConfigured(f"{name} {problem} (docs/settings.md).")
    return given or variable.default


def _refuse_unknown(name: str, environment: Mapping[str, str]) -> None:
    near = difflib.get_close_matches(name, VARIABLES, n=1, cutoff=_ALIKE)
    # Something else on this machine may have such a name; it is no mistake if ours is there too.
    if near and not environment.get(near[0]):
        raise ImproperlyConfigured(f"{name} is no setting; {near[0]} is (docs/settings.md).")
    if name.startswith(OWN_PREFIXES):
        raise ImproperlyConfigured(f"{name} is no setting: docs/settings.md lists them all.")


def _problem(variable: Variable, given: str) -> str | None:
    """Say what is wrong with a value, without repeating it."""
    match variable.kind:
        case Kind.FLAG if given.lower() not in _YES | _NO:
            return "has to be 1 or 0"
        case Kind.NUMBER if not re.fullmatch(r"[0-9]{1,9}", given):
            return "has to be a whole number"
        case Kind.NUMBER if int(given) < variable.minimum:
            return f"has to be {variable.minimum} or more"
        case Kind.NUMBER if int(given) > variable.maximum:
            return f"has to be {variable.maximum} or less"
        case Kind.NAMES if variable.shape and not all(
            re.fullmatch(variable.shape, one.strip()) for one in given.split(",") if one.strip()
        ):
            return f"has to hold {variable.about[:1].lower()}{variable.about[1:]}"
        case Kind.URL:
            return _problem_of_url(given, variable.schemes) or _problem_of_path(
                given, variable.path
            )
        case Kind.TEXT if variable.shape and not re.fullmatch(variable.shape, given):
            return f"has to hold {variable.about[:1].lower()}{variable.about[1:]}"
        case Kind.MAILBOX if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(given)[1]):
            return 'has to hold a mail address: name@domain or "Name <name@domain>"'
    if variable.choices and given not in variable.choices:
        return f"has to be one of {', '.join(variable.choices)}"
    return None


def _problem_of_url(given: str, schemes: tuple[str, ...]) -> str | None:
    try:
        url = urlsplit(given)
        port = url.port  # raises ValueError for what is no port
    except ValueError:
        return "can't be read as a URL: is a port wrong, or a bracket or character not encoded?"
    if url.scheme not in schemes:
        return f"has to begin with {schemes[0]}://"
    if port == 0 or not (url.netloc or url.path or url.query):
        return "names no host"
    return None


def _problem_of_path(given: str, shape: str) -> str | None:
    """Say what is wrong with the part behind the host, where one is asked for."""
    url = urlsplit(given)
    if not shape or url.scheme == "unix":  # whose path is the socket
        return None
    if re.fullmatch(shape, unquote(url.path).removeprefix("/")):
        return None
    return "names no database behind the host" if shape == ONE_NAME else "names no such database"
