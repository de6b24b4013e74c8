"""Every form with free text at a resident's door, and how a text goes through it.

`resident_forms` finds them in the code: all form classes that a public view's module, the desk's or
the partner's door knows. Each stands in DOORS (a text is sent through it and must be heard) or in
WITHOUT_WORDS (no text of a resident, and why).
"""

import inspect
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

from django import forms
from django.test import Client
from django.urls import reverse

from intake.questions.models import Question, SharingBasis
from organisations.roles.models import Role
from referrals.casework import close as casework_close
from referrals.casework import pick_up
from referrals.external_handovers import services as external
from tests.intake.resident import Resident
from tests.invariants.permission_rows import PUBLIC, ROWS
from tests.support import factories as make
from tests.support.all_roles import own_addresses
from tests.support.signing_in import entered, signed_in

WORDS = "mijn man slaat mij en de kinderen, ik durf niks meer"
HOST = {"host": "putten.localhost"}
_TEXT = re.compile(r"\b\w*(Text|Char|Note|Long)\w*\(|\bname_field\(")
# Modules behind an account where somebody types for a resident.
_FOR_A_RESIDENT = (
    "intake.desk.forms",
    "intake.partner_door.views",
    "referrals.desk_messages.forms",
)


def resident_forms() -> set[type[forms.Form]]:
    """Return all form classes with a box for text at a resident's door, found in the code."""
    modules = {import_module(name) for name in _FOR_A_RESIDENT}
    for name, pattern in own_addresses().items():
        if ROWS[name][1] == PUBLIC:
            view = inspect.unwrap(pattern.callback)
            modules.add(inspect.getmodule(view))  # type: ignore[arg-type]
    return {
        form
        for module in modules
        for form in _classes(vars(module).values())
        if form.__module__.startswith(("intake.", "referrals.", "organisations."))
        and any(_TEXT.search(inspect.getsource(c)) for c in form.__mro__ if _ours(c))
    }


def _classes(values: Any) -> Iterator[type[forms.Form]]:
    for value in values:
        if isinstance(value, type) and issubclass(value, forms.Form):
            yield value
        elif isinstance(value, Mapping):
            yield from _classes(list(value.values()))


def _ours(cls: type) -> bool:
    return issubclass(cls, forms.Form) and not cls.__module__.startswith("django.")


def _words(here: make.World) -> Any:
    resident = Resident()
    resident.post("/vraag/")
    shown = resident.client.post("/vraag/woorden/", {"words": WORDS}, headers=HOST, follow=True)
    resident.sends(resident.writes(WORDS))
    return shown


def _about(here: make.World) -> Any:
    resident = Resident()
    about = {"about": "partner", "knows": "no", "subject_name": WORDS[:110]}
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words="een brief")
    shown = resident.client.post("/vraag/over-wie/", about, headers=HOST, follow=True)
    resident.sends(resident.writes("een brief", over_wie=about))
    return shown


def _contact(here: make.World) -> Any:
    resident = Resident()
    contact = {"ways": ["phone"], "phone": "06-12345678", "name": WORDS[:110]}
    named = resident.writes("een brief", bereiken=contact)
    shown = resident.get("/vraag/hulp/")
    resident.sends(named)
    return shown


def _talk(here: make.World) -> Any:
    here.partnership.opening_questions = [
        {"key": "wil", "question": "Wat wilt u?", "informal": None, "help": ""}
    ]
    here.partnership.save()
    resident = Resident()
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words="een brief")
    shown = resident.client.post("/vraag/gesprek-1/", {"opening": WORDS}, headers=HOST, follow=True)
    resident.sends(resident.writes("een brief"))
    return shown


def _call(here: make.World) -> Any:
    resident = Resident()
    call = {"phone": "06-12345678", "words": WORDS}
    shown = resident.client.post("/vraag/bel-mij/", call, headers=HOST, follow=True)
    resident.post("/vraag/controle/", named=resident.named())
    return shown


def _typed_in(path: str, client: Client, **fields: Any) -> Any:
    typed = {
        "submission_key": str(uuid.uuid4()),
        "words": WORDS,
        "about": "self",
        "phone": "06 12 34 56 78",
        "language": "nl",
        **fields,
    }
    shown = client.post(path, typed, headers=HOST, follow=True)
    client.post(f"{path}antwoord/", {**typed, "antwoord": "nee"}, headers=HOST)
    return shown


def _desk(here: make.World) -> Any:
    return _typed_in("/balie/", signed_in(make.desk_worker(here)), channel="walk_in")


def _partner(here: make.World) -> Any:
    client = signed_in(make.member(here, Role.PARTNER_DOOR, "welzijn"))
    return _typed_in("/partner/", client, channel="partner", agrees="ja")


def _submitted(here: make.World) -> Any:
    return make.submitted(here, "geld", words="een brief", name="Zeynep")


def _added(here: make.World) -> Any:
    client = entered(_submitted(here))
    return client.post("/volg/vraag/vul-aan/", {"words": WORDS}, follow=True)


def _conference(here: make.World) -> Any:
    client = entered(_submitted(here))
    return client.post("/volg/vraag/mdo/", {"why": WORDS}, follow=True)


