"""A coordinator and a policy officer at work, in a real browser.

Given Putten as the demo shows it: its own file, invented staff and questions, and three years of
history. No second factor is asked, as in the demo; that is another test's subject.
"""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.reports.publishing import publish
from tests.browser.conftest import Address
from tests.browser.pages import Console, Journey
from tests.browser.partnerships import from_its_file
from tests.browser.signing_in import through_the_demo
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.devtools.demo_data import demo_questions
from welzijn.devtools.demo_data.generator import synthesise
from welzijn.devtools.demo_data.staff import make_staff
from welzijn.devtools.demo_data.submission import submit_questions


@pytest.fixture
def putten(live_server, settings) -> Partnership:
    settings.WELZIJN_DEMO = True
    partnership = from_its_file("putten")
    now = timezone.now()
    staff = make_staff(partnership=partnership, now=now)
    submit_questions(staff=staff, questions=demo_questions.load("putten").questions[:26], now=now)
    synthesise(partnership=partnership, questions=900, seed=5, now=now)
    publish(partnership=partnership, now=now)
    return partnership


def somebody(role: Role, organisation: str, **which: object) -> User:
    return (
        Membership.objects.filter(role=role, organisation__slug=organisation, **which)
        .select_related("user")
        .earliest("user__email")
        .user
    )


def sign_in(page: Page, address: Address, user: User, path: str) -> None:
    through_the_demo(page, address("putten", ""), user.name)
    page.goto(address("putten", path))


def test_a_coordinator_finds_assigns_and_moves(
    putten: Partnership, page: Page, address: Address, journey: Journey
) -> None:
    coordinator = somebody(Role.COORDINATOR, "stimenz")
    sign_in(page, address, coordinator, "/caseload/")

    # The whole work, and a name only where there is a basis.
    expect(page.get_by_role("heading", name="Caseload")).to_be_visible()
    body = page.locator("main")
    expect(body).to_contain_text("R. Schuiteman")
    expect(body).not_to_contain_text("Wim Lokhorst")
    journey.check(page, "caseload")
    assert AccessEvent.objects.filter(actor=coordinator, action="list").exists()

    # A name of somebody whom they may not read is not found.
    page.get_by_role("searchbox").fill("Lokhorst")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken/")
    expect(page.get_by_role("heading", name="Zoeken", level=1)).to_be_visible()
    hidden = Question.objects.filter(asker__name="Wim Lokhorst").values_list("reference", flat=True)
    assert hidden
    for reference in hidden:
        expect(page.locator("main")).not_to_contain_text(reference)
    journey.check(page, "niet-gevonden")

    # A filter: what is late at Jeugd-Punt.
    page.goto(address("putten", "/caseload/"))
    page.get_by_label("Organisatie", exact=True).select_option("jeugd-punt")
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_role("link", name="Haal weg: Organisatie: Jeugd-Punt")).to_be_visible()
    journey.check(page, "gefilterd")

    # Opened without the person; assigned; moved with a reason.
    question = Question.objects.filter(lead__slug="jeugd-punt", status="new").earliest(
        "received_at"
    )
    page.get_by_role("link", name=question.reference).click()
    expect(page.get_by_text("leest alleen wie daar een grondslag voor heeft")).to_be_visible()
    colleague = somebody(Role.PROFESSIONAL, "jeugd-punt")
    page.get_by_label("Collega").select_option(label=colleague.name)
    page.get_by_label("Reden", exact=True).fill("Jeugd-Punt heeft het druk")
    journey.check(page, "een-vraag")
    page.get_by_role("button", name="Wijs toe").click()
    expect(page.get_by_text(f"Toegewezen aan {colleague.name}.")).to_be_visible()
    page.get_by_text("Verplaats naar een andere organisatie").click()
    page.get_by_label("Naar").select_option("stimenz")
    page.get_by_label("Waarom").select_option("wrong_domain")
    page.get_by_label("De inwoner zei ja, aan de telefoon").check()
    journey.check(page, "verplaatsen")
    page.get_by_label("Ja, de nieuwe organisatie leest de vraag en de vorige niet meer").check()
    page.get_by_role("button", name="Verplaats").click()
    expect(page.get_by_text("Gevraagd aan Jeugd-Punt.")).to_be_visible()
    question.refresh_from_db()
    assert question.lead.slug == "jeugd-punt"

    # What is their own organisation's moves at once.
    own = Question.objects.filter(lead__slug="stimenz", status="new").earliest("received_at")
    page.goto(address("putten", f"/caseload/{own.pk}/"))
    page.get_by_text("Verplaats naar een andere organisatie").click()
    page.get_by_label("Naar").select_option("jeugd-punt")
    page.get_by_label("Waarom").select_option("wrong_domain")
    page.get_by_label("De inwoner zei ja, aan de telefoon").check()
    page.get_by_label("Ja, de nieuwe organisatie leest de vraag en de vorige niet meer").check()
    page.get_by_role("button", name="Verplaats").click()
    expect(page.get_by_text("De vraag ligt nu bij Jeugd-Punt")).to_be_visible()
    own.refresh_from_db()
    assert own.lead.slug == "jeugd-punt"

    # The dashboard, with bars in each table.
    page.goto(address("putten", "/caseload/overzicht/"))
    expect(page.get_by_role("table", name="Werk per medewerker")).to_be_visible()
    journey.check(page, "overzicht")
    page.goto(address("putten", "/caseload/afwezig/"))
    expect(page.get_by_role("heading", name="Afwezigheid melden")).to_be_visible()
    journey.check(page, "afwezig")

    # The balance.
    page.goto(address("putten", "/caseload/"))
    page.get_by_role("link", name="Verdeling").click()
    expect(page.get_by_role("heading", name="Per medewerker")).to_be_visible()
    journey.check(page, "verdeling")
    page.get_by_role("link", name="Verdeel dit werk").first.click()
    page.get_by_label("Naar").wait_for()
    journey.check(page, "werk-verdelen")


def test_a_wijkaanjager_sees_their_own_neighbourhood_first(
    putten: Partnership, page: Page, address: Address, journey: Journey
) -> None:
    lead = somebody(Role.NEIGHBOURHOOD_LEAD, "stichting-welzijn-putten")
    sign_in(page, address, lead, "/wijk/")
    expect(page.get_by_role("heading", name="Putten (dorp)")).to_be_visible()
    journey.check(page, "wijk")


def test_a_policy_officer_reads_figures_and_no_person(
    putten: Partnership, page: Page, address: Address, journey: Journey, console: Console
) -> None:
    officer = somebody(Role.MUNICIPALITY, "gemeente-putten")
    sign_in(page, address, officer, "/rapportage/")
    expect(page.get_by_role("heading", name="Rapportage")).to_be_visible()
    expect(page.get_by_text("Per organisatie")).to_be_visible()
    journey.check(page, "rapportage")

    page.get_by_label("Kwartaal").select_option(index=1)
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_role("heading", name="Rapportage")).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("link", name="Download als CSV").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert text.startswith("periode;gemeente;dimensie;categorie;maat;waarde;onder;boven;doel")
    # Nothing of the caseload is theirs.
    with console.expecting("403"):
        answer = page.goto(address("putten", "/caseload/"))
    assert answer is not None
    assert answer.status == 403
