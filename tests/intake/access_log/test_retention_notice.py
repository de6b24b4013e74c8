"""The terms that a resident reads before typing are those by which retention deletes."""

import pytest
from django.test import Client

from intake.access_log.retention_notice import retention_notice
from organisations.front_door import configuration as front_door
from organisations.partnerships import retention_terms
from tests.referrals.retention.full_case import TERMS, with_terms
from tests.support import factories as make

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


@pytest.mark.parametrize("path", ["/vraag/", "/privacy/"])
def test_the_pages_promise_the_terms_of_the_partnership(path: str) -> None:
    here = with_terms(make.world(), welfare=3, debts=7, organisations={"stimenz": {"welfare": 1}})
    page = Client().get(path, headers=HOST).content.decode()
    assert "tot 3 jaar na het laatste contact" in page
    assert "Hulp bij schulden: 7 jaar." in page
    assert "Alleen advies, zonder naam of nummer: wij wissen het als het klaar is." in page
    assert "Een gewone vraag bij Stimenz: 1 jaar." in page
    assert "Dat bewaren wij 5 jaar." in page
    assert retention_terms.terms_of(here.partnership) is not None


def test_a_term_equal_to_the_usual_one_is_not_repeated() -> None:
    here = with_terms(make.world(), **dict.fromkeys(("advice", "debts", "wmo", "youth_care"), 2))
    notified = retention_notice(here.partnership, front_door.of(here.partnership))
    assert notified is not None
    assert (notified.years, notified.lines, notified.log) == (2, (), 5)


def test_a_partnership_without_terms_names_no_years() -> None:
    make.world()
    page = Client().get("/vraag/", headers=HOST).content.decode()
    assert "niet langer dan nodig" in page
    assert "jaar" not in page.split("Hoe lang bewaren wij het?")[1].split("<form")[0]


def test_the_notice_and_the_deletion_use_the_same_terms() -> None:
    here = with_terms(make.world(), organisations={"stimenz": {"wmo": 3, "debts": 5}})
    terms = retention_terms.terms_of(here.partnership)
    assert terms is not None
    assert terms.of("wmo", "stimenz") == 3
    assert terms.of("wmo", "actief") == TERMS["wmo"]
    assert [own.kind for own in terms.own] == ["wmo"]  # five is what everybody has
