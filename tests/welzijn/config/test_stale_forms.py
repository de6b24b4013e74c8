"""A form of an old tab says what really happened, and leads on: signed in, out, opened, erased."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.utils import timezone

from intake.submission.submit import Receipt
from tests.referrals.external_handovers.test_services import Case
from tests.support import factories as make
from welzijn.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
PASSWORD = "een lang wachtwoord van mij"
LOGIN = "/accounts/login/"


def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers={"host": "putten.localhost"})


def token(client: Client, path: str) -> str:
    """The forms' token of a page, as a tab keeps it."""
    page = client.get(path, follow=True).content.decode()
    found = re.search(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', page)
    assert found is not None, path
    return found.group(1)


def send(client: Client, path: str, kept: str, **data: str) -> Any:
    return client.post(path, {**data, "csrfmiddlewaretoken": kept})


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def user() -> User:
    made = make.coordinator(make.world())
    made.set_password(PASSWORD)
    made.save()
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def sign_in(client: Client, user: User) -> None:
    kept = token(client, LOGIN)
    answer = send(client, LOGIN, kept, login=user.email, password=PASSWORD)
    assert answer.status_code == 302
    assert "_auth_user_id" in client.session


def test_who_signed_in_in_another_tab_is_told_so_and_goes_on(user: User) -> None:
    client = browser()
    old_tab = token(client, f"{LOGIN}?next=/caseload/")
    sign_in(client, user)
    answer = send(client, LOGIN, old_tab, login=user.email, password=PASSWORD, next="/caseload/")
    page = words_of(answer)
    assert answer.status_code == 403
    assert "U bent al ingelogd" in page
    assert 'href="/caseload/"' in page
    assert PASSWORD not in page
    assert "te lang open" not in page


@pytest.mark.parametrize("wanted", ["https://elders.example/", "//elders.example", "javascript:x"])
def test_the_way_on_never_leads_elsewhere(user: User, wanted: str) -> None:
    client = browser()
    old_tab = token(client, LOGIN)
    sign_in(client, user)
    page = words_of(send(client, LOGIN, old_tab, login=user.email, password="x", next=wanted))
    assert wanted not in page
    assert 'href="/accounts/start/"' in page


def test_who_signed_in_and_out_in_another_tab_gets_a_fresh_form(user: User) -> None:
    client = browser()
    old_tab = token(client, LOGIN)
    sign_in(client, user)
    send(client, "/accounts/logout/", token(client, "/accounts/logout/"))
    assert "_auth_user_id" not in client.session
    answer = send(client, LOGIN, old_tab, login=user.email, password=PASSWORD, next="/werk/")
    page = words_of(answer)
    assert answer.status_code == 403
    assert "Log nog een keer in" in page
    assert "in- en uitgelogd" in page
    assert 'href="/accounts/login/?next=%2Fwerk%2F"' in page
    sign_in(client, user)


def test_who_signs_out_twice_is_told_that_it_was_done(user: User) -> None:
    client = browser()
    sign_in(client, user)
    kept = token(client, "/accounts/logout/")
    send(client, "/accounts/logout/", kept)
    # Somebody else, or the same person, signed in and out in between: the token is another one.
    sign_in(client, user)
    send(client, "/accounts/logout/", token(client, "/accounts/logout/"))
    answer = send(client, "/accounts/logout/", kept)
    assert answer.status_code in {302, 403}
    if answer.status_code == 403:
        assert "U bent al uitgelogd" in words_of(answer)


def test_an_old_code_of_the_second_factor_says_that_one_is_in(user: User) -> None:
    client = browser()
    old_tab = token(client, LOGIN)
    sign_in(client, user)
    answer = send(client, "/accounts/2fa/authenticate/", old_tab, code="123456")
    assert "U bent al ingelogd" in words_of(answer)


def test_work_of_an_old_tab_after_signing_out_is_explained_and_given_back(user: User) -> None:
    client = browser()
    sign_in(client, user)
    kept = token(client, "/accounts/mijn/")
    send(client, "/accounts/logout/", kept)
    path = "/balie/"
    typed = "Een heel verhaal dat niet weg mag zijn"
    answer = send(client, path, kept, words=typed)
    assert answer.status_code == 401
    assert "Misschien heeft u in een ander tabblad uitgelogd" in words_of(answer)
    assert typed in words_of(answer)
    short = client.post(
        path, {"csrfmiddlewaretoken": kept}, headers={"referer": "http://putten.localhost/balie/"}
    )
    assert short.status_code == 302
    assert "klaar=tab" in short["Location"]
    assert "next=%2Fbalie%2F" in short["Location"]
    assert "Misschien heeft u in een ander tabblad uitgelogd" in words_of(
        client.get(short["Location"])
    )


@pytest.fixture
def receipt() -> Receipt:
    return make.submitted(make.world(), "geld")


def open_question(client: Client, receipt: Receipt) -> None:
    kept = token(client, "/volg/")
    answer = send(client, "/volg/", kept, reference=receipt.reference, code=receipt.code)
    assert answer["Location"] == "/volg/vraag/"


def test_a_resident_who_opened_it_in_another_tab_is_told_so(receipt: Receipt) -> None:
    client = browser()
    old_tab = token(client, "/volg/")
    open_question(client, receipt)
    answer = send(client, "/volg/", old_tab, reference=receipt.reference, code=receipt.code)
    page = words_of(answer)
    assert answer.status_code == 403
    assert "Uw vraag is al open" in page
    assert 'href="/volg/vraag/"' in page
    assert receipt.code not in page
    assert "Ja, verstuur" not in page


def test_a_resident_who_closed_it_in_another_tab_is_asked_again(receipt: Receipt) -> None:
    client = browser()
    old_tab = token(client, "/volg/")
    open_question(client, receipt)
    send(client, "/volg/sluit/", token(client, "/volg/vraag/"))
    page = words_of(send(client, "/volg/", old_tab, reference=receipt.reference, code="x"))
    assert "Vul uw code nog een keer in" in page
    assert 'href="/volg/"' in page
    open_question(client, receipt)


def test_words_for_one_question_are_not_sent_to_another() -> None:
    here = make.world()
    receipt = make.submitted(here, "geld")
    other = make.submitted(here, "geld")
    client = browser()
    open_question(client, receipt)
    old_tab = token(client, "/volg/vraag/")
    send(client, "/volg/sluit/", old_tab)
    open_question(client, other)
    words = "Dit hoort bij mijn eerste vraag en niet bij een andere"
    page = words_of(send(client, "/volg/vraag/vul-aan/", old_tab, words=words))
    assert words in page
    assert "Er is nog niets verstuurd" in page
    assert "Ja, verstuur" not in page
    assert 'href="/volg/"' in page


@pytest.mark.parametrize("path", [LOGIN, "/volg/"])
def test_without_a_cookie_that_is_said(receipt: Receipt, path: str) -> None:
    client = browser()
    kept = token(client, path)
    del client.cookies[settings.CSRF_COOKIE_NAME]
    page = words_of(send(client, path, kept, reference="x", code="y", login="z"))
    assert "Uw browser heeft ons cookie niet" in page
    assert f'href="{path}"' in page


def test_another_form_of_an_old_tab_can_be_sent_again(receipt: Receipt) -> None:
    client = browser()
    old_tab = token(client, "/vraag/bel-mij/")
    open_question(client, receipt)
    page = words_of(send(client, "/vraag/bel-mij/", old_tab, words="Ik heb geen geld meer"))
    assert "In een ander tabblad van deze browser is intussen in- of uitgelogd" in page
    assert "Ja, verstuur" in page
    client.cookies.clear()
    page = words_of(send(client, "/vraag/bel-mij/", old_tab, words="Ik heb geen geld meer"))
    assert "Uw browser heeft het cookie van deze bladzijde niet meer" in page


def partners_page(case: Case, name: str = "Huisartsen Dorp") -> tuple[str, str]:
    """The page of a partner outside, and its code."""
    email = f"{name.split(maxsplit=1)[0].lower()}@voordeur.example"
    offered, code = case.offer(name=name, email=email)
    return f"/overdracht/{offered.token}/", code


def test_a_partner_who_opened_the_page_in_another_tab_is_told_so() -> None:
    client = browser()
    page, code = partners_page(Case(timezone.now()))
    old_tab = token(client, page)
    assert send(client, page, token(client, page), code=code).status_code == 302
    answer = send(client, page, old_tab, code=code)
    words = words_of(answer)
    assert (answer.status_code, "Deze bladzijde is al open" in words) == (403, True)
    assert f'href="{page}"' in words
    assert code not in words


def test_a_partner_who_opened_another_page_keeps_the_answer_that_was_typed() -> None:
    client = browser()
    case = Case(timezone.now())
    (page, code), (other, other_code) = partners_page(case), partners_page(case, "School")
    send(client, page, token(client, page), code=code)
    old_tab = token(client, page)
    send(client, other, token(client, other), code=other_code)
    typed = "Wij willen graag meedenken over een rustige plek."
    words = words_of(send(client, page, old_tab, accepts="ja", text=typed))
    assert "Vul uw code nog een keer in" in words
    assert typed in words
    assert f'href="{page}"' in words


def test_a_partner_without_a_cookie_is_told_so() -> None:
    client = browser()
    page, code = partners_page(Case(timezone.now()))
    kept = token(client, page)
    del client.cookies[settings.CSRF_COOKIE_NAME]
    words = words_of(send(client, page, kept, code=code))
    assert "Uw browser heeft ons cookie niet" in words
    assert f'href="{page}"' in words
