"""An administrator, no developer, invites, gives a role, sees who has which, and ends one."""

from django.utils import timezone

from organisations.roles import proposals
from organisations.roles.models import Role
from tests.browser.conftest import Address, OpenPage, SignIn
from tests.browser.pages import Console, Journey
from tests.support import factories as make
from tests.support.factories import World
from welzijn.notifications.models import Message


def test_an_administrator_invites_gives_a_role_and_ends_it(
    here: World,
    sign_in: SignIn,
    address: Address,
    journey: Journey,
    open_page: OpenPage,
    console: Console,
) -> None:
    colleague = make.professional(here, "stimenz", who=make.user("Fatma de Boer"))
    boss = make.member(here, Role.ADMINISTRATOR, who=make.user("Kasia Willems"))
    page = sign_in(boss)
    page.goto(address("putten", "/beheer/"))
    page.get_by_role("rowheader", name="Fatma de Boer").wait_for()
    journey.check(page, "people")

    page.get_by_role("link", name="Rol erbij voor Fatma de Boer").click()
    page.get_by_label("Rol", exact=True).select_option("coordinator")
    page.get_by_label("Organisatie", exact=True).select_option(label="Stimenz")
    journey.check(page, "role")
    page.get_by_role("button", name="Geef deze rol").click()
    page.get_by_text("De rol is voorgesteld.").wait_for()
    assert colleague.memberships.filter(role=Role.COORDINATOR).count() == 0
    page.get_by_role("link", name="Voorstellen", exact=True).click()
    page.get_by_text("De contactpersoon kreeg een mail om te beslissen").wait_for()
    journey.check(page, "proposals")

    contact = open_page()
    path = Message.objects.get(template="role_proposed_contact").context["path"]
    contact.goto(address("putten", path))
    contact.get_by_label("Uw naam").fill("Hanna Vos")
    contact.get_by_label("Goedkeuren").check()
    journey.check(contact, "contact-person")
    contact.get_by_role("button", name="Verstuur mijn besluit").click()
    contact.get_by_text("De rol geldt vanaf nu.").wait_for()
    assert colleague.memberships.filter(role=Role.COORDINATOR).count() == 1

    coordinator = sign_in(make.coordinator(here, "jeugd-punt", who=make.user("Noor Bakker")))
    for name in ("Omar Haddad", "Sanne Peeters"):
        proposals.propose(
            candidate=proposals.Candidate(f"{name.split()[0].lower()}@jeugd-punt.example", name),
            partnership=here.partnership,
            organisation=here["jeugd-punt"],
            role=Role.PROFESSIONAL,
            reads_new=True,
            by=boss,
            now=timezone.now(),
        )
    coordinator.goto(address("putten", "/beheer/voorstellen/"))
    journey.check(coordinator, "approve")
    coordinator.get_by_role("button", name="Keur goed (rol voor Omar Haddad)").click()
    coordinator.get_by_text("De rol geldt vanaf nu. De privacy officer krijgt bericht.").wait_for()
    with console.expecting("403"):
        coordinator.goto(address("putten", "/beheer/"))
        coordinator.get_by_role("heading", name="Hier mag u niet bij").wait_for()
        journey.check(coordinator, "refused")
    page.goto(address("putten", "/beheer/"))

    stop = "Stop deze rol (coördinator van Fatma de Boer)"
    row = page.get_by_role("row").filter(has_text="Coördinator").filter(has_text="Fatma de Boer")
    row.locator("summary", has_text=stop).click()
    row.get_by_role("button", name="Ja, stop deze rol").click()
    shown = "De rol is gestopt: Fatma de Boer is geen coördinator meer bij Stimenz."
    page.get_by_text(shown).wait_for()
    assert page.locator("summary", has_text=stop).count() == 0

    page.get_by_role("link", name="Nodig een collega uit").click()
    page.get_by_label("Naam").fill("Rachid Amrani")
    page.get_by_label("E-mailadres").fill("rachid@voordeur.example")
    page.get_by_label("Organisatie", exact=True).select_option(label="Actief Putten")
    page.get_by_label("Rol", exact=True).select_option("professional")
    journey.check(page, "invite")
    page.get_by_role("button", name="Nodig uit").click()
    page.get_by_text("Een nieuw account krijgt een mail.").wait_for()
    page.get_by_role("rowheader", name="Rachid Amrani").wait_for()

    invited = open_page()
    path = Message.objects.filter(template="invitation").latest("created_at").context["path"]
    invited.goto(address("putten", path))
    journey.check(invited, "choose-a-password")
    invited.locator("input[name=new_password1]").fill(make.PASSWORD)
    invited.locator("input[name=new_password2]").fill(make.PASSWORD)
    invited.get_by_role("button", name="Opslaan en verder").click()
    invited.wait_for_url("**/accounts/2fa/**")
    journey.check(invited, "second-factor")
    page.goto(address("putten", "/beheer/dienst/"))
    journey.check(page, "duty")
    page.goto(address("putten", "/beheer/instellingen/"))
    journey.check(page, "settings")
