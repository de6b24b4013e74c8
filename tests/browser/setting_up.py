"""Steps of an administrator and coordinators who set a partnership up in the browser."""

from playwright.sync_api import Page, Response

from organisations.roles.models import Membership, Role
from tests.browser.conftest import Address, SignIn
from tests.browser.pages import Journey
from tests.support import factories as make
from welzijn.accounts.models import User

SETTINGS = "/beheer/instellingen/"
ORGANISATIONS = ("Welzijn Zesde", "De Schakel", "Jongerenhuis")
DOMAINS = ("Geld", "Opgroeien", "Meedoen")
# Name, organisation, life domain.
SERVICES = (
    ("Formulierenhulp", "de-schakel", "geld"),
    ("Budgetmaatje", "de-schakel", "geld"),
    ("Huiswerkklas", "jongerenhuis", "opgroeien"),
    ("Jongerencoach", "jongerenhuis", "opgroeien"),
    ("Opvoedspreekuur", "jongerenhuis", "opgroeien"),
    ("Koffieochtend", "welzijn-zesde", "meedoen"),
    ("Vrijwilligerspunt", "welzijn-zesde", "meedoen"),
    ("Buurtmaatje", "welzijn-zesde", "meedoen"),
)
# Name, kind of condition, value, target, reason.
RULES = (
    ("Geld", "life_domains_any", "geld", "organisation:de-schakel", "het over geld gaat"),
    (
        "Opgroeien",
        "life_domains_any",
        "opgroeien",
        "organisation:jongerenhuis",
        "het over opgroeien gaat",
    ),
    ("Meedoen", "life_domains_any", "meedoen", "organisation:welzijn-zesde", "u mee wilt doen"),
    ("Jong", "age_band", "12-15", "organisation:jongerenhuis", "u jong bent"),
    ("Noord", "neighbourhood", "noord", "organisation:welzijn-zesde", "u in Noord woont"),
    ("Zuid", "neighbourhood", "zuid", "organisation:de-schakel", "u in Zuid woont"),
)


def with_password(email: str) -> User:
    """Somebody who followed their invitation."""
    user = User.objects.get(email=email)
    user.set_password(make.PASSWORD)
    user.save()
    return user


class Administrator:
    """Somebody with a browser who sets a partnership up; counts the pages that it takes."""

    def __init__(self, page: Page, address: Address) -> None:
        self.page, self._address, self.pages = page, address, 0

    def open(self, path: str) -> None:
        self.page.goto(self._address("zesde", path))
        self.pages += 1

    def save(self, path: str, **fields: str) -> None:
        """Fill the form of a section by the names of its fields, and save it."""
        self.open(f"{SETTINGS}{path}")
        for name, value in fields.items():
            field = self.page.locator(f"[name='{name}']")
            if field.count() > 1:  # a list of choices
                for chosen in value.split():
                    self.page.locator(f"[name='{name}'][value='{chosen}']").check()
            elif field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        self.send("Opslaan")
        self.page.get_by_text("Opgeslagen. Inwoners en collega's zien het meteen.").wait_for()

    def send(self, button: str) -> None:
        """Press a button; fail with what the page says where it is refused."""
        path = self.page.url

        def of_form(answer: Response) -> bool:
            return answer.request.method == "POST" and answer.request.is_navigation_request()

        with self.page.expect_response(of_form) as sent:
            self.page.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_load_state()
        assert sent.value.status == 302, f"{path}: {self.page.inner_text('main')}"
        self.pages += 1


def say_who_is_responsible(boss: Administrator) -> None:
    boss.save(
        "verantwoordelijk/",
        contactpunt="privacy@zesde.example",
        fg="fg@zesde.example",
        dpia="2026-11-02",
        grondslag="Wij helpen u omdat u daarom vraagt.",
    )
    days = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
    boss.save("leestijden/", **dict.fromkeys(days, "09:00-17:00"))
    boss.save(
        "bewaartermijnen/",
        advies="0",
        welzijn="2",
        wmo="15",
        schulden="5",
        jeugdhulp="20",
        inzagelog="5",
    )


