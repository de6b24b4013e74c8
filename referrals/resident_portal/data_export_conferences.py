"""The conferences about a question in a resident's data export."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from intake.questions.models import Question
from referrals.conferences.models import AgendaItem
from referrals.resident_portal.data_export_row import Row, non_empty


def agenda_items(question: Question) -> Iterator[AgendaItem]:
    yield from (
        question.agenda_items.select_related("conference")
        .prefetch_related("actions__follow_up")
        .order_by("added_at", "id")
    )


def conference_rows(item: AgendaItem) -> Row:
    conference = item.conference
    return non_empty(
        [
            ("starts_at", _("Wanneer"), conference.starts_at),
            ("place", _("Waar"), conference.place if item.resident_invited else ""),
            ("why", _("Waarover"), item.why),
            ("not_invited_why", _("Waarom u er niet bij was"), item.why_not_invited),
            (
                "answers",
                _("Wat u zei"),
                [
                    [("question", _("Vraag"), opening), ("answer", _("Antwoord"), answer)]
                    for opening, answer in item.answers
                    if answer
                ],
            ),
            ("plan", _("Het plan"), item.plan),
            (
                "best",
                _("Is dit de beste oplossing?"),
                str(item.get_best_display()) if item.best else "",
            ),
            ("best_words", _("In uw eigen woorden"), item.best_words),
            ("minutes", _("Verslag"), item.minutes),
            (
                "actions",
                _("Afgesproken"),
                [
                    [("on", _("Wanneer"), action.follow_up.due_on), ("what", _("Wat"), action.what)]
                    for action in item.actions.all()
                ],
            ),
        ]
    )
