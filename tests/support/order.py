"""The order of the test files under pytest-xdist: what takes longest begins first.

Whole files are handed out to the workers, one after another. A long file that begins last leaves
the other workers idle, so the order is by expected time and not, as xdist has it, by the number of
tests: a browser's story is one test of half a minute. A wrong figure costs time, nothing else.
"""

from collections import Counter
from pathlib import Path

import pytest

# Seconds of each file that takes more than a few, from the `--junitxml` of one whole run on a busy
# machine: only their order matters. Names have no folder, so that moving a file changes nothing;
# `tests/platform/test_layout.py` holds that each exists.
SECONDS = {
    "test_permission_matrix": 747,
    "test_fuzz_forms": 605,
    "test_compose": 592,
    "test_readme_production": 564,
    "test_demo": 232,
    "test_no_person_in_logs": 167,
    "test_state_machine": 161,
    "test_journey_work": 146,
    "test_story_3_a_carer": 118,
    "test_one_bad_row": 107,
    "test_story_landerd": 99,
    "test_journey_coordinator": 97,
    "test_story_asten": 97,
    "test_delivery_faults": 96,
    "test_story_beekdaelen": 95,
    "test_completeness": 94,
    "test_outage": 94,
    "test_journey_family": 92,
    "test_restore_drill": 92,
    "test_story_oss": 89,
    "test_story_outside": 89,
    "test_journey_desk": 84,
    "test_story_somebody_falls_ill": 81,
    "test_accounts_sign_in": 78,
    "test_journey_sixth_partnership": 50,
    "test_journey_danger": 71,
    "test_story_asten_someren": 70,
    "test_make_demo": 68,
    "test_ask_form": 66,
    "test_story_1_a_letter": 66,
    "test_story_5_over_easter": 63,
    "test_proposals_of_a_kind": 59,
    "test_races": 59,
    "test_journey_rules": 55,
    "test_story_4_violence_at_home": 53,
    "test_nothing_typed_is_lost": 52,
    "test_own_data": 51,
    "test_keeping": 48,
    "test_upgrade": 46,
    "test_look": 45,
    "test_journey_resident": 43,
    "test_demo_data": 42,
    "test_story_2_a_girl_of_15": 42,
    "test_danger_first_in_every_list": 41,
    "test_demo_people": 40,
    "test_working_days": 40,
    "test_find_and_keys": 37,
    "test_refusals": 37,
    "test_danger_heard_in_each_language": 36,
    "test_accounts_by_organisation": 35,
    "test_sweep": 33,
    "test_choice": 30,
    "test_danger": 30,
    "test_local_services": 28,
    "test_journey_administration": 27,
    "test_journey_question_first": 27,
    "test_services": 27,
    "test_catalogue": 26,
    "test_front_doors": 26,
    "test_outbox_lifecycle": 26,
    "test_family_races": 25,
    "test_accounts_single_sign_on": 24,
    "test_data_export": 24,
    "test_listing": 24,
    "test_pooler": 24,
    "test_unseen_sentences": 22,
    "test_finding": 21,
    "test_letters": 21,
    "test_counts_conference": 20,
    "test_log_chain": 20,
    "test_suggestions": 20,
    "test_check": 19,
    "test_five": 19,
    "test_permissions_agree": 19,
    "test_file_and_browser": 18,
    "test_one_recipient": 18,
    "test_journey_work_time": 17,
    "test_logout": 17,
    "test_loading": 16,
    "test_protected_tables": 16,
    "test_records_in_dutch": 16,
    "test_exporting": 15,
    "test_lockout": 15,
    "test_traces": 15,
    "test_environment": 14,
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
