"""The order of the test files under pytest-xdist: what takes longest begins first.

Whole files are handed out to the workers, one after another. A long file that begins last leaves
the other workers idle, so the order is by expected time and not, as xdist has it, by the number of
tests: a browser's story is one test of half a minute. A wrong figure costs time, nothing else.
"""

from collections import Counter
from pathlib import Path

import pytest

# CPU seconds of a file, where its number of tests says little. Measured with all of it; names
# without a folder, so that moving a file changes nothing.
_SECONDS = {
    "test_state_machine": 90,
    "test_permission_matrix": 67,
    "test_fuzz_forms": 50,
    "test_journey_resident": 50,
    "test_make_demo": 40,
    "test_demo": 40,
    "test_journey_desk": 40,
    "test_accounts_sign_in": 30,
    "test_look": 30,
    "test_compose": 20,
    "test_handover_races": 13,
    "test_reminders": 11,
    "test_work_pages": 11,
    "test_demo_people": 9,
    "test_embedded": 9,
    "test_outage": 9,
    "test_manage": 8,
    "test_completeness": 6,
    "test_synthesis": 4,
    "test_stories": 60,
}
_A_BROWSERS_TEST = 6
_A_TEST = 0.15


def longest_first(items: list[pytest.Item]) -> None:
    """Put files that take longest in front; the tests within a file stay in their order."""
    tests = Counter(item.path for item in items)

    def seconds(file: Path) -> float:
        each = _A_BROWSERS_TEST if "browser" in file.parts else _A_TEST
        return _SECONDS.get(file.stem, each * tests[file])

    items.sort(key=lambda item: (-seconds(item.path), str(item.path)))
