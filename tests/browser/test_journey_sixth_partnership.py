"""A sixth partnership, from `start_partnership` to a resident's question, wholly in the browser.

The administrator is no developer and sees no file: three organisations, two districts, eight
services, six rules, four people. First they practise; what they practised is gone when the door
opens.
"""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, Response, expect

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from tests.browser.conftest import Address, Clock, OpenPage, SignIn
from tests.browser.pages import Console, Journey, press
from tests.browser.signing_in import with_session
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.notifications.models import Message, Status

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
    ("Opgroeien", "life_domains_any", "opgroeien", "organisation:jongerenhuis", ""),
    ("Meedoen", "life_domains_any", "meedoen", "organisation:welzijn-zesde", ""),
    ("Jong", "age_bands", "12-15", "organisation:jongerenhuis", ""),
    ("Noord", "neighbourhoods", "noord", "organisation:welzijn-zesde", ""),
    ("Zuid", "neighbourhoods", "zuid", "organisation:de-schakel", ""),
)


@pytest.fixture
def begun(transactional_db: None, settings: Any, clock: Clock) -> Iterator[User]:
    """What an operator does: one command. Its first administrator has chosen a password."""
    settings.WELZIJN_DEMO = True  # no second factor
    make.fresh_front_doors()
    call_command(
        "start_partnership",
        "zesde",
        naam="Samen Zesde",
        adres="zesde.voordeur.example",
        gemeente=["GM0273", "Putten"],
        organisatie=ORGANISATIONS[0],
        telefoon="0341 357 001",
        beheerder="kasia@zesde.example",
        stdout=io.StringIO(),
    )
    yield with_password("kasia@zesde.example")
    make.fresh_front_doors()


@pytest.fixture
def enter(open_page: OpenPage, address: Address) -> SignIn:
    """Opens a page of their own for somebody who is signed in at the sixth partnership."""

    def of(user: User) -> Page:
        page = open_page()
        with_session(page, user, address("zesde", "/"))
        return page

    return of


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


def test_a_sixth_partnership_is_set_up_practised_and_opened(
    begun: User,
    enter: SignIn,
    open_page: OpenPage,
    address: Address,
    journey: Journey,
    console: Console,
) -> None:
    boss = Administrator(enter(begun), address)
    page = boss.page
    boss.open("/beheer/beginnen/")
    page.get_by_text("Nog 4 stappen tot de voordeur open kan.").wait_for()
    journey.check(page, "nothing-yet")
    _who_is_responsible(boss)
    _who_and_what(boss)
    coordinator = enter(with_password("coordinator@welzijn-zesde.example"))
    _colleagues(boss, coordinator, address)
    boss.open("/beheer/beginnen/")
    page.get_by_text("Alles is er. De voordeur kan open.").wait_for()
    _rules(enter, address, journey)
    boss.open("/beheer/beginnen/")
    journey.check(page, "all-there")
    _practise(boss, journey, open_page(phone=True), address, console)
    _pick_up(enter(User.objects.get(email="coordinator@de-schakel.example")), address, journey)
    _open(boss, journey)

    phone = open_page(phone=True)
    _ask(phone, address, "Ik kan de huur niet betalen")
    question = Question.objects.get()
    assert question.lead.slug == "de-schakel"
    assert question.partnership.slug == "zesde"
    expect(phone.locator("main")).to_contain_text("De Schakel")
    assert "Dit is een oefening" not in phone.content()
    journey.check(phone, "done")
    news = Message.objects.filter(about_id=question.pk)
    assert not news.filter(status=Status.REHEARSED).exists()
    assert boss.pages < 60


def _who_is_responsible(boss: Administrator) -> None:
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


def _who_and_what(boss: Administrator) -> None:
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


def _colleagues(boss: Administrator, approver: Page, address: Address) -> None:
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


