"""The offer as residents find it, as staff weigh it, and as other systems read it."""

import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils import translation

from organisations.directory.models import Service
from organisations.front_door import configuration as front_door
from organisations.front_door.configuration import FrontDoor
from organisations.partnership_file.loading import load
from organisations.partnership_file.reading import read_file
from organisations.partnerships.models import Partnership
from organisations.partnerships.translations import translate
from organisations.roles.models import Role
from organisations.services import catalogue
from organisations.services.glossary import terms_in
from tests.support.factories import user
from tests.support.html import squeezed

FOLDER = Path(django_settings.BASE_DIR) / "organisations" / "partnerships"
ON = date(2026, 11, 24)

pytestmark = pytest.mark.django_db


def opened(slug: str) -> Partnership:
    path = FOLDER / f"{slug}.toml"
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    return load(file=read_file(path), source=path.name, now=now).partnership


@pytest.fixture
def putten() -> Partnership:
    return opened("putten")


@pytest.fixture
def door(putten) -> FrontDoor:
    return front_door.of(putten)


def found(door: FrontDoor, words: str) -> list[str]:
    return [
        service.slug for service in catalogue.search(catalogue.available_services(door, ON), words)
    ]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("deurwaarder aan de deur", "schuldhulp"),
        ("ik wil samen wandelen", "wandelgroep"),
        ("mijn man heeft dementie en ik ben op", "mantelzorgsteun"),
        ("wie rijdt mij naar het ziekenhuis", "plusbus"),
        ("NEDERLANDS LEREN", "taalhuis"),
        ("warme maaltijd", "maaltijden"),
        ("bang om te vallen", "sterk-op-de-been"),
    ],
)
def test_words_of_residents_find_the_right_offer_first(door, words, first):
    assert found(door, words)[0] == first


@pytest.mark.parametrize(
    ("words", "among"),
    [
        ("deurwaader", "schuldhulp"),
        ("vrijwiliger", "vrijwilligerspunt"),
        ("eenzaamheid", "maatje"),
        ("geldcafe", "geldcafe"),
        ("administratei", "thuisadministratie"),
    ],
)
def test_misspelt_and_bent_words_find_it_too(door, words, among):
    assert among in found(door, words)


@pytest.mark.parametrize("words", ["", "  ", "de het een", "xqzwv", "' OR 1=1 --", "&|!():*<->"])
def test_words_that_say_nothing_find_nothing(door, words):
    assert found(door, words) == []


def test_what_has_ended_or_has_not_begun_is_not_offered(putten):
    Service.objects.filter(slug="plusbus").update(until=date(2020, 1, 1))
    Service.objects.filter(slug="maatje").update(since=date(2999, 1, 1))
    putten.refresh_from_db()
    shown = {s.slug for s in catalogue.available_services(front_door.of(putten), ON)}
    assert not shown & {"plusbus", "maatje"}


def test_an_organisation_that_left_takes_its_offer_along(putten):
    putten.participations.filter(organisation__slug="actief-putten").update(until=date(2026, 11, 1))
    putten.refresh_from_db()
    shown = {s.organisation.slug for s in catalogue.available_services(front_door.of(putten), ON)}
    assert "actief-putten" not in shown


def test_the_overview_names_gaps_and_overlap(door):
    rows = {
        row.domain.slug: row
        for row in catalogue.overview(door, catalogue.available_services(door, ON))
    }
    assert rows["veiligheid"].nothing
    assert rows["wonen"].nothing_light
    assert not rows["geld"].nothing_light
    pairs = {frozenset((one.slug, other.slug)) for one, other in rows["contact"].overlaps}
    assert frozenset(("wandelgroep", "maatje")) in pairs
    assert frozenset(("sportcoach", "wandelgroep")) not in pairs, "one organisation's own"
    assert frozenset(("jongereninloop", "wandelgroep")) not in pairs, "other ages"


HOST = {"headers": {"host": "putten.localhost"}}


def test_anybody_sees_life_domains_and_no_title_says_what_they_looked_at(client, putten):
    page = client.get("/aanbod/", **HOST)
    assert page.status_code == 200
    assert "Zorgen voor een ander" in page.content.decode()
    for url in (
        reverse("services_domain", args=["geld"]),
        reverse("service", args=["schuldhulp"]),
    ):
        html = client.get(url, **HOST).content.decode()
        title = html.partition("<title>")[2].partition("</title>")[0].lower()
        assert not {"geld", "schulden", "stimenz"} & set(title.split())


def test_words_are_sent_by_post_and_stay_out_of_the_address_and_the_cache(client, putten):
    page = client.post("/aanbod/", {"words": "deurwaarder"}, **HOST)
    assert page.status_code == 200
    assert "Hulp bij schulden" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert "deurwaarder" not in client.get(
        "/aanbod/?words=deurwaarder", **HOST
    ).content.decode().replace("Bijvoorbeeld: eten, deurwaarder, alleen.", "")


@pytest.mark.parametrize("words", ["", "a%00b", "x" * 301])
def test_wrong_words_get_a_sentence_at_the_field(client, putten, words):
    page = client.post(
        "/aanbod/", f"words={words}", content_type="application/x-www-form-urlencoded", **HOST
    )
    assert page.status_code == 400
    assert "id_words" in page.content.decode()


