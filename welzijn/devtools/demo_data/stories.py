"""Which hand-written questions belong to which partnership."""

from collections.abc import Sequence

from welzijn.devtools.demo_data import (
    told_asten_someren,
    told_beekdaelen,
    told_landerd,
    told_oss,
    told_putten_everyday,
    told_putten_in_hand,
    told_putten_new,
    told_putten_over,
)
from welzijn.devtools.demo_data.told import Told

_STORIES: dict[str, Sequence[Told]] = {
    "putten": (
        *told_putten_new.QUESTIONS,
        *told_putten_in_hand.QUESTIONS,
        *told_putten_over.QUESTIONS,
        *told_putten_everyday.QUESTIONS,
    ),
    "landerd": told_landerd.QUESTIONS,
    "beekdaelen": told_beekdaelen.QUESTIONS,
    "asten-someren": told_asten_someren.QUESTIONS,
    "oss": told_oss.QUESTIONS,
}


def of(slug: str) -> Sequence[Told]:
    """The told questions of a partnership of the demo; none for any other."""
    return _STORIES.get(slug, ())
