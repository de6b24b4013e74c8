"""The actions at the end of a question and after it: closed, asked how it goes, open again."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from intake.questions.models import Question
from referrals.casework import aftercare, close, forms, reopen, withdraw
from referrals.casework_base.actions import LEADS, WORKS, Action
from referrals.casework_base.forms import SureForm, WhyForm
from welzijn.accounts.models import User


def _close(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return close.close(
        question=question,
        result=Question.Result(given["result"]),
        words=given["words"],
        verdict=given["verdict"],
        by=by,
        now=now,
    )


def _check(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    if not given["reached"]:
        return aftercare.not_reached(question=question, by=by, now=now)
    return close.give_verdict(
        question=question, verdict=given["verdict"], words=given["words"], recorded_by=by, now=now
    )


def _reopen(question: Question, form: Any, by: User, now: datetime) -> object:
    return reopen.reopen(question=question, why=form.cleaned_data["why"], by=by, now=now)


def _withdraw(question: Question, _form: Any, by: User, now: datetime) -> object:
    return withdraw.withdraw(question=question, recorded_by=by, now=now)


ACTIONS: tuple[Action, ...] = (
    Action(
        "close",
        "afronden",
        _("Rond af"),
        forms.CloseForm,
        LEADS,
        _close,
        _("Afgerond. Over een paar weken vragen wij de inwoner hoe het gaat."),
    ),
    Action(
        "check",
        "nazorg",
        _("Leg vast hoe het gaat"),
        forms.CheckForm,
        WORKS,
        _check,
        _("Vastgelegd."),
        _("Bel de inwoner en vraag hoe het gaat. Niet goed? Dan gaat de vraag weer open."),
    ),
    Action("reopen", "heropen", _("Heropen"), WhyForm, LEADS, _reopen, _("Weer open.")),
    Action(
        "withdraw",
        "trek-in",
        _("Trek in op verzoek van de inwoner"),
        SureForm,
        WORKS,
        _withdraw,
        _("Ingetrokken. Alles wat gepland stond, vervalt."),
        _("De inwoner wil geen hulp meer. Alles wat gepland stond, vervalt."),
    ),
)
