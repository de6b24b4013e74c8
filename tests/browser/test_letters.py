"""A letter goes along with a question: by the resident on a phone, before and after sending."""

from playwright.sync_api import Page, expect

from intake.attachments.models import Attachment
from intake.submission.submission import ContactChoices
from referrals.casework import pick_up
from tests.browser.conftest import Address, OpenPage, SignIn
from tests.browser.pages import Console, Journey, press
from tests.intake.attachments import pictures
from tests.support import factories as make
from tests.support.factories import World

WORDS = "brief van de deurwaarder, snap ik niet"


def chosen(page: Page, name: str, content: bytes, kind: str = "image/jpeg") -> None:
    """Choose a file in the field that takes what is there already."""
    fields = page.locator("main input[type=file]")
    fields.last.set_input_files({"name": name, "mimeType": kind, "buffer": content})


def test_a_photo_and_a_pdf_before_sending(
    here: World, phone: Page, address: Address, journey: Journey
) -> None:
    page = phone
    page.goto(address("putten", "/vraag/"))
    press(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill(WORDS)
    press(page, "Ik heb een brief")
    expect(page.get_by_role("heading", name="Ik heb een brief")).to_be_visible()
    journey.check(page, "the-page-for-letters")
    chosen(page, "brief.txt", b"geen foto", "text/plain")
    press(page, "Voeg toe")
    expect(page.locator("main")).to_contain_text("Dit is geen foto of PDF.")
    journey.check(page, "what-is-wrong-with-a-file")
    chosen(page, "brief.jpg", pictures.jpeg(size=(900, 1200)))
    press(page, "Voeg toe")
    expect(page.get_by_role("link", name="Bestand 1: foto")).to_be_visible()
    chosen(page, "brief.pdf", pictures.PDF, "application/pdf")
    press(page, "Voeg toe")
    expect(page.get_by_role("link", name="Bestand 2: PDF")).to_be_visible()
    journey.check(page, "two-letters")
    page.get_by_role("link", name="Verder", exact=True).click()
    # What was typed before is still there.
    expect(page.get_by_label("Vertel het in uw eigen woorden")).to_have_value(WORDS)
    expect(page.get_by_role("button", name="Bekijk of verander de brief")).to_be_visible()


def test_afterwards_and_who_works_on_it_sees_it(
    here: World,
    open_page: OpenPage,
    sign_in: SignIn,
    address: Address,
    journey: Journey,
    console: Console,
) -> None:
    reach = ContactChoices(email="ada@voordeur.example", ways=("email",))
    receipt = make.submitted(here, "geld", words=WORDS, reach=reach)
    worker = make.intake_worker(here, "stimenz")
    pick_up.pick_up(question=receipt.question, by=worker, now=receipt.question.received_at)
    page = open_page(phone=True)
    page.goto(address("putten", "/volg/"))
    page.locator("main input[name=reference]").fill(receipt.question.reference)
    page.locator("main input[name=code]").fill(receipt.code)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/volg/vraag/")
    page.goto(address("putten", "/volg/vraag/brief/"))
    chosen(page, "brief.jpg", pictures.jpeg(size=(900, 1200)))
    press(page, "Voeg toe")
    expect(page.locator("main")).to_contain_text("Bestand 1: foto")
    journey.check(page, "on-the-own-page")
    letter = Attachment.objects.get()
    case = sign_in(worker)
    case.goto(address("putten", f"/vraagstuk/{receipt.question.pk}/"))
    expect(case.locator("main")).to_contain_text("Bestand 1: foto")
    journey.check(case, "on-the-case")
    # The sandbox also refuses the styles of the browser's own page around a picture.
    with console.expecting("inline style"):
        shown = case.goto(address("putten", f"/vraagstuk/{receipt.question.pk}/brief/{letter.pk}/"))
    assert shown is not None
    assert shown.headers["content-type"] == "image/jpeg"
    page.goto(address("putten", "/volg/vraag/"))
    expect(page.locator("main")).to_contain_text("heeft een brief of foto bij uw vraag bekeken")
    journey.check(page, "who-looked")