def _closed(here: make.World) -> tuple[Any, Question]:
    receipt = _submitted(here)
    worker = make.intake_worker(here, "stimenz")
    question = Question.objects.get(pk=receipt.question.pk)
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    question = casework_close.close(
        question=question,
        result=Question.Result.HELPED,
        words="Klaar.",
        by=worker,
        now=make.TUESDAY,
    )
    return receipt, question


def _verdict(here: make.World) -> Any:
    receipt, _question = _closed(here)
    typed = {"verdict": "4", "words": WORDS}
    return entered(receipt).post("/volg/vraag/oordeel/", typed, follow=True)


def _check(here: make.World) -> Any:
    _receipt, question = _closed(here)
    path = reverse("check", args=[question.check_code])
    return Client(headers=HOST).post(path, {"verdict": "5", "words": WORDS}, follow=True)


def _outside(here: make.World) -> Any:
    question = Question.objects.get(pk=_submitted(here).question.pk)
    worker = make.intake_worker(here, "stimenz")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    offered, code = external.offer(
        question=question,
        name="Huisartsen Dorp",
        email="praktijk@voordeur.example",
        why="Zij weten meer van slapen.",
        summary="Een vrouw slaapt slecht.",
        yes_how=SharingBasis.How.PHONE,
        by=worker,
        now=make.TUESDAY,
    )
    client, path = Client(headers=HOST), f"/overdracht/{offered.token}/"
    client.post(path, {"code": code})
    return client.post(path, {"accepts": "ja", "text": WORDS}, follow=True)


def _reach(here: make.World) -> Any:
    client = entered(make.submitted(here, "geld", words="een brief", maybe_danger=True))
    client.post("/volg/vraag/trek-in/", {"way": "now"})
    typed = {"way": "", "where": WORDS}
    client.post("/volg/vraag/hulp/bereiken/", typed, follow=True)
    return client.get("/volg/vraag/hulp/")


def _own_contact(here: make.World) -> Any:
    client = entered(_submitted(here))
    shown = client.get("/volg/vraag/bereiken/")
    seen = shown.context["form"].initial["seen"]
    typed = {"seen": seen, "ways": [], "times_note": WORDS, "language": "nl", "sure": "on"}
    return client.post("/volg/vraag/bereiken/", typed, follow=True)


def _passed_on(here: make.World) -> Any:
    receipt = _submitted(here)
    typed = {
        "message_key": str(uuid.uuid4()),
        "kenmerk": receipt.reference,
        "kind": "message",
        "who": "de zus",
        "about": WORDS,
    }
    desk = signed_in(make.desk_worker(here))
    return desk.post("/balie/doorgeven/", typed, headers=HOST, follow=True)


DOORS: dict[str, Callable[[make.World], Any]] = {
    "intake.ask.forms.words.WordsForm": _words,
    "intake.ask.forms.about.AboutForm": _about,
    "intake.ask.forms.talk.TalkForm": _talk,
    "intake.ask.forms.contact.NameForm": _contact,
    "intake.ask.forms.call.CallForm": _call,
    "intake.desk.forms.DeskForm": _desk,
    "intake.partner_door.forms.PartnerForm": _partner,
    "intake.danger.forms.ReachForm": _reach,
    "referrals.person_details.forms.OwnForm": _own_contact,
    "referrals.desk_messages.forms.DeskMessageForm": _passed_on,
    "referrals.resident_portal.forms.AddForm": _added,
    "referrals.resident_portal.forms.AskConferenceForm": _conference,
    "referrals.resident_portal.forms.VerdictForm": _verdict,
    "referrals.external_handovers.forms.AnswerForm": _outside,
}
# Besides: the same form at another address.
MORE: dict[str, Callable[[make.World], Any]] = {"the check after closing": _check}
# The box is that of a name, which the list shows by itself where it may.
IN_A_NAME = (_about, _contact)
_CODES = "a reference and a code, looked up and not kept"
WITHOUT_WORDS = {
    "intake.ask.forms.check.CheckForm": "a hidden field that names who may read it",
    "intake.desk.forms.NewCodeForm": _CODES,
    "referrals.resident_portal.forms.EnterForm": _CODES,
    "referrals.resident_portal.forms.OtherQuestionForm": _CODES,
    "referrals.external_handovers.forms.CodeForm": _CODES,
    "referrals.external_handovers.forms.OfferForm": "a colleague's own words, of a talk they had",
    "intake.partner_door.forms.MarkForm": "a mark of the partner's own, for their list",
    "intake.ask.forms.contact.ContactForm": "ways to choose from",
    "intake.ask.forms.contact.PhoneForm": "a number, and beside it when",
    "intake.ask.forms.contact.MailForm": "an address, and a choice",
    "intake.ask.forms.place.PlaceForm": "a postcode and the name of a place to choose",
    "organisations.services.words_form.WordsForm": "words to search by, kept nowhere; the page"
    " brings the numbers forward (tests/browser/test_services.py)",
    "organisations.administration.forms.ContactDecisionForm": "a contact decides on a role",
    "referrals.conferences.item_forms.WriteForm": "a colleague's minutes",
    "referrals.conferences.item_forms.ActionForm": "a colleague's plan",
    "referrals.conferences.forms.ResidentForm": "a colleague's reason",
    "intake.resident_sign_in.forms.LinkForm": _CODES,
}
