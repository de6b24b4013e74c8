"""What somebody can do with a question: each action with its form, its permission and its verb.

The case page offers them, `referrals/views/case.py` runs them, and the paths are made from this
table. The verb checks again under its lock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.models import Question, SharingBasis
from referrals import (
    aftercare,
    assign,
    clock,
    close,
    consult,
    contact,
    follow_ups,
    handover,
    handover_talk,
    pick_up,
    reopen,
    support,
    withdraw,
)
from referrals.forms import case as forms
from referrals.forms import handover as handover_forms
from referrals.models import ContactMoment, Correction, Handover
from referrals.rules import Permission
from welzijn.accounts.models import User

Perform = Callable[[Question, Any, User, datetime], object]


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `slug` stands in the path; `button` is a verb; `done` is said afterwards."""

    key: str
    slug: str
    button: str | Promise
    form: type[forms.CaseForm]
    permission: Permission
    perform: Perform
    done: str | Promise
    lead_in: str | Promise = ""
    leaves: bool = False
    without_yes: bool = False


def _open_handover(question: Question) -> Handover:
    """The open handover; raises WrongMomentError where it is over by now."""
    from django.utils.translation import gettext

    from intake.status import WrongMomentError

    found = question.handovers.filter(status__in=Handover.OPEN).first()
    if found is None:
        raise WrongMomentError(gettext("Er loopt geen overdracht meer."))
    return found


def _pick_up(question: Question, _form: Any, by: User, now: datetime) -> object:
    return pick_up.pick_up(question=question, by=by, now=now)


def _put_back(question: Question, form: Any, by: User, now: datetime) -> object:
    return pick_up.put_back(question=question, by=by, why=form.cleaned_data["why"], now=now)


