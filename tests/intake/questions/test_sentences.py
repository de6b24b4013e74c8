"""What happened is kept as data, and told in the language and form of who reads it."""

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext, override

from intake.people.forms_of_address import JE, in_je
from intake.questions import question_sentences, sentences
from intake.questions.choice_sentences import NumberInWords
from intake.questions.models import Question, TimelineEntry
from intake.questions.sentence_parameters import (
    Choice,
    Choices,
    Colleague,
    Day,
    Free,
    Moment,
    NestedSentence,
    Number,
    OwnWords,
    Parameter,
    PartnershipText,
    Party,
    SentenceError,
)
from intake.questions.sentences import KINDS, Kind, Sentence
from organisations.directory.models import Team
from referrals.casework import sentences as casework_sentences
from referrals.follow_ups import sentences as follow_up_sentences
from referrals.follow_ups.models import FollowUp
from referrals.handovers import sentences as handover_sentences
from tests.support import factories as make
from tests.support import guards

pytestmark = pytest.mark.django_db
WORDS = "opgeschreven voor u"


def values_of(parameter: Parameter, here: make.World) -> list[Any]:
    """What a parameter of this type can be given; every one has to be shown."""
    if isinstance(parameter, Party):
        return [here["stimenz"], here.partnership.triage_team]
    if isinstance(parameter, Colleague):
        return [make.user("Omar")]
    if isinstance(parameter, Choice):
        return [value for value in parameter.of.values if value != ""]
    if isinstance(parameter, Choices):
        return [parameter.of.values, *([value] for value in parameter.of.values)]
    if isinstance(parameter, NestedSentence):
        return [follow_up_sentences.CHECK(), follow_up_sentences.AGREED(what=WORDS)]
    return [
        {
            Day: date(2026, 11, 26),
            Moment: datetime(2026, 11, 26, 13, 30, tzinfo=UTC),
            Number: 3,
            NumberInWords: 4,
            Free: WORDS,
            OwnWords: WORDS,
            PartnershipText: "het over geld gaat",
        }[type(parameter)]
    ]


def filled(kind: Kind, here: make.World) -> Iterator[Sentence]:
    """The kind with each value of each of its parameters at least once."""
    values = {name: values_of(parameter, here) for name, parameter in kind.parameters.items()}
    for number in range(max(map(len, values.values()), default=1)):
        yield kind(**{name: some[number % len(some)] for name, some in values.items()})


def notified(sentence: Sentence, here: make.World, language: str) -> tuple[str, str]:
    """What the resident and what colleagues read of a step."""
    question = Question(partnership=here.partnership)
    entry = TimelineEntry(question=question, sentence=sentence.key, parameters=sentence.parameters)
    with override(language):
        return entry.text, entry.for_colleagues


@pytest.fixture(name="here")
def _here() -> make.World:
    return make.world()


# Whose je in the catalogue is better than what the rules make of the Dutch that says u.
OF_THEIR_OWN = {
    "code.asked_at_desk": "Was jij dit niet?",
    "conference.proposed": "Wij willen samen met jou en anderen",
}


def test_every_kind_is_told_in_dutch_in_je_and_in_english(here: make.World) -> None:
    assert len(KINDS) > 90
    for kind in KINDS.values():
        own = any(isinstance(parameter, OwnWords) for parameter in kind.parameters.values())
        for sentence in filled(kind, here):
            kind.check(sentence.parameters)
            dutch, informal, english = (notified(sentence, here, each) for each in ("nl", JE, "en"))
            assert [bool(part) for part in dutch] == [bool(kind.text), bool(kind.colleagues)]
            assert "{" not in "".join([*dutch, *informal, *english])
            if kind.key in OF_THEIR_OWN:
                assert OF_THEIR_OWN[kind.key] in informal[0]
            else:
                assert own or informal[0] == in_je(dutch[0])
        for template in filter(None, (kind.text, kind.colleagues, kind.staff)):
            if re.sub(r"\{\w+\}|[ :]", "", template):
                with override("en"):
                    assert gettext(template) != template


