"""The form of a partnership file: every table and key, with what it is for.

The keys are Dutch (the alias of a field), since a functional administrator writes them; the
descriptions are Dutch too, since `docs/partnership-file.md` and the error texts are made of them.
What one key has to do with another is in `check.py`.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from organisations.partnership_file.fields import (
    Age,
    Clock,
    ClockKind,
    Day,
    Days,
    Email,
    Form,
    GMCode,
    Host,
    Language,
    Layer,
    LiberationDayChoice,
    Line60,
    Line80,
    Line120,
    Line160,
    Line200,
    Line300,
    Measure,
    OrganisationKind,
    Phone,
    Postcode,
    Recurrence,
    Slot,
    Slug,
    Text,
    Url,
    Weekday,
    Weeks,
    Which,
    Years,
)


class Table(BaseModel):
    """One table of the file: strict types, no keys that aren't listed here."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Heading(Table):
    """Wie jullie zijn."""

    slug: Slug = Field(alias="slug", description="de korte naam, ook in het adres van de demo")
    name: Line120 = Field(alias="naam", description="zoals inwoners jullie kennen")
    hostname: Host = Field(alias="adres", description="het webadres in productie")
    theme: Slug = Field("default", alias="thema", description="de huisstijl (docs/look.md)")
    languages: list[Language] = Field(
        ["nl"], alias="talen", min_length=1, description="talen die een inwoner kan kiezen"
    )
    live: bool = Field(
        False,
        alias="open",
        description="true: open voor inwoners. Kan pas als alles onder [verantwoordelijk] er staat",
    )
    invented: list[Line200] = Field(
        [],
        alias="verzonnen",
        description="welke gegevens verzonnen zijn, zoals balie.telefoon; leeg voor een echt verband",
    )


class Texts(Table):
    """Wat inwoners lezen."""

    opening_text: Text | None = Field(
        None, alias="welkom", description="een of twee zinnen boven de voordeur"
    )
    principles: list[Line300] = Field(
        [], alias="uitgangspunten", max_length=12, description="waar inwoners op kunnen rekenen"
    )
    closing_question: Line200 | None = Field(
        None, alias="slotvraag", description="de vraag waarmee een plan eindigt"
    )


class OpeningQuestion(Table):
    """Een vraag die elk gesprek opent."""

    key: Slug = Field(alias="sleutel", description="vaste korte naam van de vraag")
    question: Line160 = Field(alias="vraag", description="de vraag met u")
    informal: Line160 | None = Field(
        None, alias="vraag_je", description="de vraag met je, voor jongeren"
    )
    help: Line300 | None = Field(None, alias="uitleg", description="een zin die op weg helpt")


class Term(Table):
    """Een woord dat overal hetzelfde betekent."""

    term: Line60 = Field(alias="woord", description="het woord")
    meaning: Text = Field(alias="betekenis", description="wat jullie ermee bedoelen")
    also: list[Line60] = Field([], alias="ook", description="andere vormen van het woord")


class Desk(Table):
    """De balie: wat inwoners altijd onderaan de pagina zien."""

    name: Line120 = Field(alias="naam", description="naam van de balie")
    phone: Phone = Field(alias="telefoon", description="nummer dat een inwoner kan bellen")
    email: Email | None = Field(None, alias="email", description="e-mail van de balie")
    address: Line200 | None = Field(None, alias="adres", description="straat, nummer en plaats")


class ReadingHours(Table):
    """Wanneer iemand de vragen leest. Een dag die ontbreekt: dan leest niemand."""

    monday: list[Slot] = Field([], alias="maandag", description="tijden op maandag")
    tuesday: list[Slot] = Field([], alias="dinsdag", description="tijden op dinsdag")
    wednesday: list[Slot] = Field([], alias="woensdag", description="tijden op woensdag")
    thursday: list[Slot] = Field([], alias="donderdag", description="tijden op donderdag")
    friday: list[Slot] = Field([], alias="vrijdag", description="tijden op vrijdag")
    saturday: list[Slot] = Field([], alias="zaterdag", description="tijden op zaterdag")
    sunday: list[Slot] = Field([], alias="zondag", description="tijden op zondag")

    def by_weekday(self) -> dict[str, list[list[str]]]:
        """Give ISO weekday to slots, as the database keeps them; days without slots left out."""
        days = [
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        ]
        return {
            str(number): [slot.split("-") for slot in sorted(slots)]
            for number, slots in enumerate(days, start=1)
            if slots
        }


