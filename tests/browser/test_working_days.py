"""A wijkaanjager's and a professional's day, in a real browser."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from intake.questions.models import Question
from organisations.learning_sessions.models import ArrangedSession, LearningSignUp
from organisations.roles import availability
from organisations.roles.models import Role
from referrals.casework import pick_up
from referrals.conferences import agenda_requests, planning
from referrals.conferences.models import Conference
from tests.browser.conftest import Address, SignIn
from tests.browser.pages import STAFF_PHONE, Journey
from tests.support import factories as make
from tests.support.factories import World
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

WEEKLY = {
    "name": "Intervisie",
    "weekday": 4,
    "every": "week",
    "which": None,
    "start": "12:00",
    "end": "13:00",
    "place": "Het Trefpunt",
}


@pytest.fixture
def journey(journey: Journey) -> Journey:
    """Pictures at the widths that are asked of staff's pages."""
    return replace(journey, phone=STAFF_PHONE)


@pytest.fixture
def fatma(here: World) -> User:
    return make.intake_worker(here, "stimenz", who=make.user("Fatma de Boer"))


@pytest.fixture
def lead(here: World, fatma: User) -> User:
    """The wijkaanjager of the village, with Fatma in its team."""
    place = here.places["dorp"]
    place.learning_sessions = [WEEKLY]
    place.save()
    here.triage.neighbourhoods.add(place)
    make.member(here, Role.TEAM_MEMBER, "stimenz", who=fatma, team=here.triage)
    return make.member(
        here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=place, who=make.user("Bram Visser")
    )


