"""The diagrams in the docs are those of the transition tables."""

from pathlib import Path

import pytest

from referrals.handovers import state_machine as handover_state_machine
from referrals.handovers.models import Handover
from welzijn.devtools import state_diagrams


@pytest.mark.parametrize("path", state_diagrams.PAGES, ids=lambda path: path.name)
def test_the_pages_follow_the_tables(path: Path) -> None:
    page = path.read_text("utf-8")
    assert state_diagrams.filled_in(page, state_diagrams.PAGES[path]) == page, (
        "run `manage.py draw_states`"
    )


def test_every_move_of_the_table_is_drawn() -> None:
    drawn = state_diagrams.of_the_handover()
    for step in handover_state_machine.STEPS:
        assert f"{step.source} --> {step.target}: {step.label}" in drawn


def test_every_open_state_leads_to_an_end_and_has_a_turn() -> None:
    for state in Handover.OPEN:
        reached, todo = {state}, [state]
        while todo:
            for target in handover_state_machine.MOVES[todo.pop()] - reached:
                reached.add(target)
                todo.append(target)
        assert Handover.Status.COMPLETED in reached
        assert Handover.Status(state) in handover_state_machine.TURN


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="markers"):
        state_diagrams.filled_in("# leeg", {"vraag": state_diagrams.of_the_question})