class Responsible(Table):
    """Wie verantwoordelijk is (AVG). Zonder dit gaat een samenwerkingsverband niet open."""

    triage_team: Slug = Field(
        alias="triageteam", description="slug van het team dat leest wat nergens past"
    )
    joint_controller_contact: Line200 | None = Field(
        None, alias="contactpunt", description="contactpunt van de gezamenlijke verantwoordelijken"
    )
    privacy_officer_contact: Line200 | None = Field(
        None, alias="fg", description="hoe de functionaris gegevensbescherming te bereiken is"
    )
    dpia_on: Day | None = Field(None, alias="dpia", description="datum van de DPIA")
    legal_basis: Text | None = Field(
        None,
        alias="grondslag",
        description="grondslag van de eerste behandeling, in een zin die een inwoner begrijpt",
    )


class RetentionOf(Table):
    """Een organisatie die andere termijnen heeft dan de rest."""

    organisation: Slug = Field(alias="organisatie", description="slug van de organisatie")
    advice: Years | None = Field(None, alias="advies", description="informatie of advies")
    welfare: Years | None = Field(None, alias="welzijn", description="welzijnswerk")
    wmo: Years | None = Field(None, alias="wmo", description="meldingen voor de Wmo")
    debts: Years | None = Field(None, alias="schulden", description="schuldhulp")
    youth_care: Years | None = Field(None, alias="jeugdhulp", description="jeugdhulp")


class Retention(Table):
    """Hoe lang gegevens blijven, in jaren na de laatste activiteit."""

    advice: Years = Field(alias="advies", description="informatie of advies zonder persoon")
    welfare: Years = Field(alias="welzijn", description="welzijnswerk")
    wmo: Years = Field(alias="wmo", description="meldingen voor de Wmo")
    debts: Years = Field(alias="schulden", description="schuldhulp")
    youth_care: Years = Field(alias="jeugdhulp", description="jeugdhulp")
    log: Years = Field(alias="inzagelog", description="wie heeft wat bekeken")
    organisations: list[RetentionOf] = Field(
        [], alias="organisaties", description="organisaties met andere termijnen"
    )


class Clocks(Table):
    """Termijnen in werkdagen, tenzij er weken staat."""

    pick_up_within: Days = Field(2, alias="oppakken", description="een nieuwe vraag oppakken")
    contact_within: Days = Field(3, alias="eerste_contact", description="de inwoner spreken")
    handover_answer_within: Days = Field(
        2, alias="antwoord_op_overdracht", description="antwoord van de ontvanger"
    )
    handover_escalate_after: Days = Field(
        2, alias="overdracht_omhoog", description="daarna gaat het naar de coördinator"
    )
    quiet_after: Days = Field(15, alias="stil", description="een vraag waar niets mee gebeurt")
    check_after_weeks: Weeks = Field(
        6, alias="nazorg_weken", description="weken na het afronden: gaat het nog goed?"
    )
    good_friday: bool = Field(
        False, alias="goede_vrijdag_dicht", description="dicht op Goede Vrijdag"
    )
    liberation_day: LiberationDayChoice = Field(
        "lustrum", alias="bevrijdingsdag_dicht", description="dicht op 5 mei"
    )


class ClosingDay(Table):
    """Een dag waarop jullie dicht zijn, naast weekend en feestdagen."""

    day: Day = Field(alias="dag", description="de dag")
    name: Line80 = Field(alias="naam", description="waarom, zoals carnaval of studiedag")


class Report(Table):
    """Wat de gemeente ziet."""

    small_number: Annotated[int, Form("getal van 5 of meer"), Field(ge=5, le=1000)] = Field(
        10, alias="klein_getal", description="kleinste aantal dat wordt getoond"
    )


