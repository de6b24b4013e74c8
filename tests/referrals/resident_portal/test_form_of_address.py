"""The pages speak as the resident was spoken to, and give back what was being sent."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override

from intake.questions.models import Question
from referrals.casework.pick_up import pick_up
from tests.referrals.resident_portal.test_pages import page_of
from tests.support import factories as make
from tests.support.html import as_read
from tests.support.refused import shown_again
from tests.support.signing_in import entered
from welzijn.notifications import rendering
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}


def test_who_was_je_while_asking_is_je_on_the_page_in_the_mail_and_in_what_is_said() -> None:
    here = make.world()
    reach = make.ContactChoices(email="sanne@voordeur.example", ways=("email",), may_say_who=True)
    receipt = make.submitted(here, "opgroeien", age_band="12-15", reach=reach, now=timezone.now())
    worker = make.intake_worker(here, "jeugd-punt")
    pick_up(question=receipt.question, by=worker, now=timezone.now())
    client = entered(receipt)
    page = main_of(page_of(client))
    assert "Je vraag is binnen." in page
    assert "omdat je dat goed vond" in page
    assert says_u(page) == []
    shown = shown_again(client, client.post("/volg/vraag/vul-aan/", {"words": ""}, headers=HOST))
    assert says_u(main_of(shown.content.decode())) == []
    assert says_u(main_of(client.get("/volg/vraag/trek-in/", headers=HOST).content.decode())) == []
    client.post("/volg/vraag/trek-in/", headers=HOST)
    page = main_of(page_of(client))
    assert "Je hebt je vraag ingetrokken." in page
    assert says_u(page) == []
    # What colleagues read about it says u, as always.
    with override("nl"):
        texts = [entry.text for entry in receipt.question.timeline.all()]
    assert "U heeft uw vraag ingetrokken. U mag altijd terugkomen." in texts
    news = Message.objects.filter(recipient_kind="resident").first()
    assert news is not None
    mail = rendering.render(news)
    assert mail.subject == "Er is nieuws voor je"
    assert says_u(mail.text) == []
    assert 'lang="nl"' in mail.html


def test_the_same_page_says_u_to_a_grown_up_and_you_in_english() -> None:
    here = make.world()
    grown_up = entered(make.submitted(here, "geld", age_band="27-66", now=timezone.now()))
    assert "omdat u dat goed vond" in page_of(grown_up)
    girl = entered(make.submitted(here, "opgroeien", age_band="12-15", now=timezone.now()))
    girl.cookies["taal"] = "en"
    assert "because you agreed to it" in page_of(girl) or "Who may read this?" in page_of(girl)


def test_the_page_that_asks_for_the_code_says_je_to_who_comes_from_such_a_page() -> None:
    make.world()
    client = Client()
    assert "Je kenmerk" in client.get("/volg/?je=1", headers=HOST).content.decode()
    wrong = client.post("/volg/", {"je": "1", "reference": ""}, headers=HOST)
    assert "Vul je kenmerk in." in shown_again(client, wrong).content.decode()
    assert "Uw kenmerk" in client.get("/volg/", headers=HOST).content.decode()


def test_a_team_has_its_article_wherever_a_sentence_names_it() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld", shares=False, now=timezone.now())
    page = main_of(page_of(entered(receipt)))
    team = here.triage.name
    assert f"Uw vraag ligt bij het {team}." in page
    assert f"Het {team}, om uit te zoeken wie u kan helpen." in page
    assert f"bij {team}" not in page


def test_another_question_of_who_was_je_begins_with_je() -> None:
    here = make.world()
    girl = entered(make.submitted(here, "opgroeien", age_band="16-17", now=timezone.now()))
    assert girl.post(reverse("follow_family_ask"), headers=HOST).status_code == 302
    assert "Voordat je begint" in girl.get("/vraag/", headers=HOST).content.decode()


def main_of(page: str) -> str:
    """The text of the page itself, without the frame around it."""
    inside = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(strip_tags(inside)).split())


def says_u(text: str) -> list[str]:
    """The words that say u."""
    return re.findall(r"\b(?:[Uu]|[Uu]w|[Uu]zelf)\b", text)


@pytest.mark.parametrize("cookie_gone", [False, True])
def test_what_was_being_sent_when_the_page_lapsed_is_in_the_box_again_after_the_code(
    cookie_gone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = make.world()
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY)
    receipt = make.submitted(here, "geld")
    client = entered(receipt)
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY + timedelta(minutes=21))
    if cookie_gone:
        client.cookies.clear()
    requested = client.post("/volg/vraag/vul-aan/", {"words": "Een lang verhaal."}, headers=HOST)
    assert requested.status_code == 401
    assert "Er is niets verloren. Wat u typte, staat er daarna weer." in as_read(
        requested.content.decode()
    )
    again = {"words": requested.context["typed"], "reference": receipt.reference}
    wrong = client.post("/volg/", {**again, "code": "000000000"}, headers=HOST)
    wrong = shown_again(client, wrong)
    assert wrong.context["typed"] == "Een lang verhaal."
    right = client.post("/volg/", {**again, "code": receipt.code}, headers=HOST)
    page = right.content.decode()
    assert "Wat u schreef, is er nog" in page
    assert right.context["add_form"]["words"].value() == "Een lang verhaal."
    assert not Question.objects.get().timeline.filter(kind="added").exists()
    client.post("/volg/vraag/vul-aan/", {"words": "Een lang verhaal."}, headers=HOST)
    assert "Een lang verhaal." in client.get("/volg/vraag/", headers=HOST).content.decode()


def test_after_five_wrong_codes_an_unknown_reference_waits_as_well() -> None:
    """Else the sixth try would tell which references exist."""
    here = make.world()
    known = make.submitted(here, "geld").reference
    said = []
    for number, reference in enumerate((known, "BBBB-BBBB")):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        tries = [
            client.post("/volg/", {"reference": reference, "code": "1"}, headers=HOST)
            for _try in range(6)
        ]
        pages = [shown_again(client, a).content.decode() for a in tries[-2:]]
        said.append([strip_tags(page) for page in pages])
    one, other = said
    assert "niet bij elkaar" in one[0]
    assert "vaak achter elkaar niet gelukt" in one[1]
    assert one == other
