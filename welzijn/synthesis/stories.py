"""Which hand-written questions belong to which partnership."""

from collections.abc import Sequence

from welzijn.synthesis import told_putten
from welzijn.synthesis.told import Told

_STORIES: dict[str, Sequence[Told]] = {"putten": told_putten.QUESTIONS}


def of(slug: str) -> Sequence[Told]:
    """The told questions of a partnership of the demo; none for any other."""
    return _STORIES.get(slug, ())
