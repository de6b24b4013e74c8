"""The path of a request as a log may show it: without what somebody typed into it."""

import re
from functools import lru_cache

from django.urls import NoReverseMatch, Resolver404, resolve

UNKNOWN = "[onbekend adres]"
_PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# Ids and numbers of rows; keys of links are masked later, by their form.
_SHOWN = {"uuid", "int"}


@lru_cache(maxsize=2_000)
def loggable_path(path: str) -> str:
    """Return the path with its ids; other parts that are free to fill in become [...].

    A path that is no page of ours can hold anything, a name too.
    """
    if path.startswith("/static/"):
        return "/static/[...]"
    try:
        match = resolve(path)
    except (Resolver404, NoReverseMatch, ValueError):
        return UNKNOWN

    def part(found: re.Match[str]) -> str:
        kind, name = found.groups()
        value = match.kwargs.get(name)
        return str(value) if kind in _SHOWN and value is not None else "[...]"

    return "/" + _PARAMETER.sub(part, match.route)