def opened(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status").get_by_text(text).first).to_be_visible()


def test_a_day_of_the_wijkaanjager(
    here: World,
    sign_in: SignIn,
    address: Address,
    journey: Journey,
    lead: User,
    fatma: User,
) -> None:
    for number in range(3):
        make.question(here, "geld", postcode="3881AB", name=f"Sanne {number}")
    page = sign_in(lead)
    page.goto(address("putten", "/wijk/"))
    opened(page, "Putten-dorp")
    expect(page.get_by_role("heading", name="Leersessies")).to_be_visible()
    journey.check(page, "wijk")

    # Plan one, with a theme, and ask for a case.
    page.get_by_role("link", name="Leersessie plannen").click()
    opened(page, "Leersessie plannen")
    page.get_by_label("Thema").fill("Schulden bij jongeren")
    page.get_by_label("Dag").fill((make.TUESDAY.date() + timedelta(days=7)).isoformat())
    page.get_by_label("Van", exact=True).fill("12:00")
    page.get_by_label("Tot", exact=True).fill("13:00")
    page.get_by_label("Waar").fill("Het Trefpunt")
    page.get_by_label("Welke casus vraagt u aan het team?").fill("Bel 06 12345678")
    page.get_by_role("button", name="Inplannen").click()
    expect(page.get_by_text("Er staat een telefoonnummer").first).to_be_visible()
    journey.check(page, "plannen-geweigerd")
    page.get_by_label("Welke casus vraagt u aan het team?").fill("Een gezin met schulden")
    page.get_by_role("button", name="Inplannen").click()
    opened(page, "Leersessie")
    journey.check(page, "sessie")
    session = ArrangedSession.objects.get()

    # The team is mailed; Fatma comes, with a case.
    page.get_by_role("button", name="Verstuur").click()
    said(page, "krijg")
    assert Message.objects.filter(
        template="learning_invited", recipient_key=f"user:{fatma.pk}"
    ).exists()
    hers = sign_in(fatma)
    hers.goto(address("putten", reverse("learning_session", args=[session.session])))
    opened(hers, "Leersessie")
    hers.get_by_label("Waar gaat uw casus over?").fill("Een jongen van 17 met een boete")
    hers.get_by_role("button", name="Meld mij aan").click()
    said(hers, "U bent aangemeld.")
    journey.check(hers, "ik-kom")
    assert LearningSignUp.objects.get().case == "Een jongen van 17 met een boete"

    # Who comes, by name; moved, and called off.
    page.reload()
    expect(page.get_by_text("Een jongen van 17 met een boete (Fatma de Boer)")).to_be_visible()
    page.get_by_role("link", name="Wijzig of verzet").click()
    opened(page, "Leersessie wijzigen")
    page.get_by_label("Van", exact=True).fill("11:00")
    page.get_by_role("button", name="Opslaan").click()
    said(page, "De sessie is gewijzigd.")
    page.get_by_label("Waarom gaat de sessie niet door?").fill("Te weinig mensen")
    page.get_by_role("button", name="Zeg af").click()
    expect(page.get_by_text("Deze sessie gaat niet door")).to_be_visible()
    journey.check(page, "afgezegd")
    told = set(Message.objects.values_list("template", flat=True))
    assert {"learning_changed", "learning_off"} <= told
    page.goto(address("putten", "/leersessies/"))
    expect(page.get_by_text("Vervalt").first).to_be_visible()
    journey.check(page, "lijst")


def family(here: World, fatma: User) -> tuple[Conference, Question]:
    """The MDO of the parents; the son's question, which Fatma has."""
    theirs = make.question(here, "opgroeien", name="Riet")
    worker = make.intake_worker(here, "jeugd-punt", who=make.user("Omar Aziz"))
    pick_up.pick_up(question=theirs, by=worker, now=make.TUESDAY)
    conference = planning.propose(question=theirs, why="rust", by=worker, now=make.TUESDAY)
    his = make.question(here, "geld", name="Sem Jansen")
    pick_up.pick_up(question=his, by=fatma, now=make.TUESDAY)
    agenda_requests.ask(
        conference=conference,
        reference=his.reference,
        why="rust in huis",
        by=worker,
        now=make.TUESDAY,
    )
    return conference, his


def test_a_day_of_the_professional(
    here: World, sign_in: SignIn, address: Address, journey: Journey, fatma: User
) -> None:
    conference, his = family(here, fatma)
    colleague = make.professional(here, "stimenz", who=make.user("Yusuf Demir"))
    page = sign_in(fatma)

    # What is asked, and of which hat.
    page.goto(address("putten", "/werk/gevraagd/"))
    opened(page, "Van u gevraagd")
    expect(page.get_by_text(his.reference).first).to_be_visible()
    journey.check(page, "gevraagd")

    # The son said yes: his question comes on the agenda of his parents' MDO.
    page.goto(address("putten", reverse("case_conference", args=[his.pk])))
    expect(page.get_by_role("heading", name="Mag deze vraag mee in een MDO?")).to_be_visible()
    journey.check(page, "mag-mee")
    card = page.locator("section", has_text="Mag deze vraag mee in een MDO?").first
    card.get_by_label("Waarover gaat het gesprek?").fill("Rust in huis.")
    card.get_by_label("aan de telefoon").check()
    card.get_by_role("button", name="Zet op de agenda").click()
    said(page, "De vraag staat op de agenda.")
    journey.check(page, "mdo")
    assert conference.agenda.filter(question=his).exists()

    # Her week, and away next week: Yusuf has it.
    page.goto(address("putten", "/agenda/?beeld=week"))
    expect(page.locator("main")).to_be_visible()
    journey.check(page, "agenda")
    page.goto(address("putten", "/werk/afwezig/"))
    opened(page, "Afwezig melden")
    page.get_by_label("Tot en met").fill((make.TUESDAY.date() + timedelta(days=3)).isoformat())
    page.get_by_label("Wie vervangt u?").select_option(label="Yusuf Demir")
    page.get_by_role("button", name="Opslaan").click()
    said(page, "Yusuf Demir vervangt u.")
    journey.check(page, "afwezig")
    assert (
        availability.stand_in(
            user=fatma, partnership_id=here.partnership.pk, on=make.TUESDAY.date()
        )
        == colleague
    )
    theirs = sign_in(colleague)
    theirs.goto(address("putten", "/werk/?lijst=mijn"))
    expect(theirs.get_by_text("U vervangt Fatma de Boer")).to_be_visible()
    journey.check(theirs, "van-mij")
