"""A colleague is away: new work goes to the stand-in, what is due is shown to them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from intake.questions.models import Question
from intake.questions.permissions import reads
from organisations.roles import availability
from organisations.roles.availability_models import Absence, WorkingHours
from referrals.caseload import balance
from referrals.casework import assign, pick_up
from referrals.follow_ups.models import FollowUp
from referrals.reminders.audience import Audience
from referrals.reminders.escalation_plan import WORKER
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


def away(here: make.World, user: User, stand_in: User, since: date, until: date) -> Absence:
    return availability.record(
        partnership=here.partnership,
        user=user,
        stand_in=stand_in,
        since=since,
        until=until,
        by=stand_in,
        now=timezone.now(),
    )


def test_the_stand_in_reads_it_only_in_those_days_and_only_at_their_own_organisation(
    here: make.World,
) -> None:
    ill, colleague = make.intake_worker(here, "stimenz"), make.professional(here, "stimenz")
    stranger = make.professional(here, "jeugd-punt")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=ill, now=make.TUESDAY)
    question.refresh_from_db()
    today = timezone.localdate()
    day = timedelta(days=1)
    with pytest.raises(ValidationError, match="dezelfde organisatie"):
        away(here, ill, stranger, today, today)
    assert not Question.objects.visible_to(colleague).exists()
    away(here, ill, colleague, today, today + day)
    for on, sees in (
        (today - day, False),
        (today, True),
        (today + day, True),
        (today + 2 * day, False),
    ):
        assert Question.objects.visible_to(colleague, on).exists() is sees
    assert reads(colleague, question)
    assert not Question.objects.visible_to(stranger, today).exists()
    assert not reads(stranger, question)


def test_new_work_goes_to_the_stand_in_and_to_themselves_again_afterwards(
    here: make.World,
) -> None:
    boss = make.coordinator(here, "stimenz")
    ill, colleague = make.professional(here, "stimenz"), make.professional(here, "stimenz")
    first, second = make.question(here, "geld"), make.question(here, "geld")
    day = make.TUESDAY.date()
    away(here, ill, colleague, day, day)
    assert assign.assign(question=first, to=ill, by=boss, now=make.TUESDAY).assigned_to == colleague
    later = make.TUESDAY + timedelta(days=1)
    assert assign.assign(question=second, to=ill, by=boss, now=later).assigned_to == ill


def test_what_is_due_is_in_the_list_of_the_stand_in_and_each_look_is_theirs(
    here: make.World, client: Client
) -> None:
    ill, colleague = make.intake_worker(here, "stimenz"), make.professional(here, "stimenz")
    at = timezone.now() - timedelta(hours=1)
    question = make.question(here, "geld", name="Henk Visser", now=at)
    pick_up.pick_up(question=question, by=ill, now=at)
    today = timezone.localdate()
    FollowUp.objects.filter(question=question, kind="first_contact").update(due_on=today)
    client.force_login(colleague)
    assert question.reference not in client.get("/werk/", headers=HOST).content.decode()
    absence = away(here, ill, colleague, today, today)
    page = client.get("/werk/", headers=HOST).content.decode()
    assert question.reference in page
    assert f"u vervangt {ill.name}" in page
    assert client.get(f"/vraagstuk/{question.pk}/", headers=HOST).status_code == 200
    assert AccessEvent.objects.filter(actor=colleague, question_id=question.pk).exists()
    row = FollowUp.objects.get(question=question, kind="first_contact")
    (told,) = Audience(today).of_step(row, WORKER)
    assert told.key == f"user:{colleague.pk}"
    availability.end(absence=absence)
    assert client.get(f"/vraagstuk/{question.pk}/", headers=HOST).status_code == 404


def test_a_coordinator_records_and_ends_it_and_sets_hours(here: make.World, client: Client) -> None:
    boss = make.coordinator(here, "stimenz")
    ill, colleague = make.professional(here, "stimenz"), make.professional(here, "stimenz")
    stranger = make.professional(here, "jeugd-punt")
    client.force_login(boss)
    today = timezone.localdate()
    given = {
        "wie": str(ill.pk),
        "van": today.isoformat(),
        "tot": (today + timedelta(days=7)).isoformat(),
        "vervanger": str(colleague.pk),
    }
    refused = client.post("/caseload/afwezig/", {**given, "wie": str(stranger.pk)}, headers=HOST)
    assert refused.status_code == 422
    assert client.post("/caseload/afwezig/", given, headers=HOST).status_code == 302
    absence = Absence.objects.get()
    assert (
        f"{colleague.name} vervangt"
        in client.get("/caseload/afwezig/", headers=HOST).content.decode()
    )
    path = f"/caseload/afwezig/{absence.pk}/stop/"
    client.force_login(make.coordinator(here, "jeugd-punt"))
    assert client.post(path, headers=HOST).status_code == 404
    client.force_login(boss)
    assert client.post(path, headers=HOST).status_code == 302
    assert not Absence.objects.exists()
    hours = {"uren-collega": str(ill.pk), "uren-uren": "24", "uren-vragen": "15"}
    assert client.post("/caseload/uren/", hours, headers=HOST).status_code == 302
    row = WorkingHours.objects.get()
    assert (row.user, row.hours, row.most) == (ill, 24, 15)


def test_somebody_reports_their_own_absence_and_the_stand_in_has_their_list(
    here: make.World,
) -> None:
    ill, colleague = make.intake_worker(here, "stimenz"), make.professional(here, "stimenz")
    stranger = make.professional(here, "jeugd-punt")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=ill, now=make.TUESDAY)
    today = timezone.localdate()
    client, theirs = Client(), Client()
    client.force_login(ill)
    theirs.force_login(colleague)
    page = client.get("/werk/afwezig/", headers=HOST).content.decode()
    assert str(colleague.pk) in page
    assert str(stranger.pk) not in page
    assert question.reference not in theirs.get("/werk/?lijst=mijn", headers=HOST).content.decode()
    given = {"van": today.isoformat(), "tot": today.isoformat(), "vervanger": colleague.pk}
    assert client.post("/werk/afwezig/", given, headers=HOST).status_code == 302
    listed = theirs.get("/werk/?lijst=mijn", headers=HOST).content.decode()
    assert question.reference in listed
    assert f"U vervangt {ill.name}" in listed
    absence = Absence.objects.get()
    assert theirs.post(f"/werk/afwezig/{absence.pk}/stop/", headers=HOST).status_code == 404
    assert client.post(f"/werk/afwezig/{absence.pk}/stop/", headers=HOST).status_code == 302
    assert not Absence.objects.exists()


def test_the_balance_says_who_has_room_and_who_is_away(here: make.World) -> None:
    ill, colleague = make.intake_worker(here, "stimenz"), make.professional(here, "stimenz")
    question = make.question(here, "geld")
    pick_up.pick_up(question=question, by=ill, now=make.TUESDAY)
    availability.set_hours(partnership=here.partnership, user=ill, hours=20, most=12)
    away(here, ill, colleague, timezone.localdate(), timezone.localdate())
    coordinator = make.coordinator(here, "stimenz")
    found = balance.of(user=coordinator, partnership=here.partnership, now=timezone.now())
    people = {person.worker_id: person for person in found.by_worker}
    busy, free = people[str(ill.pk)], people[str(colleague.pk)]
    assert (busy.total.open, busy.room, busy.away) == (1, 11, Absence.objects.get())
    assert (free.room, free.away) == (None, None)
    client = Client()
    client.force_login(coordinator)
    page = client.get("/caseload/verdeling/", headers=HOST).content.decode()
    assert f"{colleague.name} vervangt" in page
    assert "1 van 12" in page
    link = busy.total.link
    assert link.replace("&", "&amp;") in page
    exactly = client.get(link, headers=HOST).content.decode()
    assert question.reference in exactly