def test_what_speaks_to_the_resident_is_told_to_staff_in_words_of_their_own(
    here: make.World,
) -> None:
    """ "Uw vraag is opgepakt" is for the resident; staff read who picked it up."""
    to_resident = re.compile(r"\b(u|uw|wij|je|jou|jouw)\b", re.IGNORECASE)
    for kind in KINDS.values():
        assert not to_resident.search(kind.staff), kind.key
        assert kind.staff or not to_resident.search(kind.text), kind.key
        for sentence in filled(kind, here):
            entry = TimelineEntry(
                question=Question(partnership=here.partnership),
                actor_kind=TimelineEntry.Actor.RESIDENT,
                sentence=sentence.key,
                parameters=sentence.parameters,
            )
            assert bool(entry.for_staff) == bool(kind.staff)
            assert "{" not in entry.for_staff


def test_staff_read_who_did_it(here: make.World) -> None:
    entry = TimelineEntry(
        question=Question(partnership=here.partnership),
        actor_kind=TimelineEntry.Actor.STAFF,
        actor=make.user("Omar"),
        sentence=casework_sentences.PICKED_UP.key,
    )
    assert entry.for_staff == "Omar pakte de vraag op."
    assert entry.text == "Uw vraag is opgepakt."
    entry.actor, entry.actor_kind = None, TimelineEntry.Actor.SYSTEM
    assert entry.for_staff == "Het systeem pakte de vraag op."


def test_a_sentence_for_staff_names_only_what_is_declared() -> None:
    with pytest.raises(SentenceError):
        sentences.declare("test.unknown_name", "Iets.", staff="{who} deed iets.")
    assert "test.unknown_name" not in KINDS


@pytest.mark.parametrize(
    ("sentence", "dutch", "english", "informal"),
    [
        (
            lambda here: question_sentences.PLACED(who=here.partnership.triage_team),
            "Uw vraag ligt bij het Toegangsteam Putten.",
            "Your question is with the Toegangsteam Putten.",
            "Je vraag ligt bij het Toegangsteam Putten.",
        ),
        (
            lambda here: question_sentences.placed(here["stimenz"], "het over geld gaat"),
            "Uw vraag ligt bij Stimenz, omdat het over geld gaat.",
            "Your question is with Stimenz, because it is about money.",
            "Je vraag ligt bij Stimenz, omdat het over geld gaat.",
        ),
        (
            lambda here: handover_sentences.MET(who=here["stimenz"]),
            "U heeft Stimenz gesproken. Stimenz helpt u vanaf nu.",
            "You have spoken to Stimenz. Stimenz helps you from now on.",
            "Je hebt Stimenz gesproken. Stimenz helpt je vanaf nu.",
        ),
        (
            lambda _here: question_sentences.RECEIVED(),
            "Uw vraag is binnen.",
            "Your question has come in.",
            "Je vraag is binnen.",
        ),
        (
            lambda _here: question_sentences.WORDS_ADDED(words="Iets heel anders."),
            "Iets heel anders.",
            "Iets heel anders.",
            "Iets heel anders.",
        ),
    ],
)
def test_a_sentence_is_told_as_the_page_speaks(
    sentence: Any, dutch: str, english: str, informal: str, here: make.World
) -> None:
    if here.partnership.triage_team is not None:
        Team.objects.filter(pk=here.partnership.triage_team.pk).update(name="Toegangsteam Putten")
    make.fresh_front_doors()
    found = sentence(here)
    assert notified(found, here, "nl")[0] == dutch
    assert notified(found, here, "en")[0] == english
    assert notified(found, here, JE)[0] == informal


