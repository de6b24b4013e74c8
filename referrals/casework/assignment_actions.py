"""The actions by which somebody takes a question, lets it go, or brings others in."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from intake.questions.models import Question
from referrals.casework import assign, forms, pick_up, support
from referrals.casework_base.actions import LEADS, PLACES, WORKS, Action
from referrals.casework_base.forms import SureForm, WhyForm
from referrals.consultations import services as consultation_services
from referrals.consultations.forms import ConsultForm
from referrals.routing_review.models import Correction
from welzijn.accounts.models import User


def _pick_up(question: Question, _form: Any, by: User, now: datetime) -> object:
    return pick_up.pick_up(question=question, by=by, now=now)


def _put_back(question: Question, form: Any, by: User, now: datetime) -> object:
    return pick_up.put_back(question=question, by=by, why=form.cleaned_data["why"], now=now)


def _consult(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return consultation_services.ask(
        question=question, to=given["to"], text=given["text"], by=by, now=now
    )


def _bring_in(question: Question, form: Any, by: User, now: datetime) -> object:
    return support.bring_in(
        question=question,
        organisation=form.cleaned_data["to"],
        ground=form.ground_given(),
        by=by,
        now=now,
    )


def _place(question: Question, form: Any, by: User, now: datetime) -> object:
    why = form.cleaned_data["why"]
    return assign.move_lead(
        question=question,
        to=form.cleaned_data["to"],
        ground=form.ground_given(),
        why=Correction.Why(why) if why else None,
        by=by,
        now=now,
    )


ACTIONS: tuple[Action, ...] = (
    Action(
        "pick_up",
        "oppakken",
        _("Pak op"),
        SureForm,
        LEADS,
        _pick_up,
        _("Opgepakt. De vraag is nu van u."),
        undoable=True,
    ),
    Action(
        "put_back",
        "terugleggen",
        _("Leg terug"),
        WhyForm,
        LEADS,
        _put_back,
        _("Teruggelegd. Uw collega's zien de vraag bij nieuw."),
        _("De vraag komt weer bij nieuw te staan, bij uw eigen organisatie of team."),
        undoable=True,
    ),
    Action(
        "consult",
        "overleg",
        _("Even overleggen"),
        ConsultForm,
        WORKS,
        _consult,
        _("Verstuurd. U hoort het als uw collega antwoordt."),
    ),
    Action(
        "bring_in",
        "vraag-erbij",
        _("Vraag hulp erbij"),
        forms.BringInForm,
        LEADS,
        _bring_in,
        _("Zij helpen nu ook mee."),
        _("U houdt de regie. De ander leest de vraag ook."),
        without_yes=True,
    ),
    Action(
        "place",
        "geef-door",
        _("Geef door aan een organisatie"),
        forms.PlaceForm,
        PLACES,
        _place,
        _("Doorgegeven."),
        _("De inwoner zei ja tegen deze organisatie, of er is een andere grondslag."),
        leaves=True,
        without_yes=True,
    ),
)
