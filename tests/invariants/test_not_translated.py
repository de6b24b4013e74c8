"""What a browser may not translate: names, references, codes and somebody's own words.

A translation service gets the text of the page, and a translated name or code is a wrong one.
"""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intake.questions.models import Question
from referrals.casework import pick_up
from tests.intake.resident import Resident
from tests.support import factories as make
from tests.support.signing_in import entered, signed_in

pytestmark = pytest.mark.django_db
NAME, WORDS, WORKER = "Quirina Zwaluwstaart", "Servies verkocht en bang", "Wolkje Kwikstaart"
_VOID = {"input", "br", "hr", "img", "meta", "link", "path", "wbr", "use", "circle", "rect", "line"}


class _Translated(HTMLParser):
    """Collects the texts that hold one of `marks` and that a browser may translate."""

    def __init__(self, marks: tuple[str, ...]) -> None:
        super().__init__()
        self.marks, self.kept, self.found = marks, [False], list[str]()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in _VOID:
            shown = dict(attrs).get("translate")
            # A field's value is never translated.
            own = (
                shown == "no" if shown else self.kept[-1] or tag in {"title", "textarea", "option"}
            )
            self.kept.append(own)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and len(self.kept) > 1:
            self.kept.pop()

    def handle_data(self, data: str) -> None:
        if not self.kept[-1] and any(mark in data for mark in self.marks):
            self.found.append(" ".join(data.split())[:80])


def translated(page: str, *marks: str) -> list[str]:
    """The texts with a mark that a browser may translate."""
    parser = _Translated(marks)
    parser.feed(page)
    return parser.found


def _asked(here: make.World) -> Any:
    return make.submitted(here, "geld", name=NAME, words=WORDS, now=timezone.now())


@pytest.mark.usefixtures("no_second_factor")
def test_staff_pages_keep_names_references_and_words() -> None:
    here = make.world()
    receipt = _asked(here)
    worker = make.intake_worker(here, "stimenz", who=make.user(WORKER))
    coordinator = make.coordinator(here, "stimenz", reads_new=True)
    question = Question.objects.get(pk=receipt.question.pk)
    case = f"/vraagstuk/{question.pk}/"
    found: dict[str, list[str]] = {}
    pages = (case, f"{case}waarom/", f"{case}buiten/", "/werk/", "/werk/vandaag/")
    for moment in range(2):
        for user in (worker, coordinator):
            client = signed_in(user)
            for path in (*pages, "/caseload/", f"/caseload/?zoek={NAME}"):
                page = client.get(path)
                if page.status_code != 200:
                    continue
                marks = (NAME, WORDS, question.reference)
                if texts := translated(page.content.decode(), *marks):
                    found[f"{path} {moment}"] = texts
        if moment == 0:
            pick_up.pick_up(question=question, by=worker, now=timezone.now())
    assert found == {}


def test_a_resident_s_own_pages_keep_reference_code_words_and_names() -> None:
    here = make.world()
    resident = Resident()
    named = resident.writes(
        WORDS, bereiken={"ways": ["phone"], "phone": "0612345678", "name": NAME}
    )
    found = {"check": translated(resident.get("/vraag/controle/").content.decode(), WORDS, NAME)}
    resident.sends(named)
    done = resident.get("/vraag/gelukt/")
    code, reference = done.context["code"], done.context["reference"]
    found["done"] = translated(done.content.decode(), code, reference)
    receipt = _asked(here)
    worker = make.intake_worker(here, "stimenz", who=make.user(WORKER))
    pick_up.pick_up(question=receipt.question, by=worker, now=timezone.now())
    client: Client = entered(receipt)
    for path in ("/volg/vraag/", "/volg/vraag/gezin/", "/volg/vraag/buiten/"):
        page = client.get(path).content.decode()
        found[path] = translated(page, WORDS, NAME, WORKER, receipt.reference)
    assert {path: texts for path, texts in found.items() if texts} == {}
