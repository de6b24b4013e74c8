"""The kinds of danger that words may mean."""

from enum import StrEnum


class DangerKind(StrEnum):
    """What kind of danger the words may mean; it says which numbers come first."""

    VIOLENCE = "violence"
    SUICIDE = "suicide"
    CHILD = "child"
    ACUTE = "acute"
