""" "Ja, er is nu gevaar": sent in that step, and only then said."""

import pytest
from django.core import mail
from django.utils import timezone

from intake.people.models import ContactDetail
from intake.questions.models import Question
from referrals.follow_ups.models import FollowUp
from tests.intake.resident import Resident
from tests.support import factories as make
from welzijn.notifications import delivery
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
WORDS = "mijn man slaat mij"


@pytest.fixture(autouse=True)
def _a_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten o'clock on a Tuesday morning: somebody reads."""
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY)


def main_of(page: object) -> str:
    html: str = page.content.decode()  # type: ignore[attr-defined]
    return html.split("<main", 1)[1]


def confirmed_danger(words: str = WORDS) -> Resident:
    resident = Resident()
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words=words)
    assert resident.post("/vraag/hulp/", way="now")["Location"] == "/vraag/hulp/bereiken/"
    return resident


def test_who_presses_yes_and_leaves_is_known_to_who_is_on_duty() -> None:
    here = make.world()
    on_duty = make.triagist(here)
    confirmed_danger()
    question = Question.objects.get()
    assert (question.urgency, question.lead_team, question.words) == ("danger", here.triage, WORDS)
    heard = question.heard_danger.get()
    assert (heard.answer, heard.kinds, heard.entry) == ("now", ["violence"], None)
    assert FollowUp.objects.filter(question=question, kind="duty", status="open").exists()
    delivery.sweep(now=make.TUESDAY)
    assert on_duty.email in {to for sent in mail.outbox for to in sent.to}


def test_from_the_danger_line_a_yes_is_sent_as_well_with_nothing_known() -> None:
    make.world()
    resident = Resident()
    page = main_of(resident.get("/vraag/hulp/"))
    assert "schrikken" not in page
    resident.post("/vraag/hulp/", way="now")
    question = Question.objects.get()
    assert (question.urgency, question.words) == ("danger", "")
    assert Message.objects.filter(about_id=question.pk, urgent=True).exists()


def test_what_stands_unsent_on_the_page_goes_along() -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words="hij staat voor de deur", weg="hulp")
    resident.post("/vraag/hulp/", way="now")
    assert Question.objects.get().words == "hij staat voor de deur"


def test_the_tick_on_the_page_of_words_is_sent_at_once_too() -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/")
    sent = resident.post("/vraag/woorden/", words="hij is hier", danger="on")
    assert sent["Location"] == "/vraag/hulp/bereiken/"
    assert Question.objects.get().urgency == "danger"


def test_nothing_is_promised_before_and_it_is_said_after() -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words=WORDS)
    before = main_of(resident.get("/vraag/hulp/"))
    assert "waarschuwen" not in before
    assert "gewaarschuwd" not in before
    resident.post("/vraag/hulp/", way="now")
    assert "Wij hebben het team gewaarschuwd" in main_of(resident.get("/vraag/hulp/bereiken/"))
    assert "op werkdagen" not in main_of(resident.get("/vraag/bel-mij/"))


def test_where_it_is_safe_to_call_is_added_and_told() -> None:
    make.world()
    resident = confirmed_danger()
    before = Message.objects.filter(urgent=True).count()
    shown = {"way": "sms", "phone": "06 12345678", "where": "bij mijn zus"}
    assert resident.post("/vraag/hulp/bereiken/", **shown)["Location"] == "/vraag/gelukt/"
    question = Question.objects.get()
    assert question.asker.contact_wish.ways == ["sms"]
    assert ContactDetail.objects.get().value == "+31612345678"
    entry = question.timeline.get(sentence="danger.text")
    assert "bij mijn zus" in entry.for_colleagues
    assert (entry.text, entry.for_resident) == ("", False)
    assert Message.objects.filter(urgent=True).count() > before
    page = main_of(resident.get("/vraag/gelukt/"))
    assert question.reference in page
    assert "Iemand belt u" not in page


def test_a_number_is_asked_only_of_who_wants_to_be_reached() -> None:
    make.world()
    resident = confirmed_danger()
    page = resident.get(resident.post("/vraag/hulp/bereiken/", way="phone")["Location"])
    assert list(page.context["form"].errors) == ["phone"]
    assert resident.post("/vraag/hulp/bereiken/").status_code == 302
    question = Question.objects.get()
    assert question.asker.contact_wish.ways == []
    # Nothing was said, so nothing is written.
    assert not question.timeline.filter(sentence__startswith="danger.").exists()


