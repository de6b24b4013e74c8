"""Which hand-written questions belong to which partnership."""

from collections.abc import Sequence

from welzijn.synthesis import told_elsewhere, told_putten
from welzijn.synthesis.told import Told

_STORIES: dict[str, Sequence[Told]] = {
    "putten": told_putten.QUESTIONS,
    "landerd": told_elsewhere.LANDERD,
    "beekdaelen": told_elsewhere.BEEKDAELEN,
    "asten-someren": told_elsewhere.ASTEN_SOMEREN,
    "oss": told_elsewhere.OSS,
}


def of(slug: str) -> Sequence[Told]:
    """The told questions of a partnership of the demo; none for any other."""
    return _STORIES.get(slug, ())