def test_a_date_in_it_is_told_in_english_and_free_words_stay(here: make.World) -> None:
    sentence = follow_up_sentences.PLANNED_SHARED(
        day=date(2026, 11, 26), what=follow_up_sentences.AGREED(what="huisbezoek bij u")
    )
    assert notified(sentence, here, "nl")[0] == (
        "De volgende stap is op donderdag 26 november: huisbezoek bij u"
    )
    english = notified(sentence, here, "en")[0]
    assert "Thursday 26 November" in english
    assert english.endswith("huisbezoek bij u")


def test_what_only_colleagues_read_is_not_for_the_resident(here: make.World) -> None:
    sentence = follow_up_sentences.PLANNED(
        day=date(2026, 11, 26), what=follow_up_sentences.AGREED(what="bellen als hij weg is")
    )
    resident, colleagues = notified(sentence, here, "nl")
    assert resident == "De volgende stap is op donderdag 26 november."
    assert colleagues == "bellen als hij weg is"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"who": "Stimenz"},
        {"who": None},
        {"day": date(2026, 11, 26)},
    ],
)
def test_a_sentence_with_wrong_parameters_can_not_be_written(values: dict[str, object]) -> None:
    with pytest.raises(SentenceError):
        casework_sentences.ASSIGNED(**values)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (casework_sentences.CLOSED, {"result": "anders"}),
        (casework_sentences.VERDICT, {"verdict": "vier"}),
        (casework_sentences.PICKED_UP_BY_DAY, {"day": datetime(2026, 11, 26, tzinfo=UTC)}),
        (handover_sentences.MEETING_PLANNED, {"when": datetime(2026, 11, 26)}),  # noqa: DTZ001
        (casework_sentences.ANSWER_WRITTEN, {"text": 3}),
        (follow_up_sentences.DONE, {"what": "gebeld"}),
    ],
)
def test_a_value_of_another_type_can_not_be_written(kind: Kind, values: dict[str, Any]) -> None:
    with pytest.raises(SentenceError):
        kind(**values)


@pytest.mark.parametrize(
    ("key", "text", "parameters"),
    [
        ("question.received", "Nog een keer.", {}),
        ("zonder punt", "Iets.", {}),
        ("new.kind", "{who} doet iets.", {}),
        ("new.kind", "Iets.", {"who": Party()}),
    ],
)
def test_a_kind_that_could_not_be_told_is_not_declared(
    key: str, text: str, parameters: dict[str, Parameter]
) -> None:
    with pytest.raises(SentenceError):
        sentences.declare(key, text, colleagues="", staff="", **parameters)


@pytest.mark.parametrize(
    "stored",
    [
        ("gone.kind", {}),
        ("handover.met", {}),
        ("handover.met", {"who": {"organisation": str(uuid.uuid4())}}),
        ("handover.met", {"who": "Stimenz"}),
        ("handover.met", ["Stimenz"]),
        ("follow_up.done", {"what": {"sentence": "gone.kind", "parameters": {}}}),
    ],
)
def test_what_can_not_be_read_breaks_no_page_and_is_reported(
    stored: tuple[str, Any], here: make.World, caplog: pytest.LogCaptureFixture
) -> None:
    sentence = Sentence(*stored)
    assert notified(sentence, here, "en") == ("Something happened with your question.", "")
    assert "can't be shown" in caplog.text
    question = Question(partnership=here.partnership)
    due = FollowUp(
        question=question, kind="agreed", sentence=sentence.key, parameters=sentence.parameters
    )
    assert due.what == "afspraak"


@pytest.mark.parametrize("model", [TimelineEntry, FollowUp])
def test_the_database_takes_no_words_for_a_kind(
    model: type[TimelineEntry | FollowUp], here: make.World
) -> None:
    make.question(here, "geld")
    for words in ("", "Uw vraag is binnen.", "oppakken"):
        with pytest.raises(IntegrityError), transaction.atomic(), guards.switched_off():
            model._default_manager.update(sentence=words)