@pytest.mark.parametrize(
    ("words", "shown"), [("mijn man slaat mij", True), ("ik wil dood", True), ("koffie", False)]
)
def test_words_that_may_mean_danger_bring_the_numbers_forward(client, putten, words, shown):
    html = client.post("/aanbod/", {"words": words}, **HOST).content.decode()
    assert ("Is het niet veilig, of ziet u het niet meer zitten?" in html) is shown


def test_a_wait_is_said_plainly(client, putten):
    html = client.get(reverse("service", args=["maatje"]), **HOST).content.decode()
    assert "U wacht nu ongeveer 4 weken." in html
    assert "18 jaar en ouder" in html


def test_agreed_words_are_explained_where_they_are_used(client):
    partnership = opened("landerd")
    assert [t.term for t in terms_in(partnership, "Bel de Dorpsondersteuner. Of niet.")] == [
        "dorpsondersteuner"
    ]
    assert terms_in(partnership, "vangnetwerk") == []
    host = {"headers": {"host": "landerd.localhost"}}
    html = client.get(reverse("service", args=["dorpsondersteuner"]), **host).content.decode()
    assert "die de weg weet, met u meedenkt" in html
    assert "dorpsondersteuner" in client.get(reverse("glossary"), **host).content.decode()


@pytest.mark.parametrize(
    "path", ["/aanbod/leefgebied/niets/", "/aanbod/kijk/niets/", "/aanbod/woorden/"]
)
def test_what_is_not_there_is_404(client, putten, path):
    assert client.get(path, **HOST).status_code == 404


def test_the_bare_host_and_a_closed_partnership_show_nothing(client, putten):
    assert client.get("/aanbod/", headers={"host": "localhost"}).status_code == 404
    Partnership.objects.update(live=False)
    assert client.get("/aanbod/", **HOST).status_code == 404


def test_staff_see_layer_room_and_the_way_to_gaps(client, putten, settings):
    settings.WELZIJN_DEMO = True  # no second factor
    somebody = user("Fatma")
    putten.memberships.create(
        user=somebody,
        organisation=putten.triage_team.organisation,
        role=Role.PROFESSIONAL,
        since=date(2022, 1, 1),
    )
    client.force_login(somebody, backend="allauth.account.auth_backends.AuthenticationBackend")
    html = client.get("/aanbod/?leefgebied=contact&laag=2", **HOST).content.decode()
    assert "wachtlijst" in html
    assert "4 weken wachten" in html
    assert "Hulp bij schulden" not in html
    overview = client.get(reverse("services_overview"), **HOST)
    assert overview.status_code == 200
    assert "Niets dichtbij" in overview.content.decode()


def test_residents_do_not_see_the_overview(client, putten):
    assert client.get(reverse("services_overview"), **HOST).status_code in {302, 403}


def test_one_common_word_does_not_bring_in_everything(door):
    assert found(door, "deurwaader aan de deur")[0] == "schuldhulp"
    assert "sportcoach" not in found(door, "deurwaader aan de deur")
    assert len(found(door, "geld werk school vrienden eten vervoer sport buren")) <= 8


def in_english(client, path: str) -> str:
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.get(path, **HOST).content.decode()


def test_who_reads_english_reads_what_a_service_is_in_english_and_its_name_as_it_is(client, putten):
    whole = in_english(client, "/aanbod/kijk/schuldhulp/")
    assert '<h1 lang="nl">Hulp bij schulden</h1>' in whole
    assert "One person makes a plan with you and stays with you." in whole
    assert "Een vaste hulpverlener" not in whole
    assert "is in Dutch" not in whole
    listed = in_english(client, "/aanbod/leefgebied/geld/")
    assert "<h1>Money</h1>" in squeezed(listed)
    assert "Every Tuesday morning." in listed
    assert "is in Dutch" not in listed


def test_what_has_no_english_stays_dutch_and_says_so(client, putten):
    Service.objects.filter(slug="schuldhulp").update(description="Wij maken een <plan> met u.")
    for path in ("/aanbod/kijk/schuldhulp/", "/aanbod/leefgebied/geld/"):
        page = in_english(client, path)
        assert re.search(r'<p[^>]* lang="nl">Wij maken een &lt;plan&gt; met u.</p>', squeezed(page))
        assert "Some of this text is in Dutch." in page
    client.cookies.clear()
    dutch = client.get("/aanbod/kijk/schuldhulp/", **HOST).content.decode()
    assert "Wij maken een &lt;plan&gt;" in dutch
    assert "in het Nederlands" not in dutch


def test_every_service_and_agreed_word_of_the_five_has_its_english():
    said = {
        text.strip()
        for path in FOLDER.glob("*.toml")
        for file in [tomllib.loads(path.read_text())]
        for text in (
            *(service.get("omschrijving", "") for service in file["aanbod"]),
            *(term["betekenis"] for term in file.get("woordenlijst", [])),
        )
    }
    with translation.override("en"):
        assert sorted(text for text in said if translate(text).lang) == []


def test_the_pages_are_complete_in_english():
    folder = Path(django_settings.BASE_DIR) / "templates" / "organisations"
    texts = [
        path.read_text()
        for part in ("services", "learning")
        for path in (folder / part).glob("*.html")
    ]
    sentences = {
        sentence
        for text in texts
        for sentence in re.findall(r"""(?:translate|\b_\()\s*["']([^"']+)["']""", text)
    }
    with translation.override("en"):
        missing = {one for one in sentences if translation.gettext(one) == one}
    assert missing == {"Overlap"}, "the same in both"
