"""A coordinator and a flood: look inside, clear in one step, take a real one out with one click."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from intake.questions.models import Question, SetAside
from referrals.casework import reopen, set_aside
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.reports.models import ReportedQuestion
from tests.support import factories as make
from tests.support import guards
from tests.support.factories import World
from tests.support.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def flood(here: World, number: int) -> list[Question]:
    questions = [make.submitted(here, "geld").question for _number in range(number)]
    for question in questions:
        SetAside.objects.create(question=question, at=timezone.now(), why="fast")
    return questions


def until_of(browser: Client) -> str:
    """What the page's own form sends: as it stands in the page, not in its context."""
    page = browser.get("/caseload/opzij/").content.decode()
    (until,) = re.findall(r'name="tot" value="([^"]*)"', page)
    return str(until)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_form_of_the_page_clears_all_with_one_post(language: str) -> None:
    here = make.world()
    flood(here, 3)
    browser = signed_in(make.coordinator(here))
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = browser.post("/caseload/opzij/opruimen/", {"tot": until_of(browser)})
    assert answer.status_code == 302
    assert set_aside.lot(here.partnership).count() == 0


@pytest.mark.parametrize("sent", ["", "x", "1795954679,25", "2026-11-29T10:00:00", "9" * 5000])
def test_a_moment_that_is_none_clears_nothing(sent: str) -> None:
    here = make.world()
    flood(here, 1)
    browser = signed_in(make.coordinator(here))
    assert browser.post("/caseload/opzij/opruimen/", {"tot": sent}).status_code == 302
    assert set_aside.lot(here.partnership).count() == 1


def test_a_lot_is_cleared_in_three_clicks_and_one_is_taken_back() -> None:
    here = make.world()
    real, *others = flood(here, 4)
    browser = signed_in(make.coordinator(here))
    caseload = browser.get("/caseload/").content.decode()
    assert "/caseload/opzij/" in caseload
    assert real.reference not in caseload
    page = browser.get("/caseload/opzij/")
    assert page.context["number"] == 4
    assert real.reference in page.content.decode()
    browser.post(f"/caseload/opzij/{real.pk}/terug/")
    assert real.reference in browser.get("/caseload/").content.decode()
    until = until_of(browser)
    late = flood(here, 1)[0]
    with guards.switched_off():
        SetAside.objects.filter(pk=late.pk).update(at=timezone.now() + timedelta(seconds=1))
    browser.post("/caseload/opzij/opruimen/", {"tot": until})
    for question in others:
        question.refresh_from_db()
        assert question.status == Question.Status.WITHDRAWN
        assert not question.follow_ups.filter(status="open").exists()
    real.refresh_from_db()
    late.refresh_from_db()
    assert (real.status, late.status) == (Question.Status.NEW, Question.Status.NEW)
    browser.post(f"/caseload/opzij/{others[0].pk}/terug/")
    others[0].refresh_from_db()
    assert others[0].status == Question.Status.NEW
    assert others[0].reference in browser.get("/caseload/").content.decode()


def test_who_asked_can_open_a_cleared_question_again() -> None:
    here = make.world()
    (question,) = flood(here, 1)
    member = make.coordinator(here)
    now = timezone.now()
    set_aside.clear(partnership=here.partnership, by=member, before=now, now=now)
    reopen.resident_reopens(question=question, now=now)
    assert Question.objects.not_set_aside().filter(pk=question.pk).exists()


def test_only_a_coordinator_decides() -> None:
    here = make.world()
    (question,) = flood(here, 1)
    other = make.professional(here, "welzijn")
    now = timezone.now()
    with pytest.raises(NotAllowedError):
        set_aside.clear(partnership=here.partnership, by=other, before=now, now=now)
    with pytest.raises(NotAllowedError):
        set_aside.release(question=question, by=other, now=now)


def test_released_questions_count_in_the_figures_again() -> None:
    here = make.world()
    (question,) = flood(here, 1)
    ReportedQuestion.objects.filter(pk=question.pk).delete()
    member = make.coordinator(here)
    set_aside.release(question=question, by=member, now=timezone.now())
    assert ReportedQuestion.objects.filter(question_id=question.pk).exists()