def test_what_is_typed_later_is_added_to_the_same_question_page_by_page() -> None:
    make.world()
    resident = confirmed_danger()
    resident.post("/vraag/hulp/bereiken/", way="", where="")
    resident.post("/vraag/over-wie/", about="child", knows="no", subject_name="Bo")
    resident.post("/vraag/onderwerp/", domains=["geld"])
    question = Question.objects.get()
    assert (question.about, question.subject.name) == ("child", "Bo")
    assert [d.slug for d in question.life_domains.all()] == ["geld"]
    resident.post("/vraag/woorden/", words="hij slaat mij, en nu ook de kinderen")
    resident.post("/vraag/leeftijd-en-postcode/", age_band="0-11", postcode="3881 ab")
    resident.reached_by(ways=["phone"], phone="06 12345678", name="Ria")
    page = main_of(resident.get("/vraag/controle/"))
    assert "Wij hebben het team gewaarschuwd." in page
    assert resident.post("/vraag/controle/", named="")["Location"] == "/vraag/gelukt/"
    question = Question.objects.get()
    assert (question.asker.name, question.asker.contact_wish.ways) == ("Ria", ["phone"])
    assert (question.postcode, question.words) == ("3881AB", WORDS)
    [added] = question.timeline.filter(sentence="question.words_added")
    assert added.text == "hij slaat mij, en nu ook de kinderen"
    assert question.heard_danger.count() == 2


def test_no_contact_is_not_undone_by_a_number_that_was_typed_before() -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/bel-mij/", phone="06 12345678", words=WORDS)
    resident.post("/vraag/hulp/", way="now")
    resident.post("/vraag/hulp/bereiken/", way="none", where="bel niet, hij neemt op")
    resident.post("/vraag/controle/", named="")
    assert Question.objects.get().asker.contact_wish.ways == []


def test_pressing_yes_twice_makes_one_question() -> None:
    make.world()
    resident = confirmed_danger()
    resident.post("/vraag/hulp/", way="now")
    assert Question.objects.count() == 1


def test_after_sending_a_yes_marks_the_question_that_was_sent() -> None:
    make.world()
    resident = Resident()
    resident.sends(resident.writes())
    resident.post("/vraag/hulp/", way="now")
    question = Question.objects.get()
    assert (question.urgency, question.maybe_danger) == ("danger", True)
    assert FollowUp.objects.filter(question=question, kind="duty", status="open").exists()
    assert "gewaarschuwd" in main_of(resident.get("/vraag/hulp/bereiken/"))


def test_not_now_but_more_often_is_stored_and_told_when_it_is_sent() -> None:
    here = make.world()
    resident = Resident()
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words=WORDS)
    assert resident.post("/vraag/hulp/", way="often")["Location"] == "/vraag/over-wie/"
    assert Question.objects.count() == 0
    resident.sends(resident.writes(WORDS))
    question = Question.objects.get()
    assert (question.urgency, question.lead) == ("soon", here["stimenz"])
    assert question.heard_danger.get().answer == "often"
    assert Message.objects.filter(about_id=question.pk, urgent=True).exists()


def test_a_no_goes_on_in_one_press_with_nothing_lost() -> None:
    make.world()
    resident = Resident()
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words=WORDS)
    page = main_of(resident.get("/vraag/hulp/"))
    assert "U schreef iets waar wij van schrikken." in page
    assert resident.post("/vraag/hulp/", way="safe")["Location"] == "/vraag/over-wie/"
    assert WORDS in resident.get("/vraag/woorden/").content.decode()
    resident.sends(resident.writes(WORDS))
    assert Question.objects.get().heard_danger.get().answer == "no"


def test_nothing_to_eat_brings_the_food_bank_of_the_partnership() -> None:
    here = make.world()
    here.partnership.food_bank = {"name": "Voedselbank Putten", "address": "Dorpsstraat 1"}
    here.partnership.save()
    resident = Resident()
    resident.post("/vraag/")
    resident.post("/vraag/woorden/", words="de kinderen hebben honger en er is niks te eten")
    page = main_of(resident.get("/vraag/hulp/"))
    assert page.index("Voedselbank Putten") < page.index("Ja, er is nu gevaar")
    assert "Dorpsstraat 1" in page
