"""A refugee family (story 9) and violence at home (story 4), in a real browser.

Given a world like Putten: the parents asked about money, their son of 16 asked by himself.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from intake.questions.models import Question
from intake.submission.submit import Receipt
from organisations.roles.models import Membership, Role
from referrals.casework import pick_up
from referrals.conferences import invitations as conference_invitations
from referrals.conferences.models import AgendaItem, Conference
from referrals.external_handovers.models import OutsideHandover
from tests.browser.conftest import Address, Clock
from tests.browser.pages import Journey
from tests.browser.signing_in import through_the_demo
from tests.support import factories as make
from welzijn.accounts.models import User


class Family:
    """Parents at Stimenz, their son at Jeugd-Punt."""

    def __init__(self) -> None:
        now = timezone.now()
        self.here = make.world()
        self.worker = make.intake_worker(self.here, "stimenz", who=make.user("Fatma de Boer"))
        self.second = make.intake_worker(self.here, "stimenz", who=make.user("Joris Kuiper"))
        self.youth = make.intake_worker(self.here, "jeugd-punt", who=make.user("Sanne Visser"))
        self.parents = make.submitted(
            self.here, "geld", now=now, postcode="3881", name="Amal Haddad", words="huur te hoog"
        )
        self.son = make.submitted(
            self.here, "opgroeien", now=now, age_band="16-17", words="thuis is het druk"
        )
        self.question = Question.objects.get(pk=self.parents.question.pk)
        pick_up.pick_up(question=self.question, by=self.worker, now=now)
        pick_up.pick_up(
            question=Question.objects.get(pk=self.son.question.pk), by=self.youth, now=now
        )


@pytest.fixture
def family(live_server: Any, settings: Any) -> Family:
    """No second factor is asked, as in the demo; that is another test's subject."""
    settings.WELZIJN_DEMO = True
    return Family()


def sign_in(page: Page, address: Address, user: User, path: str) -> None:
    through_the_demo(page, address("putten", ""), user.name)
    page.goto(address("putten", path))


def enter(page: Page, address: Address, receipt: Receipt, path: str) -> None:
    page.goto(address("putten", "/volg/"))
    page.get_by_label("Uw kenmerk").fill(receipt.reference)
    page.get_by_label("Uw code").fill(receipt.code)
    page.get_by_role("button", name="Bekijk mijn vraag").click()
    page.wait_for_url("**/volg/vraag/")
    page.goto(address("putten", path))