def describe_who_and_what(boss: Administrator) -> None:
    boss.save(
        "organisaties/rij/welzijn-zesde/",
        coordinator="Noor Bakker",
        coordinator_email="coordinator@welzijn-zesde.example",
    )
    for name in ORGANISATIONS[1:]:
        slug = name.lower().replace(" ", "-")
        boss.save(
            "organisaties/nieuw/",
            naam=name,
            sinds="2026-01-01",
            coordinator=f"Coördinator van {name}",
            coordinator_email=f"coordinator@{slug}.example",
        )
    boss.save("wijken/rij/putten/", naam="Centrum", postcodes="3880")
    boss.save("wijken/nieuw/", naam="Noord", gemeente="GM0273", postcodes="3881")
    boss.save("wijken/nieuw/", naam="Zuid", gemeente="GM0273", postcodes="3882")
    for name in DOMAINS:
        boss.save("leefgebieden/nieuw/", naam=name)
    for name, organisation, domain in SERVICES:
        boss.save(
            "aanbod/nieuw/",
            naam=name,
            organisatie=organisation,
            laag="3",
            leefgebieden=domain,
        )
    boss.save("teksten/", welkom="Waar kunnen we u mee helpen?")


def invite_colleague(boss: Administrator, approver: Page, address: Address) -> None:
    boss.open("/beheer/nodig-uit/")
    page = boss.page
    page.get_by_label("Naam", exact=True).fill("Omar Haddad")
    page.get_by_label("E-mailadres").fill("omar@zesde.example")
    page.get_by_label("Rol", exact=True).select_option("front_desk")
    page.get_by_label("Organisatie", exact=True).select_option(label="Welzijn Zesde")
    boss.send("Nodig uit")
    page.get_by_text("De rol is voorgesteld.").wait_for()
    # The desk takes two people: the coordinator of that organisation says yes.
    approver.goto(address("zesde", "/beheer/voorstellen/"))
    approver.get_by_role("button", name="Keur goed (rol voor Omar Haddad)").click()
    approver.get_by_text("De rol geldt vanaf nu.").wait_for()
    here = Membership.objects.filter(partnership__slug="zesde")
    assert here.filter(role=Role.COORDINATOR).count() == 3
    assert here.values("user").distinct().count() == 5


def write_rules(enter: SignIn, address: Address, journey: Journey) -> None:
    slugs = ("welzijn-zesde", "de-schakel", "jongerenhuis")
    page = enter(with_password(f"coordinator@{slugs[0]}.example"))
    page.goto(address("zesde", "/verdeelregels/"))
    page.get_by_role("button", name="Wijzig in een concept").click()
    page.get_by_role("heading", name="Concept voor versie").wait_for()
    for name, kind, value, target, reason in RULES:
        page.get_by_role("link", name="Nieuwe regel").first.click()
        page.get_by_label("Naam van de regel").fill(name)
        with page.expect_response("**/concept/regel/"):
            page.get_by_label("Voorwaarde 2").select_option(kind)
        page.locator(f"[name='r1-values'][value='{value}']").check()
        page.get_by_label("Wie pakt het op?").select_option(target)
        if reason:
            page.get_by_label("Reden voor de inwoner").fill(reason)
        page.get_by_role("button", name="Bewaar in het concept").click()
        page.get_by_role("heading", name="Concept voor versie").wait_for()
    journey.check(page, "six-rules")
    why = "Zo verdelen wij de vragen vanaf het begin."
    publish = page.get_by_role("button", name="Publiceer: laat deze regels gelden")
    page.get_by_label("Waarom veranderen de regels?").fill(why)
    publish.click()
    page.get_by_text("Gevraagd aan wie er vragen bij krijgt of kwijtraakt.").wait_for()
    for slug in slugs[1:]:
        other = enter(with_password(f"coordinator@{slug}.example"))
        other.goto(address("zesde", "/verdeelregels/concept/"))
        yes = other.get_by_role("button", name="Ja, wij zijn het ermee eens")
        yes.click()
        other.get_by_text("Uw antwoord staat erbij.").wait_for()
    page.goto(address("zesde", "/verdeelregels/concept/"))
    page.get_by_text("Genoeg organisaties zeiden ja. U kunt nu publiceren.").wait_for()
    page.get_by_label("Waarom veranderen de regels?").fill(why)
    publish.click()
    page.get_by_text("geldt sinds 24 november 2026.").wait_for()
