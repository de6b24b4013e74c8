"""The actions of a warm handover: proposed, talked about, met, or stopped."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.questions.models import Question, SharingBasis
from intake.questions.status import WrongMomentError
from referrals.casework_base.actions import LEADS, WORKS, Action
from referrals.casework_base.forms import SureForm, WhyForm
from referrals.handovers import clarifications, completion, forms, services
from referrals.handovers.models import Handover
from welzijn.accounts.models import User


def _open_handover(question: Question) -> Handover:
    """Return the open handover; raise WrongMomentError if it ended meanwhile."""
    found = question.handovers.filter(status__in=Handover.OPEN).first()
    if found is None:
        raise WrongMomentError(gettext("Er loopt geen overdracht meer."))
    return found


def _propose(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return services.propose(
        question=question,
        to=given["to"],
        why=given["why"],
        summary=given["summary"],
        yes_how=form.heard(),
        sender_stays=given["sender_stays"],
        by=by,
        now=now,
    )


def _resident_says(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    found = _open_handover(question)
    yes, how = given["answer"] == "ja", SharingBasis.How(given["how"])
    waits = clarifications.waiting(found)
    if waits is not None:
        return clarifications.resident_says(
            talk=waits.answer, yes=yes, how=how, recorded_by=by, now=now
        )
    return services.resident_says(handover=found, yes=yes, how=how, recorded_by=by, now=now)


def _answer(question: Question, form: Any, by: User, now: datetime) -> object:
    return clarifications.answer(
        handover=_open_handover(question),
        text=form.cleaned_data["text"],
        yes_how=form.heard(),
        by=by,
        now=now,
    )


def _meeting(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return completion.plan_meeting(
        handover=_open_handover(question), at=given["at"], where=given["where"], by=by, now=now
    )


def _met(question: Question, form: Any, by: User, now: datetime) -> object:
    return completion.met(
        handover=_open_handover(question), how=form.cleaned_data["how"], recorded_by=by, now=now
    )


def _take_back(question: Question, _form: Any, by: User, now: datetime) -> object:
    return services.withdraw(handover=_open_handover(question), by=by, now=now)


def _give_back(question: Question, form: Any, by: User, now: datetime) -> object:
    return services.decline(
        handover=_open_handover(question), reason=form.cleaned_data["why"][:300], by=by, now=now
    )


def _stop(question: Question, _form: Any, by: User, now: datetime) -> object:
    return services.resident_stops(handover=_open_handover(question), recorded_by=by, now=now)


ACTIONS: tuple[Action, ...] = (
    Action(
        "handover",
        "draag-over",
        _("Draag warm over"),
        forms.HandoverForm,
        LEADS,
        _propose,
        _("De overdracht loopt. U houdt de regie tot de inwoner daar iemand sprak."),
        _("U houdt de regie tot de inwoner met de ander heeft gesproken."),
    ),
    Action(
        "resident_says",
        "antwoord-inwoner",
        _("Leg antwoord vast"),
        forms.ResidentSaysForm,
        WORKS,
        _resident_says,
        _("Vastgelegd."),
    ),
    Action(
        "answer",
        "antwoord",
        _("Geef antwoord"),
        forms.TalkForm,
        LEADS,
        _answer,
        _("Opgeschreven. De ander leest het zodra de inwoner ja zegt."),
        _("Lees de inwoner voor wat u antwoordt. Het gaat over de inwoner."),
    ),
    Action(
        "meeting",
        "kennismaking",
        _("Plan het gesprek"),
        forms.MeetingForm,
        WORKS,
        _meeting,
        _("Gepland. Alle drie krijgen een uitnodiging."),
        _("De inwoner, de gever en de ontvanger spreken elkaar, samen."),
    ),
    Action(
        "met",
        "kennisgemaakt",
        _("Leg kennismaking vast"),
        forms.MetForm,
        WORKS,
        _met,
        _("Overgedragen. De regie ligt nu bij de ontvanger."),
        _("Daarna ligt de regie bij de ontvanger."),
        leaves=True,
    ),
    Action(
        "take_back",
        "trek-terug",
        _("Trek overdracht terug"),
        SureForm,
        LEADS,
        _take_back,
        _("Teruggetrokken. De vraag blijft bij u."),
        _("De vraag blijft bij u. De inwoner en de ontvanger horen dat."),
    ),
    Action(
        "give_back",
        "geef-terug",
        _("Geef terug"),
        WhyForm,
        WORKS,
        _give_back,
        _("Teruggegeven. De gever helpt verder."),
        _("De gever leest uw reden en helpt de inwoner verder. U leest de vraag daarna niet meer."),
        leaves=True,
    ),
    Action(
        "stop_handover",
        "stop-overdracht",
        _("Stop op verzoek van de inwoner"),
        SureForm,
        WORKS,
        _stop,
        _("Gestopt. De ontvanger ziet de vraag niet meer."),
        _("De inwoner wil de overdracht niet meer. De ontvanger ziet de vraag meteen niet meer."),
        leaves=True,
    ),
)
