"""Texts to start from: of the partnership, of one's own organisation, and never with a person."""

import pytest
from django.utils import timezone

from organisations.partnership_file.check import check
from organisations.partnership_file.reading import read_file
from referrals.casework import pick_up
from tests.organisations.partnership_file.test_exporting import PUTTEN
from tests.support import factories as make
from tests.support.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


def text(title: str, kind: str, organisation: str = "") -> dict[str, str]:
    """A text as the partnership keeps it."""
    return {"title": title, "text": f"{title}.", "kind": kind, "organisation": organisation}


def test_a_form_starts_with_the_text_of_ones_own_organisation() -> None:
    here = make.world()
    here.partnership.starting_texts = [
        text("Niet bereikt", "note"),
        text("Van Stimenz", "message", "stimenz"),
        text("Van Jeugd-Punt", "message", "jeugd-punt"),
        text("Voor de balie", "desk"),
    ]
    here.partnership.save()
    worker = make.intake_worker(here, "stimenz")
    question = make.question(here, "geld", shares=True)
    pick_up.pick_up(question=question, by=worker, now=timezone.now())
    client = signed_in(worker)
    url = f"/vraagstuk/{question.pk}/contact/"
    page = client.get(url).content.decode()
    assert "Niet bereikt" in page
    assert "Van Stimenz" in page
    assert "Van Jeugd-Punt" not in page
    assert "Voor de balie" not in page
    form = client.get(f"{url}?begintekst=2").context["form"]
    assert form["agreed"].value() == "Van Stimenz."
    form = client.get(f"{url}?begintekst=3").context["form"]
    assert not form["agreed"].value()


def test_a_text_that_names_a_number_or_an_unknown_organisation_is_refused() -> None:
    file = read_file(PUTTEN)
    first, second, *_rest = file.starting_texts
    wrong = [
        first.model_copy(update={"text": "Bel 06 12 34 56 78 terug."}),
        second.model_copy(update={"organisation": "bestaat-niet"}),
    ]
    problems = check(file.model_copy(update={"starting_texts": wrong}))
    keys = [problem.key for problem in problems]
    assert keys == ["beginteksten[1].tekst", "beginteksten[2].organisatie"]
