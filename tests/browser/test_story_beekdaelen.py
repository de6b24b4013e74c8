"""Story 7: debts and raising children at once, through the access team; one lead, counted once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from intake.questions.models import Question
from organisations.roles.models import Role
from referrals.reports import publishing
from referrals.reports.models import ReportedQuestion
from tests.browser.elsewhere import Elsewhere
from tests.browser.pages import Console
from tests.browser.stories import main_of, press

ACCESS, LEAD, SECOND = "gemeente-beekdaelen", "maatschappelijk-werk-zuid", "welzijn-beekdaelen"
HER_WORDS = "ik kan de rekeningen niet meer betalen en mn dochter van 9 slaat alles stuk"


@pytest.fixture
def story(at_partnership: Callable[[str], Elsewhere]) -> Elsewhere:
    """Beekdaelen: one assignment, two contracted partners, the access team as a door."""
    return at_partnership("beekdaelen")


def noted_by_the_access_team(story: Elsewhere) -> None:
    """She stands at the counter in Nuth; the access team types what she says."""
    desk = story.as_one_of(ACCESS, Role.FRONT_DESK, "/balie/")
    desk.get_by_label("De vraag, in de woorden van de inwoner").fill(HER_WORDS)
    desk.get_by_label("Geld", exact=True).check()
    desk.get_by_label("Opvoeden en opgroeien").check()
    desk.get_by_label("Naam", exact=True).fill("Marjan Geurts")
    desk.get_by_label("Telefoonnummer").fill("06 41424344")
    desk.get_by_label("E-mailadres").fill("marjan@voordeur.example")
    desk.get_by_label("Leeftijd van die persoon").select_option("27-66")
    desk.get_by_label("Postcode").fill("6361")
    desk.get_by_label("bellen", exact=True).check()
    desk.get_by_role("checkbox", name="e-mail").check()
    story.journey.check(desk, "at-the-counter")
    press(desk, "Verder: vraag toestemming")
    expect(desk.locator("main")).to_contain_text("Mag Maatschappelijk Werk Zuid lezen")
    # The yes is for who leads; the second organisation is asked about when she has a face to ask.
    assert "Mag Welzijn Beekdaelen" not in main_of(desk)
    story.journey.check(desk, "read-aloud")
    press(desk, "Ja (J)")
    expect(desk.get_by_role("heading", name="De vraag is opgeschreven")).to_be_visible()
    story.journey.check(desk, "noted")
    story.keep_from_the_desk(desk, "Marjan")


def test_story_7_debts_and_raising_children_at_once(story: Elsewhere, console: Console) -> None:
    journey = story.journey

    # Given: one question about two life domains, at the door of the access team.
    noted_by_the_access_team(story)
    question = story.question()
    assert question.lead.slug == LEAD
    assert question.decisions.get().rule_key == "geld-en-opvoeden"

    # When: the social worker picks it up. The rule names a second organisation; she asks first.
    worker = story.as_one_of(LEAD, path="/werk/?lijst=nieuw")
    worker.get_by_role("link", name="Marjan Geurts").click()
    press(worker, "Pak op")
    expect(worker.locator("main")).to_contain_text("De verdeelregel noemt ook Welzijn Beekdaelen.")
    journey.check(worker, "the-rule-names-a-second")
    with console.expecting("404"):
        second = story.as_one_of(SECOND, path=story.case())
        assert "Marjan" not in second.content()
    story.at(2026, 11, 24, 14)
    press(worker, "Vraag hulp erbij")
    worker.get_by_label("Wie").select_option(label="Welzijn Beekdaelen")
    worker.get_by_label("De inwoner zei ja, aan de telefoon").check()
    journey.check(worker, "a-yes-of-its-own")
    press(worker, "Vraag hulp erbij")
    expect(worker.locator("main")).to_contain_text("Zij helpen nu ook mee.")
    assert "De verdeelregel noemt ook" not in main_of(worker)
    journey.check(worker, "two-help-one-leads")

    # Then: Welzijn Beekdaelen reads it too and has its own first step; the lead didn't move.
    second = story.as_one_of(SECOND, path=story.case())
    expect(second.locator("main")).to_contain_text("Marjan Geurts")
    expect(second.locator("main")).to_contain_text("Meehelpen: neem contact op")
    expect(second.get_by_role("link", name="Draag warm over")).to_have_count(0)
    journey.check(second, "the-second-organisation")
    assert Question.objects.get().lead.slug == LEAD

    # And: Marjan sees who may read it, each by a yes of its own, and takes back only one of them.
    marjan = story.follow_as(story.phone(), "Marjan")
    for who in ("Maatschappelijk Werk Zuid, omdat u dat goed vond", "Welzijn Beekdaelen, omdat"):
        expect(marjan.locator("main")).to_contain_text(who)
    journey.check(marjan, "marjan-sees-both")
    press(marjan, "Stop met delen met Welzijn Beekdaelen")
    journey.check(marjan, "stop-one-of-them")
    marjan.locator("main form button[type=submit]").first.click()
    marjan.wait_for_url("**/volg/vraag/")
    with console.expecting("404"):
        second = story.as_one_of(SECOND, path=story.case())
        assert "Marjan" not in second.content()
    worker = story.as_one_of(LEAD, path=story.case())
    expect(worker.locator("main")).to_contain_text("Marjan Geurts")


BOUND = 4  # a figure is at most so far from the truth


def test_story_7_counts_once_in_the_figures_of_beekdaelen(story: Elsewhere) -> None:
    journey = story.journey

    # Given: Marjan with two life domains and two organisations, and others in the same quarter.
    noted_by_the_access_team(story)
    worker = story.as_one_of(LEAD, path=story.case())
    press(worker, "Pak op")
    press(worker, "Vraag hulp erbij")
    worker.get_by_label("Wie").select_option(label="Welzijn Beekdaelen")
    worker.get_by_label("De inwoner zei ja, aan de telefoon").check()
    press(worker, "Vraag hulp erbij")
    story.others_ask(11, "geld", "opvoeden", postcode="6361", age_band="27-66")
    story.others_ask(14, "geld", postcode="6361", age_band="27-66")
    story.others_ask(13, "opvoeden", postcode="6438", age_band="27-66")
    for domain in ("relaties", "welbevinden", "meedoen"):
        story.others_ask(7, domain, postcode="6438", age_band="27-66")

    # When: the quarter is published, on the fifteenth of January.
    story.at(2027, 1, 15, 9)
    publishing.publish(partnership=story.partnership, now=story.now)
    officer = story.policy_officer("Beekdaelen")

    # Then: about 60 questions, of which about 12 are about more than one life domain.
    report = officer.locator("main")
    expect(report).to_contain_text("2026")
    figure = report.locator(".vd-figure__number").first.inner_text()
    assert abs(int(figure) - 60) <= BOUND
    row = report.get_by_role("row").filter(has_text="Vragen over twee of meer leefgebieden")
    expect(row.locator("td").first).to_contain_text("%")
    expect(row.locator("td").first).to_contain_text("tussen")
    row = report.get_by_role("row").filter(has_text="Meer leefgebieden tegelijk")
    number = int(row.locator(".vd-chart__figure").first.inner_text())
    assert abs(number - 12) <= BOUND
    journey.check(officer, "counted-once")

    # And: with two organisations she counts once, at her lead. Nobody finds her in the page.
    question = story.question_of("Marjan")
    counted = ReportedQuestion.objects.get(question_id=question.pk)
    assert (counted.several, counted.organisation) == (True, question.lead_id)
    assert "Marjan" not in officer.content()
    assert question.reference not in officer.content()