def _contact(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return contact.log_contact(
        question=question,
        way=ContactMoment.Way(given["way"]),
        outcome=ContactMoment.Outcome(given["outcome"]),
        agreed=given["agreed"],
        note=given["note"],
        done=given.get("done", ()),
        next_on=given["next_on"],
        next_what=given["next_what"],
        by=by,
        now=now,
    )


def _write(question: Question, form: Any, by: User, now: datetime) -> object:
    return contact.write(question=question, text=form.cleaned_data["text"], by=by, now=now)


def _plan(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return follow_ups.plan(
        question=question,
        what=given["what"],
        due_on=given["due_on"],
        shared=given["shared"],
        by=by,
        now=now,
    )


def _propose(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return handover.propose(
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
    waits = handover_talk.waiting(found)
    if waits is not None:
        return handover_talk.resident_says(
            talk=waits.answer, yes=yes, how=how, recorded_by=by, now=now
        )
    return handover.resident_says(handover=found, yes=yes, how=how, recorded_by=by, now=now)


def _answer(question: Question, form: Any, by: User, now: datetime) -> object:
    return handover_talk.answer(
        handover=_open_handover(question),
        text=form.cleaned_data["text"],
        yes_how=form.heard(),
        by=by,
        now=now,
    )


def _meeting(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return handover.plan_meeting(
        handover=_open_handover(question), at=given["at"], where=given["where"], by=by, now=now
    )


def _met(question: Question, form: Any, by: User, now: datetime) -> object:
    return handover.met(
        handover=_open_handover(question), how=form.cleaned_data["how"], recorded_by=by, now=now
    )


def _take_back(question: Question, _form: Any, by: User, now: datetime) -> object:
    return handover.withdraw(handover=_open_handover(question), by=by, now=now)


def _give_back(question: Question, form: Any, by: User, now: datetime) -> object:
    return handover.decline(
        handover=_open_handover(question), reason=form.cleaned_data["why"][:300], by=by, now=now
    )


def _stop(question: Question, _form: Any, by: User, now: datetime) -> object:
    return handover.resident_stops(handover=_open_handover(question), recorded_by=by, now=now)


def _consult(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return consult.ask(question=question, to=given["to"], text=given["text"], by=by, now=now)


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


def _kind(question: Question, form: Any, by: User, now: datetime) -> object:
    kind = Question.Kind(form.cleaned_data["kind"])
    return clock.set_kind(question=question, kind=kind, by=by, now=now)


def _judge(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    return clock.judge(
        question=question, danger=given["danger"] == "ja", note=given["note"], by=by, now=now
    )


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


def _reopen(question: Question, form: Any, by: User, now: datetime) -> object:
    return reopen.reopen(question=question, why=form.cleaned_data["why"], by=by, now=now)


def _check(question: Question, form: Any, by: User, now: datetime) -> object:
    given = form.cleaned_data
    if not given["reached"]:
        return aftercare.not_reached(question=question, by=by, now=now)
    return close.give_verdict(
        question=question, verdict=given["verdict"], words=given["words"], recorded_by=by, now=now
    )


def _withdraw(question: Question, _form: Any, by: User, now: datetime) -> object:
    return withdraw.withdraw(question=question, recorded_by=by, now=now)


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


WORKS, LEADS, PLACES = (
    Permission.WORK_ON_QUESTION,
    Permission.LEAD_QUESTION,
    Permission.PLACE_QUESTION,
)
ACTIONS: dict[str, Action] = {
    action.key: action
    for action in (
        Action(
            "pick_up",
            "oppakken",
            _("Pak op"),
            forms.SureForm,
            LEADS,
            _pick_up,
            _("Opgepakt. De vraag is nu van u."),
        ),
        Action(
            "put_back",
            "terugleggen",
            _("Leg terug"),
            forms.WhyForm,
            LEADS,
            _put_back,
            _("Teruggelegd. Uw collega's zien de vraag bij nieuw."),
            _("De vraag komt weer bij nieuw te staan, bij uw eigen organisatie of team."),
        ),
        Action(
            "contact",
            "contact",
            _("Contact vastleggen"),
            forms.ContactForm,
            WORKS,
            _contact,
            _("Vastgelegd."),
        ),
        Action(
            "write",
            "schrijf",
            _("Schrijf een antwoord"),
            forms.WriteForm,
            WORKS,
            _write,
            _("Uw antwoord staat op de pagina van de inwoner."),
        ),
        Action("plan", "plan", _("Plan"), forms.PlanForm, WORKS, _plan, _("Gepland.")),
        Action(
            "handover",
            "draag-over",
            _("Draag warm over"),
            handover_forms.HandoverForm,
            LEADS,
            _propose,
            _("De overdracht loopt. U houdt de leiding tot de inwoner daar iemand sprak."),
            _("U houdt de leiding tot de inwoner met de ander heeft gesproken."),
        ),
        Action(
            "resident_says",
            "antwoord-inwoner",
            _("Leg antwoord vast"),
            handover_forms.ResidentSaysForm,
            WORKS,
            _resident_says,
            _("Vastgelegd."),
        ),
        Action(
            "answer",
            "antwoord",
            _("Geef antwoord"),
            handover_forms.TalkForm,
            LEADS,
            _answer,
            _("Opgeschreven. De ander leest het zodra de inwoner ja zegt."),
            _("Lees de inwoner voor wat u antwoordt. Het gaat over de inwoner."),
        ),
        Action(
            "meeting",
            "kennismaking",
            _("Plan het gesprek"),
            handover_forms.MeetingForm,
            WORKS,
            _meeting,
            _("Gepland. Alle drie krijgen een uitnodiging."),
            _("De inwoner, de gever en de ontvanger spreken elkaar, samen."),
        ),
        Action(
            "met",
            "kennisgemaakt",
            _("Leg kennismaking vast"),
            handover_forms.MetForm,
            WORKS,
            _met,
            _("Overgedragen. De leiding is verhuisd."),
            _("Daarmee verhuist de leiding naar de ontvanger."),
            leaves=True,
        ),
        Action(
            "take_back",
            "trek-terug",
            _("Trek overdracht terug"),
            forms.SureForm,
            LEADS,
            _take_back,
            _("Teruggetrokken. De vraag blijft bij u."),
            _("De vraag blijft bij u. De inwoner en de ontvanger horen dat."),
        ),
        Action(
            "give_back",
            "geef-terug",
            _("Geef terug"),
            forms.WhyForm,
            Permission.WORK_ON_QUESTION,
            _give_back,
            _("Teruggegeven. De gever helpt verder."),
            _(
                "De gever leest uw reden en helpt de inwoner verder. U leest de vraag daarna niet "
                "meer."
            ),
            leaves=True,
        ),
        Action(
            "stop_handover",
            "stop-overdracht",
            _("Stop op verzoek van de inwoner"),
            forms.SureForm,
            WORKS,
            _stop,
            _("Gestopt. De ontvanger ziet de vraag niet meer."),
            _(
                "De inwoner wil de overdracht niet meer. De ontvanger ziet de vraag meteen niet "
                "meer."
            ),
            leaves=True,
        ),
        Action(
            "consult",
            "overleg",
            _("Even overleggen"),
            forms.ConsultForm,
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
            _("U houdt de leiding. De ander leest de vraag ook."),
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
        Action(
            "kind",
            "soort",
            _("Zeg wat voor vraag het is"),
            forms.KindForm,
            LEADS,
            _kind,
            _("Vastgelegd."),
        ),
        Action(
            "judge", "beoordeel", _("Beoordeel"), forms.JudgeForm, WORKS, _judge, _("Vastgelegd.")
        ),
        Action(
            "subject",
            "degene",
            _("Leg antwoord vast van degene om wie het gaat"),
            forms.SubjectForm,
            WORKS,
            _subject,
            _("Vastgelegd."),
        ),
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
        Action("reopen", "heropen", _("Heropen"), forms.WhyForm, LEADS, _reopen, _("Weer open.")),
        Action(
            "withdraw",
            "trek-in",
            _("Trek in op verzoek van de inwoner"),
            forms.SureForm,
            WORKS,
            _withdraw,
            _("Ingetrokken. Alles wat gepland stond, vervalt."),
            _("De inwoner wil geen hulp meer. Alles wat gepland stond, vervalt."),
        ),
    )
}
