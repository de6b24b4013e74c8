"""The order of the test files under pytest-xdist: what takes longest begins first.

Whole files are handed out to the workers, one after another. A long file that begins last leaves
the other workers idle, so the order is by expected time and not, as xdist has it, by the number of
tests: a browser's story is one test of half a minute. A wrong figure costs time, nothing else.
"""

from collections import Counter
from pathlib import Path

import pytest

# Seconds of a file, where its number of tests says little; from `pytest --durations`. Names have
# no folder, so that moving a file changes nothing; `tests/platform/test_layout.py` holds that each
# exists.
SECONDS = {
    "test_fuzz_forms": 117,
    "test_state_machine": 96,
    "test_story_3_a_carer": 66,
    "test_story_asten_someren": 62,
    "test_make_demo": 61,
    "test_permission_matrix": 60,
    "test_journey_resident": 50,
    "test_story_oss": 49,
    "test_demo": 46,
    "test_story_outside": 42,
    "test_journey_desk": 40,
    "test_story_5_over_easter": 39,
    "test_compose": 33,
    "test_story_4_violence_at_home": 32,
    "test_story_asten": 31,
    "test_story_1_a_letter": 30,
    "test_accounts_sign_in": 30,
    "test_look": 30,
    "test_story_landerd": 29,
    "test_delivery_faults": 28,
    "test_story_beekdaelen": 28,
    "test_journey_family": 28,
    "test_story_2_a_girl_of_15": 27,
    "test_danger": 30,
    "test_proposals_of_a_kind": 25,
    "test_journey_work": 24,
    "test_completeness": 20,
    "test_outage": 19,
    "test_story_somebody_falls_ill": 19,
    "test_permissions_agree": 9,
    "test_demo_people": 9,
    "test_manage": 8,
}
_A_BROWSERS_TEST = 6
_A_TEST = 0.15


def longest_first(items: list[pytest.Item]) -> None:
    """Put files that take longest in front; the tests within a file stay in their order."""
    tests = Counter(item.path for item in items)

    def seconds(file: Path) -> float:
        each = _A_BROWSERS_TEST if "browser" in file.parts else _A_TEST
        return SECONDS.get(file.stem, each * tests[file])

    items.sort(key=lambda item: (-seconds(item.path), str(item.path)))
