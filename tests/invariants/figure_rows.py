"""Who may enter the addresses of figures: reports, goals, and what became of signals."""

import uuid
from typing import Any

from tests.invariants.public_rows import GET, POST, PUBLIC

_COORDINATORS = frozenset({"coordinator_own", "coordinator_other"})
_REPORT = _COORDINATORS | {"municipality", "alderman"}
# Those who may come find nothing here yet: no quarter was published, and nothing saved or told.
EMPTY_HERE = {
    "report_download",
    "report_year",
    "saved_report",
    "saved_report_delete",
    "story_new",
    "story_answer",
}
FIGURE_ROWS: dict[str, tuple[str, Any]] = {
    **dict.fromkeys(
        [
            "report",
            "report_choice",
            "report_download",
            "report_goals",
            "report_question",
            "report_questions",
            "report_year",
            "saved_report",
            "story_answer",
        ],
        (GET, _REPORT),
    ),
    **dict.fromkeys(["report_save", "saved_report_delete", "signal_step"], (POST, _REPORT)),
    "story_new": (GET, _COORDINATORS),
    # Nothing is open until the municipality chooses so.
    **dict.fromkeys(["open_data", "open_data_file"], (GET, PUBLIC)),
}
# What the addresses are asked with: nothing that exists yet.
FIGURE_ARGUMENTS: dict[str, Any] = {
    "asked": "eerder",
    "goal": "snel",
    "quarter": "2026-04-01",
    "year": 2026,
    "report_id": uuid.UUID(int=1),
    "story_id": uuid.UUID(int=2),
}
