"""Danger at every door, in a browser: heard, shown, told, and never promised before."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from intake.questions.models import Question, SharingBasis
from intake.submission.submission import ContactChoices
from intake.submission.submit import Receipt
from organisations.roles.models import Role
from referrals.casework import close as casework_close
from referrals.casework import pick_up
from referrals.external_handovers import services as external
from tests.browser.conftest import Address, OpenPage, SignIn
from tests.browser.pages import Journey, choose_language, press
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

WORDS = "mijn man slaat mij en de kinderen, ik durf niks meer"


def opened_by_code(page: Page, address: Address, receipt: Receipt) -> None:
    page.goto(address("putten", "/volg/"))
    page.get_by_label("kenmerk").fill(receipt.reference)
    page.get_by_label("code").fill(receipt.code)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/volg/vraag/")


def picked_up(here: World) -> tuple[Receipt, Question, User]:
    receipt = make.submitted(here, "geld", words="een brief")
    worker = make.intake_worker(here, "stimenz")
    question = Question.objects.get(pk=receipt.question.pk)
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    return receipt, question, worker


@pytest.mark.parametrize("door", ["u", "je", "english"])
def test_online_a_yes_is_sent_before_it_is_said(
    here: World, phone: Page, address: Address, journey: Journey, door: str
) -> None:
    page = phone
    page.goto(address("putten", "/vraag/?je=1" if door == "je" else "/vraag/"))
    if door == "english":
        choose_language(page, "English")
    page.locator("main form button[type=submit]").first.click()
    page.locator("textarea[name=words]").fill(WORDS)
    page.locator("main form .vd-actions button").first.click()
    page.wait_for_url("**/vraag/hulp/")
    main = page.inner_text("main")
    assert {
        "u": "U schreef iets waar wij van schrikken.",
        "je": "Je schreef iets waar wij van schrikken.",
        "english": "You wrote something that worries us.",
    }[door] in main
    assert "gewaarschuwd" not in main
    assert "alerted" not in main
    journey.check(page, "asked")
    page.locator("button[value=now]").click()
    page.wait_for_url("**/vraag/hulp/bereiken/")
    question = Question.objects.get()
    assert Message.objects.filter(about_id=question.pk, urgent=True).exists()
    notified = (
        "We have alerted the team" if door == "english" else "Wij hebben het team gewaarschuwd"
    )
    expect(page.locator("h1")).to_have_text(notified)
    journey.check(page, "told")
    page.locator("input[value=sms]").check()
    page.locator("input[name=phone]").fill("06 12345678")
    page.locator("textarea[name=where]").fill("bij mijn zus")
    page.locator("main form .vd-actions button").first.click()
    page.wait_for_url("**/vraag/gelukt/")
    journey.check(page, "reference-and-code")
    assert Question.objects.count() == 1


def test_who_asks_to_be_called_is_not_told_of_working_days_after_a_yes(
    here: World, phone: Page, address: Address, journey: Journey
) -> None:
    page = phone
    page.goto(address("putten", "/vraag/bel-mij/"))
    page.get_by_label("Op welk nummer kunnen wij u bellen?").fill("06 12345678")
    page.get_by_label("Wilt u al iets vertellen?").fill("ik wil niet meer leven")
    press(page)
    expect(page.locator(".vd-choice__title").first).to_contain_text("113")
    journey.check(page, "suicide-first")
    press(page, "Ja, er is nu gevaar")
    expect(page.locator("input[name=phone]")).to_have_value("06 12345678")
    page.goto(address("putten", "/vraag/bel-mij/"))
    assert "op werkdagen" not in page.inner_text("main")
    journey.check(page, "call-me-after-a-yes")


def test_added_words_show_the_numbers_and_stand_in_the_list(
    here: World, open_page: OpenPage, sign_in: SignIn, address: Address, journey: Journey
) -> None:
    receipt, _question, worker = picked_up(here)
    page = open_page(phone=True)
    opened_by_code(page, address, receipt)
    page.get_by_label("Uw bericht").fill(WORDS)
    press(page, "Voeg toe")
    page.wait_for_url("**/volg/vraag/hulp/")
    expect(page.locator("main")).to_contain_text("Wij hebben het team gewaarschuwd.")
    journey.check(page, "numbers-at-once")
    press(page, "Niet nu, wel vaker")
    page.goto(address("putten", "/volg/vraag/trek-in/"))
    journey.check(page, "withdrawing-asks-first")
    press(page, "Nee, trek mijn vraag in")
    assert Question.objects.get().status == "withdrawn"
    staff = sign_in(worker)
    staff.goto(address("putten", "/werk/"))
    expect(staff.locator("main")).to_contain_text("mijn man slaat mij en de kinderen")
    journey.check(staff, "new-words-in-the-list")
    staff.locator("main a[href^='/vraagstuk/']").first.click()
    expect(staff.locator("main")).to_contain_text("Wat de inwoner schreef of zei")
    journey.check(staff, "the-case")


@pytest.mark.parametrize("door", ["je", "english"])
def test_the_follow_page_in_je_and_in_english(
    here: World, open_page: OpenPage, address: Address, journey: Journey, door: str
) -> None:
    reach = ContactChoices(phone="+31612345678", ways=("phone",), says_je=door == "je")
    receipt = make.submitted(here, "geld", words="een brief", reach=reach)
    page = open_page(phone=True)
    opened_by_code(page, address, receipt)
    if door == "english":
        choose_language(page, "English")
        page.wait_for_load_state()
    page.locator("textarea[name=words]").fill(WORDS)
    page.locator("form[action$='/vul-aan/'] button").click()
    page.wait_for_url("**/volg/vraag/hulp/")
    says = "You wrote something" if door == "english" else "Je schreef iets"
    expect(page.locator("main")).to_contain_text(says)
    assert " u " not in page.inner_text("main")
    journey.check(page, "asked")
    page.locator("button[value=now]").click()
    page.wait_for_url("**/volg/vraag/hulp/bereiken/")
    notified = (
        "We have alerted the team" if door == "english" else "Wij hebben het team gewaarschuwd"
    )
    expect(page.locator("h1")).to_have_text(notified)
    journey.check(page, "told")
    page.goto(address("putten", "/volg/vraag/trek-in/"))
    assert " u " not in page.inner_text("main")
    journey.check(page, "withdrawing")


def test_the_check_after_closing_and_an_outside_link(
    here: World, open_page: OpenPage, address: Address, journey: Journey
) -> None:
    _receipt, question, worker = picked_up(here)
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
    page = open_page()
    page.goto(address("putten", f"/overdracht/{offered.token}/"))
    page.get_by_label("code").fill(code)
    page.locator("main form button[type=submit]").first.click()
    page.get_by_label("Ja").check()
    page.get_by_label("Uw antwoord").fill(WORDS)
    press(page, "Verstuur mijn antwoord")
    expect(page.locator("main")).to_contain_text("0800-2000")
    journey.check(page, "outside-link")
    question = casework_close.close(
        question=question,
        result=Question.Result.HELPED,
        words="Klaar.",
        by=worker,
        now=make.TUESDAY,
    )
    page = open_page(phone=True)
    page.goto(address("putten", reverse("check", args=[question.check_code])))
    page.get_by_label("Ja, helemaal").check()
    page.get_by_label("Wilt u daar iets over zeggen?").fill(WORDS)
    press(page, "Verstuur")
    expect(page.get_by_role("heading", name="Is er nu gevaar?")).to_be_visible()
    journey.check(page, "after-the-check")
    # Whoever follows the link of the mail later reads nothing of it.
    other = open_page()
    other.goto(address("putten", reverse("check_help", args=[question.check_code])))
    assert "schrikken" not in other.inner_text("main")


def test_desk_and_partner_see_the_numbers(
    here: World, sign_in: SignIn, address: Address, journey: Journey
) -> None:
    desk = sign_in(make.desk_worker(here))
    desk.goto(address("putten", "/balie/"))
    desk.get_by_label("De vraag, in de woorden van de inwoner").fill(WORDS)
    press(desk, "Verder: vraag toestemming")
    expect(desk.locator("main")).to_contain_text("Veilig Thuis 0800-2000")
    journey.check(desk, "desk")
    partner = sign_in(make.member(here, Role.PARTNER_DOOR, "welzijn"))
    partner.goto(address("putten", "/partner/"))
    partner.get_by_label("ja", exact=True).first.check()
    partner.get_by_label("De vraag, in de woorden van de inwoner").fill(WORDS)
    press(partner, "Verder")
    expect(partner.locator("main")).to_contain_text("Veilig Thuis 0800-2000")
    journey.check(partner, "partner")
