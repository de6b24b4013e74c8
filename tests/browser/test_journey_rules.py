"""A coordinator changes a rule, sees what it would have done last year, and publishes it.

The next resident's question follows it, and the check page says why.
"""

from datetime import timedelta

from playwright.sync_api import expect

from intake.questions.models import Question
from tests.browser.conftest import Address, OpenPage, SignIn
from tests.browser.pages import Journey
from tests.support import factories as make
from tests.support.factories import World


def test_a_rule_is_changed_tried_on_last_year_and_published(
    here: World, sign_in: SignIn, address: Address, journey: Journey, open_page: OpenPage
) -> None:
    for days in (40, 80, 200):
        make.question(here, "geld", now=make.TUESDAY - timedelta(days=days))
    page = sign_in(make.coordinator(here))
    page.goto(address("putten", "/verdeelregels/"))
    journey.check(page, "rules")
    page.get_by_role("button", name="Wijzig in een concept").click()
    page.get_by_role("link", name="Wijzig geld").click()
    page.get_by_role("button", name="Voorwaarde erbij").wait_for()
    journey.check(page, "rule")
    with page.expect_response("**/regel/geld/"):
        page.get_by_role("button", name="Voorwaarde erbij").click()
    page.get_by_label("Voorwaarde 3").wait_for()
    page.get_by_label("Voorwaarde 3").select_option("channel")
    page.get_by_label("bel mij").check()
    page.get_by_label("Wie pakt het op?").select_option("organisation:actief")
    # What is chosen is read back at once, to the coordinator and as a resident reads it.
    back = page.locator("#teruggelezen")
    expect(back).to_contain_text("via bel mij: naar Actief Putten.")
    expect(back).to_contain_text("Uw vraag ligt bij Actief Putten, omdat het over geld gaat.")
    page.get_by_role("button", name="Bewaar in het concept").click()
    page.get_by_role("heading", name="Concept voor versie 2").wait_for()
    # Only those who asked to be called: nobody did, and money now reaches triage when online.
    expect(page.locator("#verschil")).to_contain_text(
        "Nu: Het gaat over Geld en post: naar Stimenz."
    )
    journey.check(page, "draft")
    page.get_by_role("button", name="Probeer").click()
    page.get_by_text(
        "3 van de 3 vragen waren ergens anders terechtgekomen dan met de regels die nu gelden."
    ).wait_for()
    page.get_by_text("Bekijk de vragen die ergens anders waren terechtgekomen").click()
    page.get_by_text("U ziet er 3").wait_for()
    journey.check(page, "tried")
    page.get_by_role("link", name="Verder met het concept").click()
    page.get_by_role("link", name="Wijzig geld").click()
    page.get_by_role("button", name="Haal weg rij 3").click()
    page.get_by_role("button", name="Bewaar in het concept").click()
    page.get_by_label("Waarom veranderen de regels?").fill("Actief Putten helpt nu met geld.")
    page.get_by_role("button", name="Publiceer: laat deze regels gelden").click()
    page.get_by_text("Gevraagd aan wie er vragen bij krijgt of kwijtraakt.").wait_for()
    journey.check(page, "asked")
    # Both say yes for themselves; only then do the rules apply.
    for slug in ("stimenz", "actief"):
        other = sign_in(make.coordinator(here, slug))
        other.goto(address("putten", "/verdeelregels/concept/"))
        other.get_by_role("button", name="Ja, wij zijn het ermee eens").click()
        other.get_by_text("Uw antwoord staat erbij.").wait_for()
        journey.check(other, f"yes-of-{slug}")
    page.goto(address("putten", "/verdeelregels/concept/"))
    page.get_by_text("Genoeg organisaties zeiden ja.").wait_for()
    page.get_by_label("Waarom veranderen de regels?").fill("Actief Putten helpt nu met geld.")
    page.get_by_role("button", name="Publiceer: laat deze regels gelden").click()
    page.get_by_text("Versie 2 geldt sinds 24 november 2026.").wait_for()
    journey.check(page, "published")

    here.partnership.refresh_from_db()
    receipt = make.submitted(here, "geld")
    assert Question.objects.get(pk=receipt.question.pk).lead == here["actief"]
    phone = open_page(phone=True)
    phone.goto(address("putten", "/volg/"))
    phone.get_by_label("Uw kenmerk").fill(receipt.reference)
    phone.get_by_label("Uw code").fill(receipt.code)
    phone.get_by_role("button", name="Bekijk mijn vraag").click()
    headline = "Uw vraag ligt bij Actief Putten, omdat het over geld gaat."
    phone.get_by_role("heading", name=headline).wait_for()
