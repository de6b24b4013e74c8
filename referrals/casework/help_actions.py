"""The actions of the help itself: what was said, written, planned and judged."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from intake.questions.models import Question, SharingBasis
from referrals.casework import contact_forms, contact_moments, forms, support
from referrals.casework_base.actions import LEADS, WORKS, Action
from referrals.casework_base.models import ContactMoment
from referrals.follow_ups import legal_clock
from referrals.follow_ups import staff_actions as follow_up_actions
from welzijn.accounts.models import User


def _contact(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return contact_moments.log_contact(
        question=question,
        way=ContactMoment.Way(given["way"]),
        outcome=ContactMoment.Outcome(given["outcome"]),
        agreed=given["agreed"],
        note=given["note"],
        done=given.get("done", ()),
        next_on=given["next_on"],
        next_at=given["next_at"],
        next_what=given["next_what"],
        at=form.moment(),
        by=by,
        now=now,
    )


def _note(question: Question, form: Any, by: User, now: datetime) -> object:
    text = form.cleaned_data["text"]
    return contact_moments.add_note(question=question, text=text, by=by, now=now)


def _write(question: Question, form: Any, by: User, now: datetime) -> object:
    return contact_moments.write(question=question, text=form.cleaned_data["text"], by=by, now=now)


def _plan(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return follow_up_actions.plan(
        question=question,
        what=given["what"],
        due_on=given["due_on"],
        at_time=given["at_time"],
        shared=given["shared"],
        by=by,
        now=now,
    )


def _kind(question: Question, form: Any, by: User, now: datetime) -> object:
    kind = Question.Kind(form.cleaned_data["kind"])
    return legal_clock.set_kind(question=question, kind=kind, by=by, now=now)


def _judge(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return legal_clock.judge(
        question=question, danger=given["danger"] == "ja", note=given["note"], by=by, now=now
    )


def _subject(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return support.record_subject_answer(
        question=question,
        answer=Question.SubjectAnswer(given["answer"]),
        answered_by=Question.Representation(given["answered_by"]),
        how=SharingBasis.How(given["how"]),
        by=by,
        now=now,
    )


ACTIONS: tuple[Action, ...] = (
    Action(
        "contact",
        "contact",
        _("Contact vastleggen"),
        contact_forms.ContactForm,
        WORKS,
        _contact,
        _("Vastgelegd."),
    ),
    Action(
        "write",
        "schrijf",
        _("Schrijf een antwoord"),
        contact_forms.WriteForm,
        WORKS,
        _write,
        _("Uw antwoord staat op de pagina van de inwoner."),
    ),
    Action(
        "note",
        "notitie",
        _("Schrijf een notitie"),
        contact_forms.NoteForm,
        WORKS,
        _note,
        _("De notitie staat in de tijdlijn."),
        submit=_("Opslaan"),
    ),
    Action("plan", "plan", _("Plan"), forms.PlanForm, WORKS, _plan, _("Gepland.")),
    Action(
        "kind",
        "soort",
        _("Soort vraag"),
        forms.KindForm,
        LEADS,
        _kind,
        _("Vastgelegd."),
        submit=_("Opslaan"),
    ),
    Action("judge", "beoordeel", _("Beoordeel"), forms.JudgeForm, WORKS, _judge, _("Vastgelegd.")),
    Action(
        "subject",
        "degene",
        _("Leg antwoord vast van degene om wie het gaat"),
        forms.SubjectForm,
        WORKS,
        _subject,
        _("Vastgelegd."),
    ),
)
