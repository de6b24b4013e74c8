"""What was done a moment ago can be undone, while nothing else happened since."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.casework import assign, pick_up, undo
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.follow_ups import staff_actions
from referrals.follow_ups.models import FollowUp
from tests.support import factories as make
from tests.support.signing_in import signed_in

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY
LATER = NOW + timedelta(minutes=5)
FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)


class Case:
    """A question that Stimenz has picked up, with a plan."""

    def __init__(self) -> None:
        self.here = make.world()
        self.worker = make.intake_worker(self.here, "stimenz")
        self.colleague = make.intake_worker(self.here, "stimenz")
        self.question = make.question(self.here, "geld")
        pick_up.pick_up(question=self.question, by=self.worker, now=NOW)
        self.plan = staff_actions.plan(
            question=self.question, what="brief lezen", due_on=FRIDAY, by=self.worker, now=NOW
        )

    def step(self, name: str) -> None:
        options: dict[str, Any] = {"by": self.worker, "now": NOW}
        plan = {"follow_up": self.plan, **options}
        steps: dict[str, Callable[[], object]] = {
            "assigned": lambda: assign.assign(question=self.question, to=self.colleague, **options),
            "put back": lambda: pick_up.put_back(question=self.question, why="druk", **options),
            "moved": lambda: staff_actions.move(due_on=MONDAY, **plan),
            "ticked off": lambda: staff_actions.done(**plan),
            "called off": lambda: staff_actions.call_off(why="niet nodig", **plan),
            "taken over": lambda: staff_actions.take_over(
                follow_up=self.plan, by=self.colleague, now=NOW
            ),
        }
        steps[name]()


STEPS = ("assigned", "put back", "moved", "ticked off", "called off", "taken over")


def shown(found: dict[str, Any]) -> dict[str, Any]:
    """The state that matters: versions rise, and the last entry is another."""
    due = {
        pk: {name: value for name, value in one.items() if name != "due_version"}
        for pk, one in found["due"].items()
        if one["status"] == FollowUp.Status.OPEN
    }
    return {"question": found["question"], "due": due}


@pytest.mark.parametrize("name", STEPS)
def test_each_step_is_undone_as_a_new_entry_and_nothing_is_deleted(name: str) -> None:
    case = Case()
    before = undo.state(case.question)
    case.step(name)
    after = undo.state(case.question)
    assert shown(before) != shown(after)
    entries, rows = case.question.timeline.count(), case.question.follow_ups.count()
    by = case.colleague if name == "taken over" else case.worker
    undo.undo(question=case.question, before=before, after=after, by=by, now=LATER)
    assert shown(undo.state(case.question)) == shown(before)
    assert case.question.timeline.count() == entries + 1
    assert case.question.follow_ups.count() == rows
    assert case.question.timeline.latest("id").for_colleagues.startswith("Ongedaan gemaakt: ")


@pytest.mark.parametrize("name", STEPS)
def test_a_reminder_of_before_is_void_and_one_of_after_fits(name: str) -> None:
    case = Case()
    before = undo.state(case.question)
    case.step(name)
    after = undo.state(case.question)
    by = case.colleague if name == "taken over" else case.worker
    undo.undo(question=case.question, before=before, after=after, by=by, now=LATER)
    row = FollowUp.objects.get(pk=case.plan.pk)
    assert row.due_version > after["due"][str(row.pk)]["due_version"]
    assert (row.status, row.done_at, row.due_on) == ("open", None, FRIDAY)
    assert row.remind_at is not None


def test_not_once_anything_else_happened() -> None:
    case = Case()
    before = undo.state(case.question)
    case.step("moved")
    after = undo.state(case.question)
    staff_actions.done(follow_up=case.plan, by=case.colleague, now=NOW)
    with pytest.raises(WrongMomentError):
        undo.undo(question=case.question, before=before, after=after, by=case.worker, now=LATER)


def test_not_twice() -> None:
    case = Case()
    before = undo.state(case.question)
    case.step("moved")
    step: dict[str, Any] = {"before": before, "after": undo.state(case.question), "by": case.worker}
    undo.undo(question=case.question, now=LATER, **step)
    with pytest.raises(WrongMomentError):
        undo.undo(question=case.question, now=LATER, **step)


def test_only_who_did_it_and_only_while_they_may() -> None:
    case = Case()
    before = undo.state(case.question)
    case.step("moved")
    after = undo.state(case.question)
    for other in (case.colleague, make.intake_worker(case.here, "actief")):
        with pytest.raises(NotAllowedError):
            undo.undo(question=case.question, before=before, after=after, by=other, now=LATER)


@pytest.mark.usefixtures("no_second_factor")
def test_the_page_after_it_offers_the_undo_for_ten_minutes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    make.fresh_front_doors()
    case = Case()
    client = signed_in(case.worker)
    due = reverse("case_due", args=[case.question.pk, case.plan.pk])
    page = client.post(due, {"choice": "gedaan"}, follow=True)
    path = reverse("case_undo", args=[case.question.pk])
    assert f'action="{path}"' in page.content.decode()
    assert "Ongedaan maken" in page.content.decode()
    back = client.post(path, follow=True)
    assert "Ongedaan gemaakt." in back.content.decode()
    assert f'action="{path}"' not in back.content.decode()
    assert FollowUp.objects.get(pk=case.plan.pk).status == "open"
    client.post(due, {"choice": "gedaan"})
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(minutes=11))
    assert f'action="{path}"' not in client.get(due).content.decode()
    assert "de tijd daarvoor is om" in client.post(path, follow=True).content.decode()
    assert Question.objects.get(pk=case.question.pk).follow_ups.filter(status="done").exists()