class Assignment(Table):
    """De opdracht van de gemeente."""

    name: Line120 = Field(alias="naam", description="naam van de opdracht")
    since: Day = Field(alias="vanaf", description="eerste dag van het contract")
    until: Day = Field(alias="tot_en_met", description="laatste dag van het contract")
    organisations: list[Slug] = Field(
        alias="organisaties", min_length=1, description="slugs van wie de opdracht heeft"
    )
    explanation: Text | None = Field(None, alias="uitleg", description="wat de opdracht vraagt")


class Indicator(Table):
    """Waaraan je ziet of een doel dichterbij komt."""

    key: Slug = Field(alias="sleutel", description="vaste korte naam")
    name: Line160 = Field(alias="naam", description="wat er wordt gemeten")
    measure: Measure = Field(alias="meet", description="welk cijfer uit het systeem")
    at_least: Annotated[int, Form("getal; een percentage, of een aantal"), Field(ge=0)] | None = (
        Field(None, alias="minstens", description="wat er minstens moet zijn")
    )


class Goal(Table):
    """Een doel van de gemeente."""

    key: Slug = Field(alias="sleutel", description="vaste korte naam")
    name: Line160 = Field(alias="naam", description="het doel")
    explanation: Text | None = Field(None, alias="uitleg", description="wat ermee bedoeld is")
    priority: Annotated[int, Form("1 tot en met 9; 1 gaat voor"), Field(ge=1, le=9)] = Field(
        1, alias="prioriteit", description="wat voorgaat"
    )
    life_domains: list[Slug] = Field(
        [], alias="leefgebieden", description="slugs van leefgebieden; leeg: alle"
    )
    indicators: list[Indicator] = Field([], alias="indicatoren", description="waaraan je het ziet")


class Municipality(Table):
    """Een gemeente, met haar officiële code."""

    code: GMCode = Field(alias="code", description="GM-code van het CBS")
    name: Line80 = Field(alias="naam", description="naam van de gemeente")
    valid_from: Day | None = Field(None, alias="vanaf", description="eerste dag dat zij bestaat")
    valid_until: Day | None = Field(None, alias="tot_en_met", description="laatste dag")
    successor: GMCode | None = Field(
        None, alias="opvolger", description="code van de gemeente waarin zij is opgegaan"
    )


class LearningSession(Table):
    """Een leersessie die terugkomt."""

    name: Line80 = Field("Leersessie", alias="naam", description="hoe de sessie heet")
    every: Recurrence = Field(
        alias="iedere", description="even-weken zijn ISO-weken met een even nummer"
    )
    which: Which | None = Field(
        None, alias="welke", description="bij iedere maand: de hoeveelste van die dag"
    )
    weekday: Weekday = Field(alias="dag", description="dag van de week")
    start: Clock = Field(alias="van", description="begintijd")
    end: Clock = Field(alias="tot", description="eindtijd")
    place: Line120 | None = Field(None, alias="plaats", description="waar")


class Neighbourhood(Table):
    """Een wijk of kern."""

    slug: Slug = Field(alias="slug", description="vaste korte naam")
    name: Line80 = Field(alias="naam", description="zoals mensen haar noemen")
    municipality: GMCode = Field(alias="gemeente", description="GM-code van de gemeente")
    postcodes: list[Postcode] = Field(
        [],
        alias="postcodes",
        description="twee wijken mogen een postcode delen: dan kiest de inwoner",
    )
    until: Day | None = Field(None, alias="tot_en_met", description="laatste dag, als zij vervalt")
    learning_sessions: list[LearningSession] = Field(
        [], alias="leersessies", description="leersessies van deze wijk"
    )


