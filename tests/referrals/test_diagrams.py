"""The diagrams in the docs are those of the transition tables."""

from pathlib import Path

import pytest

from referrals import diagrams, handover_steps
from referrals.models import Handover


@pytest.mark.parametrize("path", diagrams.PAGES, ids=lambda path: path.name)
def test_the_pages_follow_the_tables(path: Path) -> None:
    page = path.read_text("utf-8")
    assert diagrams.filled_in(page, diagrams.PAGES[path]) == page, "run `manage.py draw_states`"


def test_every_move_of_the_table_is_drawn() -> None:
    drawn = diagrams.of_the_handover()
    for step in handover_steps.STEPS:
        assert f"{step.source} --> {step.target}: {step.label}" in drawn


def test_every_open_state_leads_to_an_end_and_has_a_turn() -> None:
    for state in Handover.OPEN:
        reached, todo = {state}, [state]
        while todo:
            for target in handover_steps.MOVES[todo.pop()] - reached:
                reached.add(target)
                todo.append(target)
        assert Handover.Status.COMPLETED in reached
        assert Handover.Status(state) in handover_steps.TURN


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="markers"):
        diagrams.filled_in("# leeg", {"vraag": diagrams.of_the_question})
