"""Story 10: a policy officer of Asten compares and subtracts; a bundled signal gets an answer."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from organisations.roles.models import Role
from referrals.reports import publishing
from tests.browser.elsewhere import Elsewhere
from tests.browser.pages import Console
from tests.browser.stories import main_of, press

BOUND = 4  # a figure is at most so far from the truth
BUS = "Na zes uur rijdt er geen bus in Ommel. Mensen komen niet meer bij de eettafel."
TIME = "Samen op huisbezoek met een collega van de Wmo lukt niet: er is geen tijd voor."


@pytest.fixture
def story(at_partnership: Callable[[str], Elsewhere]) -> Elsewhere:
    """Asten and Someren: two municipalities, many small villages, one practice."""
    return at_partnership("asten-someren")


@dataclass(frozen=True)
class Figures:
    """What the download of one report holds: the total, and (value, lower, upper) by village."""

    total: int
    lines: dict[str, tuple[int, int, int]]


def villages(page: Page) -> Figures:
    """The villages in the report that this reader downloads, questions that came in."""
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download als CSV").click()
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    came_in = [row for row in rows if row["maat"] == "Binnengekomen"]
    (total,) = (int(row["waarde"]) for row in came_in if row["dimensie"] == "totaal")
    lines = {
        row["categorie"]: (int(row["waarde"]), int(row["onder"]), int(row["boven"]))
        for row in came_in
        if row["dimensie"] == "wijk of kern"
    }
    return Figures(total, lines)


def test_story_10_comparing_and_subtracting_finds_nobody(
    story: Elsewhere, console: Console
) -> None:
    journey = story.journey

    # Given: last summer. In Ommel three people asked something, in Lierop one.
    story.at(2026, 8, 18, 10)
    for number, postcode in ((26, "5721"), (14, "5725"), (3, "5724"), (23, "5711"), (1, "5715")):
        story.others_ask(number, "contact", postcode=postcode, age_band="67+")
    story.at(2026, 11, 24, 10)
    publishing.publish(partnership=story.partnership, now=story.now)

    # When: Asten's officer compares the villages. Each has a figure, with its bounds.
    officer = story.policy_officer("Asten")
    journey.check(officer, "the-villages-of-asten")
    asten = villages(officer)
    assert abs(asten.total - 43) <= BOUND
    assert {"Asten", "Heusden", "Ommel"} <= set(asten.lines)
    for value, lower, upper in asten.lines.values():
        assert lower <= value <= upper

    # Then: what they take from the total says no more of Ommel than its own figure does: there may
    # have been nobody, or seven.
    value, lower, upper = asten.lines["Ommel"]
    assert lower <= 3 <= upper
    others = [line for name, line in asten.lines.items() if name != "Ommel"]
    rest = asten.total - sum(line[0] for line in others)
    assert abs(rest - 3) <= BOUND * (1 + len(others))
    assert upper - lower >= BOUND

    # When: they subtract Someren from the whole. There is no whole, and no Someren for Asten.
    with console.expecting("404"):
        officer.goto(story.address("", "/rapportage/?gemeente=GM0847"))
        assert "Someren" not in main_of(officer)
        officer.goto(story.address("", "/rapportage/?kwartaal=2026-10-01"))
        assert "43" not in main_of(officer)
    officer.goto(story.address("", "/rapportage/"))
    assert "Lierop" not in main_of(officer)

    # And: the officer of Someren has the same of their own; together they know no more of either.
    other = story.policy_officer("Someren")
    journey.check(other, "the-villages-of-someren")
    someren = villages(other)
    assert abs(someren.total - 24) <= BOUND
    assert someren.lines["Lierop"][1] <= 1
    assert not set(asten.lines) & set(someren.lines) - {"Niet bekend", "onbekend"}

    # And: comparing with tomorrow's report, after one more question in Ommel, shows nothing.
    before = main_of(story.policy_officer("Asten"))
    story.at(2026, 11, 25, 10)
    story.others_ask(1, "contact", postcode="5724", age_band="67+")
    publishing.publish(partnership=story.partnership, now=story.now)
    after = main_of(story.policy_officer("Asten"))
    assert after.replace("gisteren", "vandaag") == before.replace("gisteren", "vandaag")


def test_story_10_a_signal_gets_a_dated_answer(story: Elsewhere, console: Console) -> None:
    journey = story.journey

    # Given: two professionals see something. A person in it is refused, at the field.
    worker = story.as_one_of("onis-welzijn", path="/signalen/")
    journey.check(worker, "no-signal-yet")
    press(worker, "Geef een signaal")
    worker.get_by_label("wat inwoners nodig hebben").check()
    worker.get_by_label("Wat ziet u?").fill(f"{BUS} Bel mevrouw maar op 0493 101112.")
    worker.get_by_label("Asten", exact=True).check()
    press(worker, "Geef het signaal")
    expect(worker.locator("main")).to_contain_text("Er staat een telefoonnummer")
    journey.check(worker, "a-person-in-it")
    worker.get_by_label("Wat ziet u?").fill(BUS)
    press(worker, "Geef het signaal")
    expect(worker.locator("main")).to_contain_text("De coördinatoren lezen het.")
    journey.check(worker, "given")
    second = story.as_one_of("maatschappelijk-werk", path="/signalen/nieuw/")
    second.get_by_label("tijd die wij nodig hebben").check()
    second.get_by_label("Wat ziet u?").fill(TIME)
    second.get_by_label("Asten", exact=True).check()
    second.get_by_label("Someren", exact=True).check()
    journey.check(second, "what-professionals-need-themselves")
    press(second, "Geef het signaal")

    # When: the coordinator bundles Asten's, reads it again and sends it.
    boss = story.as_one_of("onis-welzijn", Role.COORDINATOR, "/rapportage/")
    press(boss, "Signalen")
    expect(boss.locator("main")).to_contain_text("Nog niet gebundeld: Someren")
    journey.check(boss, "what-waits")
    press(boss, "Bundel voor Asten")
    for text in (BUS, TIME):
        boss.get_by_label(text).check()
    boss.get_by_label("Waar gaat het over?").fill("Na zes uur komt niemand meer ergens")
    boss.get_by_label("Wat zien wij?").fill(
        "Zonder bus in de avond blijven mensen thuis. En wij redden het niet om samen te gaan."
    )
    boss.get_by_label("Wat vragen wij aan de bestuurders?").fill(
        "Een proef met de buurtbus, en twee uur in de week voor samen op huisbezoek."
    )
    boss.get_by_label("Bestuurlijk overleg op").fill("2026-12-03")
    journey.check(boss, "bundling")
    press(boss, "Bundel")
    officer = story.policy_officer("Asten", "/signalen/")
    expect(officer.locator("main")).to_contain_text("Nog geen bundels")
    journey.check(boss, "a-draft")
    press(boss, "Stuur naar het overleg")
    expect(boss.locator("main")).to_contain_text("wacht op antwoord")

    # Then: Asten's policy has a mail and reads it, without who wrote what. Someren reads nothing.
    story.until(2026, 11, 25, 9)
    mail = story.post(story.officer("Asten").email)[-1]
    assert "signalen uit de praktijk" in mail.text
    officer = story.policy_officer("Asten", "/signalen/")
    press(officer, "Na zes uur komt niemand meer ergens")
    expect(officer.locator("main")).to_contain_text(BUS)
    for writer in ("onis-welzijn", "maatschappelijk-werk"):
        assert story.member(writer).name not in main_of(officer)
    journey.check(officer, "what-asten-reads")
    bundle = officer.url
    someren = story.policy_officer("Someren", "/signalen/")
    assert "Na zes uur" not in main_of(someren)
    with console.expecting("404"):
        someren.goto(bundle)
        assert BUS not in someren.content()

    # And: the meeting answers; who gave a signal reads the answer and its day.
    story.at(2026, 12, 4, 10)
    officer = story.policy_officer("Asten", "/signalen/")
    officer.goto(bundle)
    officer.get_by_label("Antwoord van het bestuurlijk overleg").fill(
        "Vanaf 1 maart rijdt de buurtbus tot tien uur. Voor samen op huisbezoek komt één uur."
    )
    officer.get_by_label("Dag van het antwoord").fill("2026-12-03")
    press(officer, "Leg het antwoord vast")
    expect(officer.locator("main")).to_contain_text("Antwoord van donderdag 3 december")
    journey.check(officer, "answered")
    story.until(2026, 12, 7, 9)
    notified = story.post(story.member("onis-welzijn").email)[-1]
    assert "antwoord op een signaal" in notified.text
    worker = story.as_one_of("onis-welzijn", path="/signalen/")
    expect(worker.locator("main")).to_contain_text("Antwoord van donderdag 3 december")
    expect(worker.locator("main")).to_contain_text("Vanaf 1 maart rijdt de buurtbus tot tien uur.")
    journey.check(worker, "the-writer-reads-the-answer")
