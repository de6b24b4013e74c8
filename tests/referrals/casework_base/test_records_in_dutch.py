"""What is kept is the same, whatever the language of who did it; each reader reads their own."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import override

from intake.people.forms_of_address import JE
from intake.questions import sentences as question_sentences
from intake.questions.models import Question, SharingBasis, TimelineEntry
from intake.questions.sentence_parameters import NestedSentence, Words
from referrals.casework import (
    close as casework_close,
)
from referrals.casework import (
    contact_moments,
)
from referrals.casework import (
    reopen as casework_reopen,
)
from referrals.casework import (
    support as casework_support,
)
from referrals.casework.assign import move_lead
from referrals.casework.withdraw import withdraw
from referrals.casework_base.grounds import Ground
from referrals.casework_base.models import ContactMoment
from referrals.conferences import planning as conference_planning
from referrals.follow_ups import legal_clock
from referrals.follow_ups import staff_actions as follow_up_actions
from referrals.follow_ups.models import FollowUp
from referrals.handovers import clarifications
from referrals.handovers import completion as handover_completion
from referrals.handovers import services as handover_services
from referrals.handovers.models import Handover
from referrals.resident_portal import code_by_phone
from tests.referrals.retention.full_case import everything
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.audit.models import AccessEvent
from welzijn.core.working_days import local_date

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_tuesday", "no_second_factor"),
]
NOW = make.TUESDAY
PHONE = SharingBasis.How.PHONE


def walked(here: make.World) -> list[Question]:
    """Questions that have been through what the product can do, now and by the same roles."""
    return [everything(here), _handed_over(here), _closed(here), _moved(here), _talked(here)]


def _handed_over(here: make.World) -> Question:
    worker = make.intake_worker(here, "stimenz")
    teacher = make.intake_worker(here, "jeugd-punt")
    question = make.question(here, "geld")
    legal_clock.set_kind(question=question, kind=Question.Kind.DEBTS, by=worker, now=NOW)

    def propose() -> Handover:
        return handover_services.propose(
            question=question,
            to=here["jeugd-punt"],
            why="Zij weten meer van school.",
            summary="Het gaat over geld voor school.",
            by=worker,
            now=NOW,
        )

    handover_services.resident_says(handover=propose(), yes=False, how=PHONE, now=NOW)
    first = propose()
    handover_services.resident_says(
        handover=first, yes=True, how=PHONE, now=NOW, recorded_by=worker
    )
    clarifications.ask(handover=first, text="Is er haast bij?", by=teacher, now=NOW)
    talk = clarifications.answer(handover=first, text="Een beetje.", by=worker, now=NOW)
    clarifications.resident_says(talk=talk, yes=False, how=PHONE, now=NOW)
    talk = clarifications.answer(handover=first, text="Ja.", by=worker, now=NOW)
    clarifications.resident_says(talk=talk, yes=True, how=PHONE, now=NOW)
    handover_services.decline(handover=first, reason="Vol.", by=teacher, now=NOW)
    handover_services.resident_stops(handover=propose(), now=NOW, recorded_by=worker)
    second = propose()
    handover_services.resident_says(
        handover=second, yes=True, how=PHONE, now=NOW, recorded_by=worker
    )
    handover_services.accept(handover=second, by=teacher, now=NOW)
    at = NOW + timedelta(days=1)
    handover_completion.plan_meeting(handover=second, at=at, where="buurthuis", by=worker, now=NOW)
    handover_completion.met(handover=second, how="online", now=at)
    return question


def _closed(here: make.World) -> Question:
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    for outcome in (ContactMoment.Outcome.NOT_REACHED, ContactMoment.Outcome.SPOKEN):
        contact_moments.log_contact(
            question=question,
            way=ContactMoment.Way.PHONE,
            outcome=outcome,
            agreed="samen naar de bank",
            by=worker,
            now=NOW,
            next_on=local_date(NOW) + timedelta(days=3),
        )
    planned = question.follow_ups.filter(kind=FollowUp.Kind.AGREED).first()
    assert planned is not None
    later = local_date(NOW) + timedelta(days=6)
    follow_up_actions.move(follow_up=planned, due_on=later, by=worker, now=NOW)
    planned.refresh_from_db()
    follow_up_actions.done(follow_up=planned, by=worker, now=NOW)
    code_by_phone.give_code(question=question, by=worker, now=NOW)
    casework_close.close(
        question=question,
        result=Question.Result.HELPED,
        words="Het gaat weer.",
        verdict=4,
        by=worker,
        now=NOW,
    )
    casework_close.give_verdict(question=question, verdict=1, words="Nee.", now=NOW)
    withdraw(question=question, now=NOW)
    casework_reopen.resident_reopens(question=question, now=NOW)
    return question


def _moved(here: make.World) -> Question:
    question = make.question(here, "geld")
    worker = make.intake_worker(here, "stimenz")
    casework_support.bring_in(
        question=question, organisation=here["actief"], ground=Ground(how=PHONE), by=worker, now=NOW
    )
    casework_support.end(question=question, organisation=here["actief"], by=worker, now=NOW)
    move_lead(question=question, to=None, by=make.coordinator(here, "stimenz"), now=NOW)
    return question


def _talked(here: make.World) -> Question:
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    conference = conference_planning.propose(question=question, why="Samen.", by=worker, now=NOW)
    starts = NOW + timedelta(days=2)
    conference_planning.plan(
        conference=conference,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        place="Buurthuis",
        by=worker,
        now=NOW,
    )
    conference_planning.cancel(conference=conference, why="Niet nodig.", by=worker, now=NOW)
    return question


def written(questions: list[Question]) -> Iterator[tuple[str, str]]:
    """Every sentence that these questions left behind, and where it stands."""
    columns = (
        (TimelineEntry, "question", "note"),
        (SharingBasis, "question", "purpose"),
        (AccessEvent, "question_id", "reason"),
    )
    for model, key, column in columns:
        rows = model._default_manager.filter(
            **{f"{key}__in": [q.pk for q in questions] if key == "question_id" else questions}
        )
        for text in rows.values_list(column, flat=True):
            yield f"{model.__name__}.{column}", text
    with override("nl"):
        found: list[TimelineEntry | FollowUp] = [
            *TimelineEntry.objects.filter(question__in=questions),
            *FollowUp.objects.filter(question__in=questions),
        ]
        for row in found:
            assert not _holds_a_sentence_of_ours(row.sentence, row.parameters)
            # The words by which the parameters can be compared between two worlds.
            notified = " ".join(question_sentences.render_of(row, ""))
            yield f"{type(row).__name__}.{row.sentence}", notified


def _holds_a_sentence_of_ours(key: str, parameters: dict[str, Any]) -> bool:
    """Whether a parameter that nobody wrote freely holds words."""
    for name, parameter in question_sentences.KINDS[key].parameters.items():
        value = parameters[name]
        if isinstance(parameter, NestedSentence):
            if _holds_a_sentence_of_ours(value["sentence"], value["parameters"]):
                return True
        elif not isinstance(parameter, Words) and " " in json.dumps(value, separators=(",", ":")):
            return True
    return False


@pytest.mark.parametrize("language", ["en", JE])
def test_whoever_did_it_in_whichever_language_the_same_is_written_down(language: str) -> None:
    here = make.world()
    with override("nl"):
        dutch = sorted(written(walked(here)))
    with override(language):
        theirs = sorted(written(walked(here)))
    assert len(dutch) > 100
    assert theirs == dutch


def test_every_line_of_a_timeline_is_told_in_english_to_who_reads_english() -> None:
    here = make.world()
    lines = list(TimelineEntry.objects.filter(question__in=walked(here)))
    with override("nl"):
        dutch = {line.pk: line.text for line in lines}
    with override("en"):
        untold = {line.text for line in lines if line.text and line.text == dutch[line.pk]}
    assert untold == set()


def test_a_colleague_who_works_in_english_reads_steps_and_what_is_due_in_english() -> None:
    here = make.world()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld")
    legal_clock.set_kind(question=question, kind=Question.Kind.DEBTS, by=worker, now=NOW)
    screen = signed_in(worker)
    screen.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = screen.get(f"/vraagstuk/{question.pk}/").content.decode()
    assert "Your question has come in." in page
    assert "First talk about the debts (within 4 weeks)" in page
    assert "Eerste gesprek" not in page
