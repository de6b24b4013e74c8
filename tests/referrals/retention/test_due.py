"""Which questions have expired, at the exact moment of the cutoff."""

from datetime import timedelta

import pytest

from intake.questions.models import Question, TimelineEntry
from referrals.follow_ups.models import FollowUp
from referrals.retention import due
from tests.referrals.retention.expired import LATER, old
from tests.support import factories as make
from tests.support import guards
from welzijn.core.working_days import local_date, local_moment

pytestmark = pytest.mark.django_db
CUTOFF = local_moment(local_date(LATER).replace(year=LATER.year - 2))
SECOND = timedelta(seconds=1)


def expired(here: make.World) -> set[Question]:
    [group] = due.groups(partnership=here.partnership, now=LATER)
    assert local_moment(group.before) == CUTOFF
    return set(due.expired(group, now=LATER))


def test_what_was_active_at_the_cutoff_itself_is_kept(here: make.World) -> None:
    gone, kept = old(here), old(here)
    Question.objects.filter(pk=gone.pk).update(last_activity_at=CUTOFF - SECOND)
    Question.objects.filter(pk=kept.pk).update(last_activity_at=CUTOFF)
    assert expired(here) == {gone}


@pytest.mark.parametrize(
    ("actor", "seconds", "keeps"),
    [("resident", 0, True), ("staff", 0, True), ("resident", -1, False), ("system", 0, False)],
)
def test_an_entry_of_a_person_at_the_cutoff_itself_keeps_it(
    here: make.World, actor: str, seconds: int, keeps: bool
) -> None:
    gone, question = old(here), old(here)
    TimelineEntry.objects.create(
        question=question,
        at=CUTOFF + seconds * SECOND,
        kind=TimelineEntry.Kind.ADDED,
        actor_kind=actor,
        actor=make.user() if actor == "staff" else None,
        organisation=here["stimenz"] if actor == "staff" else None,
        sentence="question.words_added",
        parameters={"words": "x"},
    )
    assert expired(here) == ({gone} if keeps else {gone, question})


@pytest.mark.parametrize(("days", "keeps"), [(0, True), (-1, False)])
def test_what_is_due_today_keeps_it_and_what_was_due_yesterday_does_not(
    here: make.World, days: int, keeps: bool
) -> None:
    gone, question = old(here), old(here)
    FollowUp.objects.create(
        partnership=here.partnership,
        question=question,
        kind=FollowUp.Kind.REVIEW,
        sentence="follow_up.quiet",
        organisation=here["stimenz"],
        due_on=local_date(LATER) + timedelta(days=days),
        created_at=CUTOFF - SECOND,
    )
    assert expired(here) == ({gone} if keeps else {gone, question})


def test_a_group_begins_where_its_oldest_lies_before_the_cutoff(here: make.World) -> None:
    question = old(here)
    for at, groups in ((CUTOFF, 0), (CUTOFF - SECOND, 1)):
        Question.objects.filter(pk=question.pk).update(last_activity_at=at)
        assert len(due.groups(partnership=here.partnership, now=LATER)) == groups


def test_counting_leaves_out_groups_without_anything_expired(here: make.World) -> None:
    old(here, "geld")
    kept = old(here, "vervoer")
    with guards.switched_off():
        TimelineEntry.objects.filter(question=kept).update(at=LATER, actor_kind="resident")
    found = due.count_expired(partnership=here.partnership, now=LATER)
    assert [(group.organisation, n) for group, n in found] == [(here["stimenz"], 1)]
