"""The parts of a resident's data export: the question, what happened, who read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from intake.access_log import resident_log
from intake.partner_door.marks import mark_of
from intake.people.forms_of_address import in_their_form
from intake.people.models import ContactWish
from intake.questions.models import Question, SharingBasis, TimelineEntry
from organisations.directory.display_names import display_name
from referrals.resident_portal.data_export_attachments import attachment_rows
from referrals.resident_portal.data_export_conferences import agenda_items, conference_rows
from referrals.resident_portal.data_export_danger import danger_rows
from referrals.resident_portal.data_export_row import Row, non_empty
from referrals.resident_portal.page import page_for
from referrals.retention import due
from welzijn.core import languages


@dataclass(frozen=True, slots=True)
class Part:
    """One heading with its rows: (key for a machine, label for a reader, value)."""

    key: str
    title: str
    rows: Row


def parts_of(question: Question, now: datetime) -> Iterator[Part]:
    page = page_for(question, now=now)
    yield Part("question", _("Uw vraag"), non_empty(_question_rows(question)))
    yield Part("attachments", _("Brieven en foto's bij uw vraag"), attachment_rows(question))
    yield Part("danger", _("Gevaar"), non_empty([("danger", "", danger_rows(question))]))
    yield Part("you", _("Over u"), non_empty(_person_rows(question)))
    yield Part(
        "now",
        _("Hoe het er nu voor staat"),
        non_empty(
            [
                ("status", _("Wat er nu is"), page.headline),
                ("next", _("Wat er nu gebeurt"), page.next_step),
                ("next_day", _("Uiterlijk"), page.next_day),
                (
                    "appointments",
                    _("Afgesproken"),
                    [_appointment_rows(a) for a in page.appointments],
                ),
                ("result", _("Hoe het is afgelopen"), question.get_result_display())
                if question.result
                else ("result", "", ""),
                ("result_words", _("In uw eigen woorden"), question.result_words),
                ("verdict", _("Uw cijfer, van 1 tot 5"), question.verdict),
                ("verdict_words", _("Wat u daarbij schreef"), _verdict_words(question)),
            ]
        ),
    )
    yield Part(
        "steps", _("Wat er is gebeurd"), non_empty([("steps", "", _timeline_rows(page.steps))])
    )
    yield Part(
        "passed_on",
        _("Aan wie wij u hebben voorgesteld"),
        non_empty(
            [
                ("handovers", "", _handover_rows(question)),
                ("outside", "", _external_handover_rows(question)),
            ]
        ),
    )
    yield Part(
        "talks",
        _("Samen praten"),
        non_empty([("talks", "", [conference_rows(i) for i in agenda_items(question)])]),
    )
    yield Part(
        "shared", _("Wie dit mocht lezen"), non_empty([("bases", "", _basis_rows(question))])
    )
    yield Part(
        "looks", _("Wie heeft gekeken"), non_empty([("looks", "", _access_rows(question, now))])
    )
    yield Part("kept", _("Hoe lang wij het bewaren"), non_empty(_retention_rows(question)))


def _question_rows(question: Question) -> Row:
    return [
        ("reference", _("Kenmerk"), question.reference),
        ("received_at", _("Gevraagd op"), question.received_at),
        ("channel", _("Hoe u het vroeg"), str(question.get_channel_display())),
        ("words", _("In uw eigen woorden"), question.words),
        (
            "answers",
            _("Wat u verder antwoordde"),
            [
                [("question", _("Vraag"), opening), ("answer", _("Antwoord"), answer)]
                for opening, answer in question.opening_answers
                if answer
            ],
        ),
        (
            "written_in",
            _("De taal waarin u schreef"),
            languages.OWN_NAMES.get(question.written_in, ""),
        ),
        ("about", _("Over wie het gaat"), str(question.get_about_display())),
        ("subject_knows", _("Weet diegene het"), str(question.get_subject_knows_display()))
        if question.subject_id != question.asker_id
        else ("subject_knows", "", ""),
        (
            "life_domains",
            _("Waar het over gaat"),
            ", ".join(in_their_form(d.name) for d in question.life_domains.all()),
        ),
        ("partner_mark", _("Zo noemt de partner deze vraag"), mark_of(question)),
        ("kind", _("Wat voor vraag het is"), str(question.get_kind_display())),
        ("postcode", _("Postcode"), question.postcode),
        (
            "neighbourhood",
            _("Wijk of kern"),
            question.neighbourhood.name if question.neighbourhood else "",
        ),
    ]


def _person_rows(question: Question) -> Row:
    asker = question.asker
    wish = ContactWish.objects.filter(person=asker).first()
    rows: Row = [
        ("name", _("Naam"), asker.name),
        ("called", _("Zo noemen wij u"), asker.called),
        ("age_band", _("Leeftijd"), str(asker.get_age_band_display()) if asker.age_band else ""),
        (
            "contact",
            _("Hoe wij u kunnen bereiken"),
            [
                [
                    ("kind", _("Soort"), str(d.get_kind_display())),
                    ("value", _("Nummer of adres"), d.value),
                ]
                for d in asker.contact_details.order_by("kind", "value")
            ],
        ),
    ]
    if wish is None:
        return rows
    return [
        *rows,
        ("may_leave_message", _("Wij mogen een bericht inspreken"), wish.may_leave_message),
        ("may_say_who", _("Wij mogen zeggen wie wij zijn"), wish.may_say_who),
        ("no_post", _("Geen post"), wish.no_post),
        ("times_note", _("Wanneer wij u mogen bellen"), wish.times_note),
        ("language", _("Taal"), languages.OWN_NAMES.get(wish.language, wish.language)),
        ("interpreter", _("Met een tolk"), wish.interpreter),
    ]


def _appointment_rows(one: Any) -> Row:
    what = one.what if one.for_resident else _("wij gaan samen verder")
    return [("on", _("Wanneer"), one.due_on), ("what", _("Wat"), what)]


def _verdict_words(question: Question) -> str:
    """Return what the resident wrote with their verdict; it is kept as a timeline note."""
    own = question.timeline.filter(
        actor_kind=TimelineEntry.Actor.RESIDENT, kind=TimelineEntry.Kind.ADDED
    ).exclude(note="")
    return "\n".join(own.order_by("at", "id").values_list("note", flat=True))


def _timeline_rows(steps: list[dict[str, Any]]) -> list[Row]:
    return [
        non_empty(
            [
                ("at", _("Wanneer"), step["when"]),
                ("text", _("Wat"), step["title"]),
                ("words", _("In uw eigen woorden"), step.get("text")),
                ("struck", _("Doorgehaald"), step["struck"]),
                ("who", _("Wie"), step["who"]),
            ]
        )
        for step in reversed(steps)
    ]


def _handover_rows(question: Question) -> list[Row]:
    return [
        non_empty(
            [
                ("to", _("Aan wie"), one.receiver.name),
                ("at", _("Wanneer"), one.proposed_at),
                ("why", _("Waarom"), one.why),
                ("summary", _("Wat zij mochten lezen"), one.summary),
            ]
        )
        for one in question.handovers.select_related("receiver").order_by("proposed_at", "id")
    ]


def _external_handover_rows(question: Question) -> list[Row]:
    return [
        non_empty(
            [
                ("to", _("Aan wie"), one.name),
                ("at", _("Wanneer"), one.sent_at),
                ("why", _("Waarom"), one.why),
                ("summary", _("Wat zij mochten lezen"), one.summary),
            ]
        )
        for one in question.outside.order_by("sent_at", "id")
    ]


def _basis_rows(question: Question) -> list[Row]:
    """Rows of who may read it now, and of every consent that was given and ended."""
    rows = question.sharing_bases.select_related("organisation", "team__organisation")
    return [
        non_empty(
            [
                ("who", _("Wie"), _receiver(b)),
                ("ground", _("Waarom dat mocht"), str(b.get_kind_display())),
                ("purpose", _("Waarvoor"), str(b.get_purpose_display())),
                ("since", _("Vanaf"), b.valid_from),
                ("until", _("Tot"), b.ended_at),
            ]
        )
        for b in rows.order_by("valid_from", "id")
        if b.ended_at is None or b.kind == SharingBasis.Kind.CONSENT
    ]


def _receiver(basis: SharingBasis) -> str:
    organisation = basis.team.organisation if basis.team else basis.organisation
    assert organisation is not None  # the database holds that a basis names one of both
    return display_name(organisation, basis.team)


def _access_rows(question: Question, now: datetime) -> list[Row]:
    return [
        [("at", _("Wanneer"), one.at), ("text", _("Wie en waarom"), one.text)]
        for one in reversed(resident_log.entries_for(question, now=now))
    ]


def _retention_rows(question: Question) -> Row:
    day = due.kept_until(question)
    if day is not None:
        return [("until", _("Wij bewaren het in elk geval tot en met"), day)]
    term = due.term_of(question)
    years = term[1] if term is not None else None
    return [("years_after_the_last_contact", _("Jaren na het laatste contact"), years)]
