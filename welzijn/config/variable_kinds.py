"""What an environment variable of the product is: its type, its default, and its group."""

from dataclasses import dataclass
from enum import StrEnum

ONE_NAME = r"[^/\s][^/]{0,62}"
NUMBER_OR_NOTHING = r"[0-9]{0,3}"


class Kind(StrEnum):
    """The type of a variable's value, as docs/settings.md names it."""

    TEXT = "text"
    SECRET = "secret"  # noqa: S105 (a kind of variable)
    FLAG = "1 or 0"
    NUMBER = "number"
    NAMES = "names, separated by commas"
    SECRETS = "secrets, separated by commas"
    URL = "URL"
    MAILBOX = "mail address"
    FOLDER = "path"


@dataclass(frozen=True)
class Variable:
    """One variable: how it is read, and what the documentation says about it."""

    name: str
    kind: Kind
    about: str
    default: str = ""
    minimum: int = 0
    maximum: int = 999_999_999
    schemes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    shape: str = ""
    """What each of its names looks like, as a pattern; `about` says it in words."""
    path: str = ""
    """What stands behind the host of its URL, as a pattern."""


@dataclass(frozen=True)
class Group:
    """A heading of the documentation with its variables."""

    title: str
    variables: tuple[Variable, ...]
    local: bool = False
    """For a checkout only: production doesn't get them."""
