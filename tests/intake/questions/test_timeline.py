"""Writing down what happened, and who did it as the resident may read it."""

import pytest

from intake.danger import listening
from intake.questions import question_sentences, timeline
from intake.questions.models import TimelineEntry
from tests.support import factories as make

pytestmark = pytest.mark.django_db
Kind = TimelineEntry.Kind


def test_what_staff_did_keeps_who_and_for_which_organisation() -> None:
    here = make.world()
    question, worker = make.question(here, "geld"), make.intake_worker(here, "stimenz")
    entry = timeline.by_staff(
        question=question,
        kind=Kind.ADDED,
        user=worker,
        organisation=here["stimenz"],
        sentence=question_sentences.WORDS_ADDED(words="x"),
        note="klonk moe",
        for_resident=False,
        now=make.TUESDAY,
    )
    entry.refresh_from_db()
    assert (entry.actor_kind, entry.actor, entry.organisation) == (
        "staff",
        worker,
        here["stimenz"],
    )
    assert (entry.note, entry.for_resident, entry.at) == ("klonk moe", False, make.TUESDAY)
    assert (entry.sentence, entry.parameters["words"]) == ("question.words_added", "x")


def test_what_a_resident_or_the_system_did_names_no_worker() -> None:
    question = make.question(make.world(), "geld")
    own = listening.resident_wrote(
        question=question,
        kind=Kind.ADDED,
        sentence=question_sentences.WORDS_ADDED(words="x"),
        note="zelf",
        now=make.TUESDAY,
    )
    quiet = timeline.by_system(
        question=question,
        kind=Kind.CODE,
        sentence=question_sentences.RECEIVED(),
        for_resident=False,
        now=make.TUESDAY,
    )
    assert (own.actor_kind, own.actor, own.note, own.for_resident) == (
        "resident",
        None,
        "zelf",
        True,
    )
    assert (quiet.actor_kind, quiet.actor, quiet.for_resident) == ("system", None, False)
    assert (timeline.who(own), timeline.who(quiet)) == ("", "")


@pytest.mark.parametrize(
    ("shows_names", "function", "expected"),
    [
        (True, "maatschappelijk werker", "Fatma de Boer"),
        (False, "maatschappelijk werker", "maatschappelijk werker"),
        (False, "", "Stimenz"),
    ],
)
def test_an_organisation_chooses_names_or_functions(
    shows_names: bool, function: str, expected: str
) -> None:
    here = make.world()
    here["stimenz"].shows_worker_names = shows_names
    here["stimenz"].save()
    entry = timeline.by_staff(
        question=make.question(here, "geld"),
        kind=Kind.ADDED,
        user=make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer", function=function)),
        organisation=here["stimenz"],
        sentence=question_sentences.WORDS_ADDED(words="x"),
        now=make.TUESDAY,
    )
    assert timeline.who(entry) == expected
