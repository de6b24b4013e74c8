"""Story 4: violence at home, Friday 18.10, with a mailbox that her husband reads."""

from playwright.sync_api import Page, expect

from tests.browser.stories import Story, main_of, press
from welzijn.audit.models import Withholding

# Willemien is on duty this week, for the triage team; Fatma coordinates at her organisation.
WILLEMIEN, FATMA = "Willemien van den Brink", "Fatma Yilmaz"
MAILBOX = "gezin@thuis.example"
TELLS = ("slaat", "geweld", "Veilig Thuis", "gevaar", "Toegangsteam", "Willemien", "Actief")


def she_asks(story: Story, phone: Page) -> None:
    """What she needs to know stands there before she types; then she is asked whether it is now."""
    phone.get_by_role("link", name="Schrijf het op").click()
    shown = main_of(phone)
    assert "Er is nu niemand die uw vraag leest" in shown
    assert "maandag 30 november vanaf 9.00 uur" in shown
    for number in ("112", "0800-2000", "113"):
        assert number in phone.inner_text("body")
    story.journey.check(phone, "before-she-types")
    press(phone, "Begin")
    phone.get_by_label("Vertel het in uw eigen woorden").fill("hij slaat mij weer")
    press(phone, "Verder")
    expect(phone.get_by_role("heading", name="Is er nu gevaar?")).to_be_visible()
    story.journey.check(phone, "is-there-danger-now")
    press(phone, "Ja, er is nu gevaar")
    assert "slaat" not in phone.title()
    expect(phone.get_by_role("heading", name="Wij hebben het team gewaarschuwd")).to_be_visible()
    story.journey.check(phone, "where-it-is-safe")
    phone.get_by_role("link", name="Sla dit over").click()
    phone.get_by_role("link", name="Vertel meer").click()
    phone.get_by_label("Over mijzelf").check()
    press(phone, "Verder")
    press(phone, "Verder")
    phone.get_by_label("27 tot en met 66").check()
    press(phone, "Verder")
    phone.get_by_label("Stuur een mail").check()
    press(phone, "Verder")
    phone.get_by_label("Naar welk adres mogen wij u mailen?").fill(MAILBOX)
    phone.get_by_label("Nee. De mail komt van").check()
    press(phone, "Verder")
    expect(phone.get_by_label("Hoe mogen wij u noemen?")).to_be_visible()
    press(phone, "Verder")
    press(phone, "Klaar")
    expect(phone.locator("main")).to_contain_text("Wij hebben het team gewaarschuwd.")
    story.remember_the_receipt(phone)


def what_her_husband_reads(story: Story) -> None:
    """One mail, once there is news, that says nothing."""
    [to_her] = story.post(MAILBOX)
    assert to_her.subject == "Er is nieuws voor u"
    for word in (*TELLS, story.question().reference, story.code):
        assert word not in to_her.text + to_her.html
    box = story.open_page(phone=True)
    box.goto(story.address("putten", f"/demo/post/?zoek={MAILBOX}"))
    box.get_by_role("link", name="Er is nieuws voor u").click()
    story.journey.check(box, "what-her-husband-reads")


def looks_of(phone: Page) -> str:
    """Who looked, as it stands on her page, all of it unfolded."""
    for more in phone.get_by_text("Laat alles zien").all():
        more.click()
    return "\n".join(phone.locator("main .vd-looks").all_inner_texts())