class Organisation(Table):
    """Een organisatie die meedoet."""

    slug: Slug = Field(alias="slug", description="vaste korte naam, overal in het bestand gebruikt")
    name: Line120 = Field(alias="naam", description="naam van de organisatie")
    kind: OrganisationKind = Field("welzijn", alias="soort", description="soort organisatie")
    description: Line300 | None = Field(
        None, alias="omschrijving", description="een zin voor inwoners: wat zij doen"
    )
    phone: Phone | None = Field(None, alias="telefoon", description="telefoon")
    email: Email | None = Field(None, alias="email", description="e-mail")
    website: Url | None = Field(None, alias="website", description="website")
    shows_worker_names: bool = Field(
        True, alias="toont_namen", description="false: inwoners lezen een functie, geen naam"
    )
    since: Day = Field(alias="sinds", description="doet mee vanaf")
    until: Day | None = Field(None, alias="tot_en_met", description="laatste dag dat zij meedoet")
    picks_up: bool = Field(True, alias="pakt_op", description="pakt vragen van inwoners op")
    brings_in: bool = Field(
        False, alias="brengt_in", description="heeft een eigen deur: huisarts, school, initiatief"
    )
    safety_net: bool = Field(
        False, alias="vangnet", description="helpt met wat niemand anders doet"
    )


class LifeDomain(Table):
    """Een leefgebied, in de volgorde waarin inwoners ze zien."""

    slug: Slug = Field(alias="slug", description="vaste korte naam")
    name: Line60 = Field(alias="naam", description="in gewone taal")
    explanation: Line160 | None = Field(None, alias="uitleg", description="een zin uitleg")
    words: list[Line60] = Field(
        [], alias="woorden", max_length=200, description="woorden die inwoners ervoor gebruiken"
    )
    until: Day | None = Field(None, alias="tot_en_met", description="laatste dag, als het vervalt")


class Team(Table):
    """Mensen van een of meer organisaties die samenwerken."""

    slug: Slug = Field(alias="slug", description="vaste korte naam")
    name: Line120 = Field(alias="naam", description="naam van het team")
    organisation: Slug = Field(
        alias="organisatie", description="slug van de organisatie die voor het team instaat"
    )
    organisations: list[Slug] = Field(
        alias="organisaties", min_length=1, description="slugs van alle organisaties in het team"
    )
    neighbourhoods: list[Slug] = Field([], alias="wijken", description="waar het team werkt")
    description: Line300 | None = Field(None, alias="omschrijving", description="wat zij doen")
    until: Day | None = Field(None, alias="tot_en_met", description="laatste dag, als het stopt")


class Service(Table):
    """Aanbod van een organisatie."""

    slug: Slug = Field(alias="slug", description="vaste korte naam")
    name: Line120 = Field(alias="naam", description="naam van het aanbod")
    organisation: Slug = Field(alias="organisatie", description="slug van de organisatie")
    description: Text | None = Field(None, alias="omschrijving", description="voor inwoners")
    layer: Layer = Field(alias="laag", description="plek in de piramide")
    life_domains: list[Slug] = Field(
        alias="leefgebieden", min_length=1, description="slugs van leefgebieden"
    )
    audience: list[Age] = Field([], alias="leeftijden", description="leeg: iedereen")
    neighbourhoods: list[Slug] = Field([], alias="wijken", description="leeg: overal")
    words: list[Line60] = Field(
        [], alias="woorden", max_length=200, description="woorden die inwoners ervoor gebruiken"
    )
    clock_kinds: list[ClockKind] = Field(
        [], alias="wettelijk", description="vragen met een termijn van de wet die zij behandelen"
    )
    capacity: Annotated[int, Form("getal"), Field(ge=0, le=1_000_000)] | None = Field(
        None, alias="plaatsen", description="hoeveel open vragen erin passen; leeg: geen grens"
    )
    waiting_weeks: Weeks = Field(0, alias="wachttijd_weken", description="wachttijd nu")
    url: Url | None = Field(None, alias="website", description="waar meer staat")
    since: Day | None = Field(None, alias="sinds", description="eerste dag")
    until: Day | None = Field(None, alias="tot_en_met", description="laatste dag")