def _rules(enter: SignIn, address: Address, journey: Journey) -> None:
    slugs = ("welzijn-zesde", "de-schakel", "jongerenhuis")
    page = enter(with_password(f"coordinator@{slugs[0]}.example"))
    page.goto(address("zesde", "/verdeelregels/"))
    page.get_by_role("button", name="Wijzig in een concept").click()
    page.get_by_role("heading", name="Concept voor versie 1").wait_for()
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
        page.get_by_role("heading", name="Concept voor versie 1").wait_for()
    journey.check(page, "six-rules")
    why = "Zo verdelen wij de vragen vanaf het begin."
    publish = page.get_by_role("button", name="Publiceer: laat deze regels gelden")
    page.get_by_label("Waarom veranderen de regels?").fill(why)
    publish.click()
    page.get_by_text("Gevraagd aan wie er vragen bij krijgt of kwijtraakt.").wait_for()
    for slug in slugs:
        other = enter(with_password(f"coordinator@{slug}.example"))
        other.goto(address("zesde", "/verdeelregels/concept/"))
        yes = other.get_by_role("button", name="Ja, wij zijn het ermee eens")
        if yes.count():
            yes.click()
            other.get_by_text("Uw antwoord staat erbij.").wait_for()
    page.goto(address("zesde", "/verdeelregels/concept/"))
    page.get_by_text("Er is genoeg ja.").wait_for()
    page.get_by_label("Waarom veranderen de regels?").fill(why)
    publish.click()
    page.get_by_text("Versie 1 geldt sinds 24 november 2026.").wait_for()


def _practise(
    boss: Administrator, journey: Journey, stranger: Page, address: Address, console: Console
) -> None:
    page = boss.page
    page.get_by_role("button", name="Begin met oefenen").click()
    page.get_by_text("De oefening is begonnen.").wait_for()
    journey.check(page, "rehearsing")
    _ask(page, address, "brief van het energiebedrijf snap er niks van")
    page.get_by_text("Dit is een oefening.").wait_for()
    expect(page.locator("main")).to_contain_text("De Schakel")
    journey.check(page, "practised")
    with console.expecting("503"):
        stranger.goto(address("zesde", "/"))
        stranger.get_by_role("heading", name="Deze voordeur is nog niet open").wait_for()


def _ask(page: Page, address: Address, words: str) -> None:
    """Ask a question as a resident, about money, in the north."""
    page.goto(address("zesde", "/vraag/"))
    press(page, "Begin")
    page.get_by_label("Vertel het in uw eigen woorden").fill(words)
    press(page)
    page.get_by_label("Over mijzelf").check()
    press(page)
    page.get_by_label("Geld", exact=True).check()
    press(page)
    page.get_by_label("Wat is uw postcode?").fill("3881")
    press(page)
    page.get_by_label("Liever niet. Ik kijk zelf met mijn code").check()
    press(page)
    press(page)
    page.get_by_label("Ja, dat mag").check()
    press(page, "Verstuur mijn vraag")
    page.get_by_role("heading", name="Gelukt").wait_for()


def _pick_up(page: Page, address: Address, journey: Journey) -> None:
    question = Question.objects.get()
    assert question.lead.slug == "de-schakel"
    page.goto(address("zesde", "/werk/"))
    page.get_by_text("Dit is een oefening.").wait_for()
    page.get_by_text(question.reference).first.wait_for()
    journey.check(page, "work-list")
    sent = Message.objects.filter(about_id=question.pk, status=Status.SENT)
    assert not sent.exists()


def _open(boss: Administrator, journey: Journey) -> None:
    page = boss.page
    boss.open("/beheer/beginnen/")
    page.get_by_role("link", name="Naar Open voor inwoners").click()
    page.get_by_label("Open voor inwoners").check()
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_text("Alles uit de oefening wordt gewist: 1 vraag.").wait_for()
    journey.check(page, "before-opening")
    page.get_by_role("button", name="Toch opslaan").click()
    page.get_by_text("Opgeslagen. Inwoners en collega's zien het meteen.").wait_for()
    boss.pages += 3
    assert not Question.objects.exists()
    here = Partnership.objects.get(slug="zesde")
    assert here.live
    assert here.rehearsing_since is None