def test_story_4_violence_at_home_on_a_friday_evening(story: Story) -> None:
    journey = story.journey
    # Given: Friday 18.10; nobody reads along until Monday
    story.at(2026, 11, 27, 18, 10)
    phone = story.phone()
    she_asks(story, phone)
    journey.check(phone, "somebody-is-warned-now")
    question = story.question()
    assert (question.urgency, question.lead_team) == ("danger", story.partnership.triage_team)

    # Then: within minutes who is on duty knows
    story.beat(story.at(2026, 11, 27, 18, 12))
    on_duty = story.post("willemien")
    assert [question.reference in m.text for m in on_duty] == [True]
    assert "slaat" not in on_duty[0].text + on_duty[0].subject
    # There is no news yet, so nothing lies in that mailbox.
    assert story.post(MAILBOX) == []

    # When: Willemien looks, at home, the same evening; it stands above all else
    story.at(2026, 11, 27, 18, 20)
    willemien = story.as_staff(WILLEMIEN)
    expect(willemien.get_by_text("Mogelijk gevaar: 1 vraag")).to_be_visible()
    journey.check(willemien, "danger-above-all-else")
    willemien.locator("main").get_by_role("link", name=question.reference).first.click()
    press(willemien, "Beoordeel")
    willemien.get_by_label("Ja, er is gevaar").check()
    willemien.get_by_label("Wat zag of hoorde u?").fill("Ze is nu bij haar zus, met de kinderen.")
    press(willemien, "Beoordeel")
    press(willemien, "Pak op")

    # And: she follows the Meldcode and reports to Veilig Thuis, out of sight from that moment
    willemien.goto(story.address("putten", f"{story.case()}meldcode/"))
    press(willemien, "Leg stap 1 vast")
    willemien.get_by_label("gedaan", exact=True).check()
    willemien.get_by_label("Wat zag of deed u?").fill("Blauwe plekken, op de foto van haar zus.")
    press(willemien, "Leg vast")
    press(willemien, "Leg stap 5 vast")
    willemien.get_by_label("gemeld bij Veilig Thuis").check()
    willemien.get_by_label("Wat zag of deed u?").fill("Gebeld met Veilig Thuis, samen met haar.")
    willemien.get_by_label("aan de telefoon").check()
    willemien.get_by_label("acuut gevaar").check()
    willemien.get_by_label("Waarom meldt u?").fill("Haar man leest haar mail en zoekt haar code.")
    journey.check(willemien, "the-report")
    press(willemien, "Leg vast")
    withheld = Withholding.objects.get()
    assert withheld.approved_at is None

    # And: a second person decides, from the mail
    story.beat(story.at(2026, 11, 27, 18, 40))
    what_her_husband_reads(story)
    [requested] = [m for m in story.post("fatma") if "afscherming" in m.text]
    path = next(line for line in requested.text.split() if "/vraagstuk/afscherming/" in line)
    fatma = story.as_staff(FATMA, "/" + path.split("/", 3)[3])
    assert "slaat" not in fatma.content()
    journey.check(fatma, "the-second-person")
    press(fatma, "Keur goed")
    expect(fatma.locator("main")).to_contain_text("Deze regel is afgeschermd.")

    # Then: whoever opens her page with her code reads nothing of it until the review day
    story.at(2026, 11, 30, 9, 30)
    story.follow(phone)
    seen = looks_of(phone) + main_of(phone)
    for word in ("Veilig Thuis", "Meldcode", "meldcode", "afscherm", "gemeld"):
        assert word not in seen
    journey.check(phone, "her-page-tells-nothing")

    # And: before the review day (Christmas, as chosen) it is due for those two, and from that day
    # on it is in her list
    day = Withholding.objects.get().review_on
    due = story.question().follow_ups.get(kind="review").due_on
    assert due < day
    story.at(day.year, day.month, day.day - 1, 12)
    story.follow(phone)
    assert "Veilig Thuis" not in looks_of(phone)
    story.until(day.year, day.month, day.day + 5, 9)
    later = [m.text for m in story.post("fatma") if m.created_at.date() >= due]
    assert any(question.reference in text for text in later)
    story.follow(phone)
    assert "gemeld bij Veilig Thuis" in looks_of(phone)
    journey.check(phone, "after-the-review-day-she-reads-it")
    page = story.as_staff(WILLEMIEN, f"{story.case()}afschermen/")
    expect(page.locator("main")).to_contain_text("weer te lezen")
