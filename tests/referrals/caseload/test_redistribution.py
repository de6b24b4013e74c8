"""Dividing a colleague's work over several people, with a preview and a way back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intake.questions.models import Question
from organisations.roles.availability_models import WorkingHours
from referrals.caseload import redistribution
from referrals.caseload.models import Spread
from referrals.casework import contact_moments, pick_up
from referrals.casework_base.models import ContactMoment
from referrals.follow_ups import staff_actions
from referrals.follow_ups.models import FollowUp
from tests.support import factories as make
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


def with_work(here: make.World, worker: User, number: int) -> list[Question]:
    """Questions that this worker picked up an hour ago."""
    at = timezone.now() - timedelta(hours=1)
    questions = [make.question(here, "geld", now=at) for _number in range(number)]
    for question in questions:
        pick_up.pick_up(question=question, by=worker, now=at)
    return questions


def holders() -> dict[str, int]:
    """How many questions each has."""
    found: dict[str, int] = {}
    for question in Question.objects.select_related("assigned_to"):
        name = question.assigned_to.name if question.assigned_to else ""
        found[name] = found.get(name, 0) + 1
    return found


def filled_in(page: str) -> dict[str, str]:
    """What the preview proposes, as its form would send it."""
    chosen = {}
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL
    ):
        found = re.search(r'value="([^"]*)"\s+selected', options)
        chosen[name] = found[1] if found else ""
    return chosen


def test_nine_questions_go_over_three_colleagues_in_seven_clicks_and_come_back(
    here: make.World, client: Client
) -> None:
    ill = make.intake_worker(here, "stimenz")
    three = [make.professional(here, "stimenz") for _number in range(3)]
    make.professional(here, "jeugd-punt")
    with_work(here, ill, 9)
    client.force_login(make.coordinator(here, "stimenz"))
    clicks = 0

    def click(path: str) -> str:
        nonlocal clicks
        clicks += 1
        return client.get(path, headers=HOST).content.decode()

    click("/caseload/")
    page = click("/caseload/verdeling/")  # the tab
    path = f"/caseload/verdeling/{ill.pk}/"
    assert path in page
    page = click(path)  # "Verdeel dit werk"
    assert all(str(one.pk) in page for one in three)
    clicks += 3  # a checkbox for each colleague
    query = "&".join(f"naar={one.pk}" for one in three)
    page = click(f"{path}?{query}")  # "Bekijk de verdeling"
    assert holders() == {ill.name: 9}
    proposed = filled_in(page)
    assert len(proposed) == 9
    clicks += 1  # "Verdeel zo"
    answer = client.post(f"{path}?{query}", proposed, headers=HOST)
    assert answer.status_code == 302
    assert clicks <= 8
    assert holders() == {one.name: 3 for one in three}

    page = client.get("/caseload/verdeling/", headers=HOST).content.decode()
    assert "verdeelde 9 vragen" in page
    back = f"/caseload/verdeling/{Spread.objects.get().pk}/terug/"
    client.post(back, headers=HOST)
    assert holders() == {ill.name: 9}
    said = client.post(back, headers=HOST, follow=True).content.decode()
    assert "Dit is al teruggedraaid" in said


def test_the_room_of_each_is_counted(here: make.World) -> None:
    many = make.intake_worker(here, "stimenz")
    half, whole, full = [make.professional(here, "stimenz") for _number in range(3)]
    for user, hours, most in ((half, 12, None), (whole, 36, None), (full, 36, 0 + 1)):
        WorkingHours.objects.create(partnership=here.partnership, user=user, hours=hours, most=most)
    with_work(here, full, 0)
    questions = with_work(here, many, 9)
    found = redistribution.propose(
        questions=questions,
        takers=[half, whole, full],
        partnership=here.partnership,
        on=timezone.localdate(),
    )
    got = [proposal.taker for proposal in found]
    assert (got.count(full), got.count(half), got.count(whole)) == (1, 2, 6)


def test_who_may_not_read_it_gets_nothing_and_it_goes_back(here: make.World) -> None:
    ill = make.intake_worker(here, "stimenz")
    stranger = make.professional(here, "jeugd-punt")
    (question,) = with_work(here, ill, 1)
    boss = make.coordinator(here, "stimenz")
    (proposal,) = redistribution.propose(
        questions=[question],
        takers=[stranger],
        partnership=here.partnership,
        on=timezone.localdate(),
    )
    assert (proposal.taker, proposal.possible) == (None, [])
    made, outcome = redistribution.carry_out(
        partnership=here.partnership,
        chosen={question.pk: stranger},
        by=boss,
        now=timezone.now(),
        worker=ill,
    )
    question.refresh_from_db()
    assert (question.assigned_to, question.status) == (None, "new")
    assert outcome.done == [question.reference]
    assert made is not None
    redistribution.undo(spread=made, by=boss, now=timezone.now())
    question.refresh_from_db()
    assert (question.assigned_to, question.status) == (ill, "picked_up")


def test_what_somebody_went_on_with_stays_and_is_named(here: make.World) -> None:
    ill, heir = make.intake_worker(here, "stimenz"), make.intake_worker(here, "stimenz")
    first, second = with_work(here, ill, 2)
    boss = make.coordinator(here, "stimenz")
    now = timezone.now()
    made, _outcome = redistribution.carry_out(
        partnership=here.partnership,
        chosen={first.pk: heir, second.pk: heir},
        by=boss,
        now=now,
        worker=ill,
    )
    contact_moments.log_contact(
        question=Question.objects.get(pk=first.pk),
        way=ContactMoment.Way.PHONE,
        outcome=ContactMoment.Outcome.SPOKEN,
        note="gesproken",
        by=heir,
        now=now + timedelta(minutes=5),
    )
    assert made is not None
    outcome = redistribution.undo(spread=made, by=boss, now=now + timedelta(minutes=10))
    assert outcome.done == [second.reference]
    assert outcome.refused == {"Hier is intussen aan gewerkt.": [first.reference]}
    assert holders() == {heir.name: 1, ill.name: 1}


def test_what_is_due_besides_goes_too_and_comes_back(here: make.World) -> None:
    ill, heir = make.intake_worker(here, "stimenz"), make.intake_worker(here, "stimenz")
    (mine,) = with_work(here, ill, 1)
    (theirs,) = with_work(here, heir, 1)
    planned = staff_actions.plan(
        question=theirs,
        what="brief lezen",
        due_on=timezone.localdate() + timedelta(days=3),
        by=ill,
        now=timezone.now(),
    )
    boss = make.coordinator(here, "stimenz")
    made, _outcome = redistribution.carry_out(
        partnership=here.partnership,
        chosen={mine.pk: heir},
        by=boss,
        now=timezone.now(),
        worker=ill,
    )
    assert not FollowUp.objects.filter(worker=ill, status="open").exists()
    assert made is not None
    redistribution.undo(spread=made, by=boss, now=timezone.now())
    planned.refresh_from_db()
    assert planned.worker == ill


def test_another_organisations_work_is_spread_with_a_reason_only(
    here: make.World, client: Client
) -> None:
    ill = make.intake_worker(here, "stimenz")
    two = [make.professional(here, "stimenz") for _number in range(2)]
    questions = with_work(here, ill, 2)
    client.force_login(make.coordinator(here, "welzijn"))
    path = f"/caseload/verdeling/{ill.pk}/?" + "&".join(f"naar={one.pk}" for one in two)
    proposed: dict[str, Any] = filled_in(client.get(path, headers=HOST).content.decode())
    assert client.post(path, proposed, headers=HOST).status_code == 422
    assert holders() == {ill.name: 2}
    answer = client.post(path, {**proposed, "reden": "Zij is ziek"}, headers=HOST)
    assert answer.status_code == 302
    assert holders() == {one.name: 1 for one in two}
    assert questions[0].outside_changes.get().reason == "Zij is ziek"


def test_chosen_questions_go_over_several_by_way_of_the_preview(
    here: make.World, client: Client
) -> None:
    two = [make.professional(here, "stimenz") for _number in range(2)]
    at = timezone.now() - timedelta(hours=1)
    questions = [make.question(here, "geld", now=at) for _number in range(4)]
    client.force_login(make.coordinator(here, "stimenz"))
    answer = client.post(
        "/caseload/samen/",
        {
            "doe": "toewijzen",
            "vraag": [str(one.pk) for one in questions],
            "toe-naar": [str(one.pk) for one in two],
        },
        headers=HOST,
    )
    assert answer["Location"].startswith("/caseload/spreiden/?vraag=")
    page = client.get(answer["Location"], headers=HOST).content.decode()
    client.post(answer["Location"], filled_in(page), headers=HOST)
    assert holders() == {one.name: 2 for one in two}


def test_after_a_day_there_is_no_way_back(here: make.World) -> None:
    ill, heir = make.intake_worker(here, "stimenz"), make.intake_worker(here, "stimenz")
    (question,) = with_work(here, ill, 1)
    boss = make.coordinator(here, "stimenz")
    made, _outcome = redistribution.carry_out(
        partnership=here.partnership, chosen={question.pk: heir}, by=boss, now=timezone.now()
    )
    assert made is not None
    later = timezone.now() + redistribution.WAY_BACK
    assert list(redistribution.recent(partnership=here.partnership, now=later)) == []
    with pytest.raises(Exception, match="langer dan een dag"):
        redistribution.undo(spread=made, by=boss, now=later)
