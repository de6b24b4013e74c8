"""Every page of the administrator is walked once: axe, 360 and 1280 px wide, nothing sticks out."""

from datetime import timedelta

from django.utils import timezone

from organisations.roles.models import Role
from tests.browser.conftest import Address, SignIn
from tests.browser.pages import Journey
from tests.support import factories as make
from tests.support.factories import World

PAGES = (
    "/beheer/",
    "/beheer/nodig-uit/?role=team_member",
    "/beheer/nodig-uit/velen/",
    "/beheer/mensen/",
    "/beheer/voorstellen/",
    "/beheer/verzoeken/",
    "/beheer/inloggen/",
    "/beheer/dienst/",
    "/beheer/vastgelopen/",
    "/beheer/instellingen/",
    "/aanbod/bijhouden/",
    "/aanbod/inladen/",
    "/aanbod/overzicht/",
    "/samenwerken/",
    "/samenwerken/werkwijze/",
    "/samenwerken/succes/",
    "/samenwerken/afspraken/",
    "/samenwerken/taken/",
    "/samenwerken/acties/",
    "/samenwerken/groepswerk/",
    "/leersessies/geweest/",
)


def test_every_page_of_the_administrator_fits_and_passes_axe(
    here: World, sign_in: SignIn, address: Address, journey: Journey
) -> None:
    boss = make.member(here, Role.ADMINISTRATOR, who=make.user("Kasia Willems"))
    make.coordinator(here, who=boss)
    make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=here.places["dorp"])
    now = timezone.now()
    hour = timedelta(hours=1)
    make.duty(here, make.triagist(here, who=make.user("Fatma de Boer")), now - hour, now + hour)
    service = make.service(here, "stimenz", "geld")
    facts = {"by": boss, "at": now}
    here.partnership.wayofworkings.create(text="Eerst samen kijken.", **facts)
    here.partnership.sharedsuccesss.create(title="De moestuin", text="Iedereen hielp.", **facts)
    here.partnership.jointactions.create(
        what="Overleg plannen", organisation=here["actief"], due_on=now.date(), **facts
    )
    here.partnership.offeragreements.create(
        life_domain=here.domains["geld"], layer=3, text="Samen doen.", agreed=True, **facts
    )
    here.partnership.movabletasks.create(
        service=service, what="Formulieren invullen", since=now.date(), **facts
    )
    here.partnership.collectiveworks.create(
        organisation=here["stimenz"],
        life_domain=here.domains["geld"],
        day=now.date(),
        what="Koffieochtend",
        people=14,
        **facts,
    )
    page = sign_in(boss)
    for path in PAGES:
        page.goto(address("putten", path))
        page.locator("h1").wait_for()
        journey.check(page, path.strip("/").split("?")[0].replace("/", "-"))
