"""The switch of language keeps the place and what was typed, on every page of residents."""

import pytest
from django.conf import settings
from django.test import Client

from intake.people.models import ContactWish
from tests.intake.resident import HOST, Resident
from tests.support import factories as make
from tests.support.signing_in import entered, signed_in

pytestmark = pytest.mark.django_db
WORDS = "Mijn man <b>wil</b> niet & ik & الأطفال ook niet"


def test_a_page_of_the_form_keeps_what_was_typed_and_speaks_the_language() -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/")
    answer = resident.post("/vraag/woorden/", words=WORDS, taal="pl")
    assert (answer.status_code, answer["Location"]) == (302, "/vraag/woorden/")
    page = resident.get("/vraag/woorden/").content.decode()
    assert '<html lang="pl" dir="ltr">' in page
    assert "Mijn man &lt;b&gt;wil&lt;/b&gt; niet &amp; ik &amp; الأطفال ook niet" in page
    # Once: what was typed is not kept any longer than needed.
    assert "Mijn man" not in resident.get("/vraag/woorden/").content.decode()


def test_arabic_is_read_from_right_to_left() -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/", taal="ar")
    assert '<html lang="ar" dir="rtl">' in resident.get("/vraag/").content.decode()


def test_the_words_that_are_added_on_the_own_page_are_kept() -> None:
    receipt = make.submitted(make.world(), "geld")
    client: Client = entered(receipt)
    answer = client.post("/volg/vraag/", {"words": WORDS, "taal": "tr"}, headers=HOST)
    assert answer.status_code == 302
    page = client.get("/volg/vraag/", headers=HOST).content.decode()
    assert '<html lang="tr"' in page
    assert "الأطفال ook niet" in page


def test_an_unknown_language_is_no_switch() -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/")
    answer = resident.post("/vraag/woorden/", words=WORDS, taal="xx")
    assert answer["Location"] != "/vraag/woorden/"


@pytest.mark.usefixtures("no_second_factor")
def test_screens_of_staff_stay_dutch() -> None:
    client = signed_in(make.intake_worker(make.world(), "stimenz"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    page = client.get("/werk/", headers=HOST).content.decode()
    assert '<html lang="nl"' in page


def test_the_language_is_kept_in_the_question() -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/", taal="uk")
    page = resident.get("/vraag/bel-mij/").content.decode()
    assert '<option value="uk" selected>Українська</option>' in page
    who = resident.writes(
        bereiken={"ways": ["phone"], "phone": "0612345678", "language": "uk", "interpreter": "on"}
    )
    resident.sends(who)
    wish = ContactWish.objects.get()
    assert (wish.language, wish.interpreter) == ("uk", True)


def test_the_first_screen_asks_the_language_in_its_own_words() -> None:
    make.world()
    page = Resident().get("/").content.decode()
    for name in ("English", "العربية", "Türkçe", "Polski", "Українська"):
        assert name in page