def test_a_familys_mdo(
    clock: Clock, family: Family, page: Page, phone: Page, address: Address, journey: Journey
) -> None:
    # The son links the questions; his parents gave him the code.
    enter(phone, address, family.son, "/volg/vraag/gezin/")
    journey.check(phone, "son-family")
    phone.get_by_label("Kenmerk van de andere vraag").fill(family.parents.reference)
    phone.get_by_label("Code van de andere vraag").fill(family.parents.code)
    phone.get_by_role("button", name="Zet de vragen bij elkaar").click()
    expect(phone.locator("main")).to_contain_text("Je vraag hoort bij je gezin.")

    # Fatma proposes, chooses a day, invites Jeugd-Punt and hears the parents' yes.
    sign_in(page, address, family.worker, f"/vraagstuk/{family.question.pk}/mdo/")
    journey.check(page, "propose")
    page.get_by_label("Waarover gaat het gesprek?").fill("Hoe krijgt u rust over de huur?")
    page.get_by_role("button", name="Stel voor").click()
    page.get_by_role("link", name="Kies een dag").click()
    page.get_by_label("Dag").fill((timezone.localdate() + timedelta(days=7)).isoformat())
    page.get_by_label("Van").fill("10:00")
    page.get_by_label("Tot").fill("11:00")
    page.get_by_label("Waar").fill("Het Trefpunt")
    journey.check(page, "time")
    page.get_by_role("button", name="Leg vast en nodig uit").click()
    conference = Conference.objects.get()
    conference_invitations.invite(
        conference=conference,
        member=Membership.objects.get(user=family.youth),
        by=family.worker,
        now=timezone.now(),
    )
    page.goto(address("putten", f"/mdo/{conference.pk}/nodig-uit/"))
    journey.check(page, "invite")
    page.goto(address("putten", f"/mdo/{conference.pk}/"))
    expect(page.locator("main")).to_contain_text("Leest nog niets: Jeugd-Punt")
    journey.check(page, "mdo-of-the-lead")

    # Invited is not informed.
    sign_in(page, address, family.youth, f"/mdo/{conference.pk}/")
    expect(page.locator("main")).to_contain_text("Van de vraag ziet u niets")
    expect(page.locator("main")).not_to_contain_text(family.parents.reference)
    journey.check(page, "mdo-without-a-basis")

    sign_in(page, address, family.worker, f"/mdo/{conference.pk}/")
    page.get_by_role("link", name="Toestemming vastleggen").click()
    page.get_by_label("Jeugd-Punt").check()
    page.get_by_label("aan de telefoon").check()
    page.get_by_role("button", name="Toestemming vastleggen").click()
    # Somebody from outside sees a day and a place; it is reported once it has begun.
    outside = conference_invitations.invite_outside(
        conference=conference,
        name="Dokter Vos",
        works_at="Huisartsen Dorp",
        email="vos@voordeur.example",
        by=family.worker,
        now=timezone.now(),
    )
    page.context.clear_cookies()
    page.goto(address("putten", f"/mdo/uitnodiging/{outside.token}/"))
    journey.check(page, "outside")
    page.get_by_role("button", name="Ik kom").click()
    expect(page.locator("main")).to_contain_text("U heeft gezegd dat u komt.")
    conference.refresh_from_db()
    assert conference.starts_at is not None
    clock(conference.starts_at)
    sign_in(page, address, family.worker, f"/mdo/{conference.pk}/")
    page.get_by_role("link", name="Schrijf plan, verslag en acties").click()
    page.get_by_label("Wat wil je?").fill("Rust in huis.")
    page.get_by_label("Het plan, in de woorden van de inwoner").fill("Wij bellen samen.")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Verslag").fill("Besproken: de huur.")
    journey.check(page, "plan-and-minutes")
    page.get_by_role("button", name="Bewaar").click()
    page.locator("main").get_by_text("Besproken: de huur.").first.wait_for()
    journey.check(page, "mdo-with-plan")
    page.goto(address("putten", "/mdo/"))
    journey.check(page, "list")
    page.goto(address("putten", f"/vraagstuk/{family.question.pk}/gezin/"))
    journey.check(page, "family-of-a-worker")
    page.goto(address("putten", f"/vraagstuk/{family.question.pk}/"))
    journey.check(page, "case")

    # The parents read their plan; the son does not, and they read nothing of his.
    enter(page, address, family.parents, "/volg/vraag/mdo/")
    expect(page.locator("main")).to_contain_text("Is dit de beste oplossing?")
    journey.check(page, "parents-plan")
    phone.goto(address("putten", "/volg/vraag/mdo/"))
    expect(phone.locator("main")).not_to_contain_text("Wij bellen samen.")
    journey.check(phone, "son-asks")
    assert AgendaItem.objects.count() == 1


