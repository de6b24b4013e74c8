"""Danger is heard at every door where a resident writes, or somebody for them.

The forms are found in the code: a new one with a box for text fails here until it has a door.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from intake.questions.models import Question
from organisations.roles.memberships import memberships_of
from referrals.follow_ups.models import FollowUp
from referrals.work_list import listing
from tests.invariants.danger_doors import (
    DOORS,
    IN_A_NAME,
    MORE,
    WITHOUT_WORDS,
    WORDS,
    resident_forms,
)
from tests.support import factories as make
from welzijn.notifications.models import Message

HOUR = timedelta(hours=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


@pytest.fixture(autouse=True)
def _a_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY)


def test_each_form_with_text_at_a_residents_door_is_listened_to_or_says_why_not() -> None:
    found = {f"{form.__module__}.{form.__name__}" for form in resident_forms()}
    assert found - set(DOORS) - set(WITHOUT_WORDS) == set()
    assert (set(DOORS) | set(WITHOUT_WORDS)) - found == set()


@pytest.mark.parametrize("door", [*DOORS.values(), *MORE.values()], ids=[*DOORS, *MORE])
def test_danger_is_heard_marked_told_and_shown(door: Callable[[make.World], Any]) -> None:
    here = make.world()
    on_duty = make.triagist(here)
    make.duty(here, on_duty, make.TUESDAY - HOUR, make.TUESDAY + HOUR)
    shown = door(here).content.decode()
    question = Question.objects.get()
    heard = question.heard_danger.first()
    # The question is marked as by the words it comes in with, and somebody has to judge it.
    assert question.maybe_danger
    assert heard is not None
    assert "violence" in heard.kinds
    assert FollowUp.objects.filter(question=question, kind="duty", status="open").count() == 1
    # Who is on duty was told, with nothing of it in the message.
    notified = Message.objects.filter(about_id=question.pk, urgent=True, recipient_kind="staff")
    assert notified.filter(recipient_key=f"user:{on_duty.pk}").exists()
    assert not any("slaat" in str(m.context) for m in notified)
    # The resident, or who typed it, sees the numbers at once.
    assert "0800-2000" in shown.split("<main", 1)[1]
    # The words stand in the list of who may read it.
    reader = on_duty if question.lead_team_id else make.intake_worker(here, question.lead.slug)
    work = listing.show(
        user=reader,
        partnership=here.partnership,
        roles=list(memberships_of(reader)),
        chosen="vandaag",
        page=1,
        now=make.TUESDAY,
    )
    [row] = work.danger
    assert WORDS[:20] in row.words or door in IN_A_NAME