class Target(Table):
    """Waar een regel een vraag naartoe stuurt: precies een van deze sleutels."""

    organisation: Slug | None = Field(None, alias="organisatie", description="slug")
    team: Slug | None = Field(None, alias="team", description="slug")
    neighbourhood_team: bool | None = Field(
        None, alias="wijkteam", description="true: het team van de wijk van de inwoner"
    )
    fitting_service: bool | None = Field(
        None,
        alias="passend_aanbod",
        description="true: het aanbod dat het best past, lichtste eerst",
    )
    layers: list[Layer] = Field(
        [], alias="lagen", description="bij passend_aanbod: alleen deze lagen"
    )
    household: bool | None = Field(
        None, alias="gekoppelde_vraag", description="true: wie de gekoppelde vraag al heeft"
    )
    triage: bool | None = Field(None, alias="triage", description="true: het triageteam")


class RoutingRule(Table):
    """Een verdeelregel. De eerste regel die past, beslist; gevaar gaat altijd voor."""

    key: Slug = Field(alias="sleutel", description="vaste korte naam van de regel")
    name: Line120 = Field(alias="naam", description="waar de regel over gaat")
    when: dict[str, Any] = Field(alias="als", description="wanneer de regel past (zie Voorwaarden)")
    to: Target = Field(alias="naar", description="waar de vraag heen gaat")
    reason: Line300 | None = Field(
        None, alias="reden", description="waarom, voor de inwoner: wat na 'omdat' komt"
    )
    supporting: list[Slug] = Field(
        [], alias="ook_erbij", description="slugs van organisaties die meehelpen"
    )
    active_from: Day | None = Field(None, alias="vanaf", description="eerste dag")
    active_until: Day | None = Field(None, alias="tot_en_met", description="laatste dag")


class PartnershipFile(Table):
    """Een samenwerkingsverband in een bestand."""

    heading: Heading = Field(alias="samenwerkingsverband", description="wie jullie zijn")
    texts: Texts = Field(Texts(), alias="teksten", description="wat inwoners lezen")
    opening_questions: list[OpeningQuestion] = Field(
        [], alias="openingsvragen", max_length=5, description="de vragen die een gesprek openen"
    )
    glossary: list[Term] = Field(
        [],
        alias="woordenlijst",
        max_length=100,
        description="woorden met een afgesproken betekenis",
    )
    desk: Desk = Field(alias="balie", description="wat onderaan elke pagina staat")
    reading_hours: ReadingHours = Field(alias="leestijden", description="wanneer iemand leest")
    responsible: Responsible = Field(
        alias="verantwoordelijk", description="wie verantwoordelijk is"
    )
    retention: Retention | None = Field(
        None, alias="bewaartermijnen", description="hoe lang gegevens blijven"
    )
    clocks: Clocks = Field(Clocks(), alias="termijnen", description="wanneer iets te lang duurt")
    closing_days: list[ClosingDay] = Field(
        [], alias="sluitingsdagen", max_length=400, description="eigen sluitingsdagen"
    )
    report: Report = Field(Report(), alias="rapportage", description="wat de gemeente ziet")
    assignment: Assignment | None = Field(
        None, alias="opdracht", description="de opdracht van de gemeente"
    )
    goals: list[Goal] = Field(
        [], alias="doelen", max_length=50, description="doelen van de gemeente"
    )
    municipalities: list[Municipality] = Field(
        alias="gemeenten", min_length=1, max_length=50, description="de gemeenten"
    )
    neighbourhoods: list[Neighbourhood] = Field(
        alias="wijken", min_length=1, max_length=500, description="wijken en kernen"
    )
    learning_sessions: list[LearningSession] = Field(
        [], alias="leersessies", max_length=50, description="leersessies voor het hele verband"
    )
    organisations: list[Organisation] = Field(
        alias="organisaties", min_length=1, max_length=200, description="wie meedoen"
    )
    life_domains: list[LifeDomain] = Field(
        alias="leefgebieden", min_length=1, max_length=40, description="waar vragen over gaan"
    )
    teams: list[Team] = Field(
        alias="teams", min_length=1, max_length=200, description="teams, ook het triageteam"
    )
    services: list[Service] = Field(
        [], alias="aanbod", max_length=2000, description="wat organisaties aanbieden"
    )
    rules: list[RoutingRule] = Field(
        [], alias="regels", max_length=1000, description="wie pakt welke vraag op"
    )