def test_a_report_and_a_doctor(
    family: Family, page: Page, phone: Page, address: Address, journey: Journey
) -> None:
    # The Meldcode: a step, then a report that is out of sight at once.
    sign_in(page, address, family.worker, f"/vraagstuk/{family.question.pk}/meldcode/")
    journey.check(page, "meldcode")
    page.get_by_role("link", name="Leg stap 1 vast").click()
    page.get_by_label("gedaan", exact=True).check()
    page.get_by_label("Wat zag of deed u?").fill("Een blauwe plek gezien.")
    page.get_by_role("button", name="Leg vast").click()
    page.get_by_role("link", name="Leg stap 5 vast").click()
    page.get_by_label("gemeld bij Veilig Thuis").check()
    page.get_by_label("Wat zag of deed u?").fill("Gebeld met Veilig Thuis.")
    page.get_by_label("aan de telefoon").check()
    page.get_by_label("acuut gevaar").check()
    page.get_by_label("Waarom meldt u?").fill("Er is gevaar voor de kinderen.")
    journey.check(page, "report")
    page.get_by_role("button", name="Leg vast").click()
    page.locator("main").get_by_text("Er is gevaar voor de kinderen.").first.wait_for()
    journey.check(page, "meldcode-reported")

    # A doctor without an account: the link by mail, the code by phone.
    page.goto(address("putten", f"/vraagstuk/{family.question.pk}/buiten/"))
    page.get_by_label("Wie vraagt u?").fill("Huisartsen Dorp")
    page.get_by_label("E-mailadres").fill("praktijk@voordeur.example")
    page.get_by_label("Waarom zij?").fill("Zij weten meer van slapen.")
    page.get_by_label("Wat moeten zij weten?").fill("Een vrouw slaapt slecht door zorgen.")
    page.get_by_label("aan de telefoon").check()
    journey.check(page, "ask-outside")
    page.get_by_role("button", name="Vraag om hulp").click()
    code = page.locator("main .utrecht-alert .vd-reference").inner_text()
    journey.check(page, "the-code")
    offered = OutsideHandover.objects.get()
    phone.goto(address("putten", f"/overdracht/{offered.token}/"))
    journey.check(phone, "partner-code")
    phone.get_by_label("Uw code").fill(code)
    phone.get_by_role("button", name="Lees de vraag").click()
    expect(phone.locator("main")).to_contain_text("Een vrouw slaapt slecht door zorgen.")
    expect(phone.locator("main")).not_to_contain_text("Haddad")
    journey.check(phone, "partner-summary")
    phone.get_by_label("Ja", exact=True).check()
    phone.get_by_label("Uw antwoord").fill("Donderdag kan.")
    phone.get_by_role("button", name="Verstuur mijn antwoord").click()
    phone.get_by_role("button", name="Verstuur mijn antwoord").wait_for(state="detached")
    journey.check(phone, "partner-done")

    enter(page, address, family.parents, "/volg/vraag/")
    expect(page.locator("main")).to_contain_text("Huisartsen Dorp wil u helpen.")
    expect(page.locator("main")).not_to_contain_text("Veilig Thuis")
    page.goto(address("putten", "/volg/vraag/buiten/"))
    journey.check(page, "resident-outside")


def test_an_entry_stays_out_of_sight_by_two_people(
    family: Family, page: Page, address: Address, journey: Journey
) -> None:
    sign_in(page, address, family.worker, f"/vraagstuk/{family.question.pk}/")
    page.get_by_role("link", name="Regel in het inzageoverzicht afschermen").click()
    page.locator("input[name=event]").first.check()
    page.get_by_label("Waarom is het gevaarlijk").fill("Haar man heeft de code.")
    journey.check(page, "ask-to-withhold")
    page.get_by_role("button", name="Vraag om afschermen").click()
    expect(page.locator("main")).to_contain_text("wacht op goedkeuring")
    sign_in(page, address, family.second, f"/vraagstuk/{family.question.pk}/afschermen/")
    page.get_by_role("link", name="Bekijk en beslis").click()
    page.get_by_role("button", name="Keur goed").wait_for()
    journey.check(page, "decide")
    page.get_by_role("button", name="Keur goed").click()
    expect(page.locator("main")).to_contain_text("Deze regel is afgeschermd.")
    enter(page, address, family.parents, "/volg/vraag/")
    expect(page.locator("main")).not_to_contain_text("heeft uw vraag gelezen")
    assert Role.COORDINATOR not in {m.role for m in family.second.memberships.all()}
