"""Tables of texts, desk, hours and terms."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from organisations.partnership_file.fields import (
    Day,
    Days,
    Email,
    Form,
    Host,
    Language,
    LiberationDayChoice,
    Line60,
    Line80,
    Line120,
    Line160,
    Line200,
    Line300,
    Months,
    Phone,
    Slot,
    Slug,
    Text,
    TextKind,
    Url,
    Weeks,
)
from organisations.partnership_file.schema.base import Table


class Heading(Table):
    """Wie jullie zijn."""

    slug: Slug = Field(alias="slug", description="de korte naam, ook in het adres van de demo")
    name: Line120 = Field(alias="naam", description="zoals inwoners jullie kennen")
    hostname: Host = Field(alias="adres", description="het webadres in productie")
    theme: Slug = Field(default="default", alias="thema", description="de huisstijl (docs/look.md)")
    languages: list[Language] = Field(
        default=["nl"], alias="talen", min_length=1, description="talen die een inwoner kan kiezen"
    )
    live: bool = Field(
        default=False,
        alias="open",
        description="true: open voor inwoners. Kan pas als alles onder [verantwoordelijk] er staat",
    )
    invented: list[Line200] = Field(
        default=[],
        alias="verzonnen",
        description="wat verzonnen is, zoals balie.telefoon; leeg voor een echt verband",
    )


class Texts(Table):
    """Wat inwoners lezen."""

    opening_text: Text | None = Field(
        default=None, alias="welkom", description="een of twee zinnen boven de voordeur"
    )
    principles: list[Line300] = Field(
        default=[],
        alias="uitgangspunten",
        max_length=12,
        description="waar inwoners op kunnen rekenen",
    )
    closing_question: Line200 | None = Field(
        default=None, alias="slotvraag", description="de vraag waarmee een plan eindigt"
    )


class OpeningQuestion(Table):
    """Een vraag die elk gesprek opent."""

    key: Slug = Field(alias="sleutel", description="vaste korte naam van de vraag")
    question: Line160 = Field(alias="vraag", description="de vraag met u")
    informal: Line160 | None = Field(
        default=None, alias="vraag_je", description="de vraag met je, voor jongeren"
    )
    help: Line300 | None = Field(
        default=None, alias="uitleg", description="een zin die op weg helpt"
    )


class Term(Table):
    """Een woord dat overal hetzelfde betekent."""

    term: Line60 = Field(alias="woord", description="het woord")
    meaning: Text = Field(alias="betekenis", description="wat jullie ermee bedoelen")
    also: list[Line60] = Field(default=[], alias="ook", description="andere vormen van het woord")


class Desk(Table):
    """De balie: wat inwoners altijd onderaan de pagina zien."""

    name: Line120 = Field(alias="naam", description="naam van de balie")
    phone: Phone = Field(alias="telefoon", description="nummer dat een inwoner kan bellen")
    email: Email | None = Field(default=None, alias="email", description="e-mail van de balie")
    address: Line200 | None = Field(
        default=None, alias="adres", description="straat, nummer en plaats"
    )


class FoodBank(Table):
    """De voedselbank: staat bij de hulp als iemand schrijft dat er geen eten is."""

    name: Line120 = Field(alias="naam", description="naam van de voedselbank")
    address: Line200 | None = Field(
        default=None, alias="adres", description="straat, nummer en plaats"
    )
    phone: Phone | None = Field(default=None, alias="telefoon", description="nummer om te bellen")
    hours: Line200 | None = Field(default=None, alias="open", description="wanneer er iemand is")
    website: Url | None = Field(default=None, alias="website", description="het webadres")


class StartingText(Table):
    """Een tekst om mee te beginnen. Er mag niets in staan waaraan iemand te herkennen is."""

    title: Line60 = Field(alias="titel", description="zoals medewerkers hem kiezen")
    text: Text = Field(alias="tekst", description="wat in het vak komt te staan")
    kind: TextKind = Field(
        alias="soort",
        description="notitie: voor collega's; bericht: de inwoner leest het; "
        "balie: wat de balie doorgeeft",
    )
    organisation: Slug | None = Field(
        default=None, alias="organisatie", description="alleen voor deze organisatie"
    )


class ReadingHours(Table):
    """Wanneer iemand de vragen leest. Een dag die ontbreekt: dan leest niemand."""

    monday: list[Slot] = Field(default=[], alias="maandag", description="tijden op maandag")
    tuesday: list[Slot] = Field(default=[], alias="dinsdag", description="tijden op dinsdag")
    wednesday: list[Slot] = Field(default=[], alias="woensdag", description="tijden op woensdag")
    thursday: list[Slot] = Field(default=[], alias="donderdag", description="tijden op donderdag")
    friday: list[Slot] = Field(default=[], alias="vrijdag", description="tijden op vrijdag")
    saturday: list[Slot] = Field(default=[], alias="zaterdag", description="tijden op zaterdag")
    sunday: list[Slot] = Field(default=[], alias="zondag", description="tijden op zondag")

    def by_weekday(self) -> dict[str, list[list[str]]]:
        """Return ISO weekday to slots, as the database keeps them; days without slots left out."""
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


class ClosingDay(Table):
    """Een dag waarop jullie dicht zijn, naast weekend en feestdagen."""

    day: Day = Field(alias="dag", description="de dag")
    name: Line80 = Field(alias="naam", description="waarom, zoals carnaval of studiedag")


class Clocks(Table):
    """Termijnen in werkdagen, tenzij er weken staat."""

    pick_up_within: Days = Field(
        default=2, alias="oppakken", description="een nieuwe vraag oppakken"
    )
    danger_opened_within: Annotated[int, Form("aantal minuten"), Field(ge=5, le=240)] = Field(
        default=15,
        alias="gevaar_openen_minuten",
        description="minuten: opent dan nog niemand mogelijk gevaar, dan krijgen anderen bericht",
    )
    contact_within: Days = Field(
        default=3, alias="eerste_contact", description="de inwoner spreken"
    )
    handover_answer_within: Days = Field(
        default=2, alias="antwoord_op_overdracht", description="antwoord van de ontvanger"
    )
    handover_escalate_after: Days = Field(
        default=2, alias="overdracht_omhoog", description="daarna gaat het naar de coördinator"
    )
    quiet_after: Days = Field(
        default=15, alias="stil", description="een vraag waar niets mee gebeurt"
    )
    check_after_weeks: Weeks = Field(
        default=6, alias="nazorg_weken", description="weken na het afronden: gaat het nog goed?"
    )
    confirm_services_months: Months = Field(
        default=6,
        alias="aanbod_bevestigen_maanden",
        description="maanden: daarna vragen wij wie het bijhoudt of het aanbod nog klopt",
    )
    good_friday: bool = Field(
        default=False, alias="goede_vrijdag_dicht", description="dicht op Goede Vrijdag"
    )
    liberation_day: LiberationDayChoice = Field(
        default="lustrum", alias="bevrijdingsdag_dicht", description="dicht op 5 mei"
    )
