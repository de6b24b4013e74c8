"""The sections of the overview: each key of the file, what it is for, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from organisations.partnership_editor.permissions import tables_of_sections
from organisations.partnership_editor.values import IDENTITY
from organisations.partnership_file.labels.key import Said
from organisations.partnership_file.schema.base import Table


@dataclass(frozen=True, slots=True)
class Section:
    """One key of the file as a screen of its own."""

    key: str
    title: Said
    purpose: Said
    one: Said = ""
    """What one row is called, after "nieuw": empty for a table."""
    elsewhere: str = ""
    """The name of the address that keeps it, where that is another screen."""

    @property
    def table(self) -> type[Table]:
        """The schema of the table, or of each row."""
        return tables_of_sections()[self.key]

    @property
    def listed(self) -> bool:
        """Whether its rows have screens of their own."""
        return self.key in IDENTITY


GROUPS: Sequence[tuple[Said, Sequence[Section]]] = (
    (
        _("De voordeur"),
        (
            Section(
                "samenwerkingsverband",
                _("Naam, adres, talen en kleuren"),
                _("Wie u bent, en of de voordeur open is."),
            ),
            Section("teksten", _("Teksten"), _("Wat inwoners op de eerste bladzijde lezen.")),
            Section(
                "openingsvragen",
                _("Openingsvragen"),
                _("De vragen waarmee elk gesprek begint."),
                _("openingsvraag"),
            ),
            Section(
                "woordenlijst",
                _("Woordenlijst"),
                _("Woorden die bij iedereen hetzelfde betekenen."),
                _("woord"),
            ),
            Section(
                "vertalingen",
                _("Vertalingen"),
                _("Uw teksten in de talen van inwoners."),
                _("vertaling"),
            ),
        ),
    ),
    (
        _("Bereikbaar"),
        (
            Section("balie", _("Balie"), _("Wat inwoners onderaan elke bladzijde zien.")),
            Section("leestijden", _("Leestijden"), _("Wanneer iemand de vragen leest.")),
            Section(
                "sluitingsdagen",
                _("Sluitingsdagen"),
                _("Dagen waarop u dicht bent, naast weekend en feestdagen."),
                _("sluitingsdag"),
            ),
            Section("termijnen", _("Termijnen"), _("Wanneer iets te lang duurt.")),
            Section(
                "voedselbank",
                _("Voedselbank"),
                _("Staat bij de hulp als iemand schrijft dat er geen eten is."),
            ),
        ),
    ),
    (
        _("Wie doen mee"),
        (
            Section(
                "organisaties",
                _("Organisaties"),
                _("Wie meedoen, en wat zij doen."),
                _("organisatie"),
            ),
            Section(
                "teams",
                _("Teams"),
                _("Mensen van een of meer organisaties die samenwerken."),
                _("team"),
            ),
            Section("gemeenten", _("Gemeenten"), _("Waar u werkt."), _("gemeente")),
            Section(
                "wijken",
                _("Wijken en kernen"),
                _("Met hun postcodes en leersessies."),
                _("wijk of kern"),
            ),
            Section(
                "leersessies",
                _("Leersessies"),
                _("Voor het hele samenwerkingsverband."),
            ),
        ),
    ),
    (
        _("Wat er is"),
        (
            Section(
                "leefgebieden",
                _("Leefgebieden"),
                _("Waar vragen over gaan, met de woorden van inwoners."),
                _("leefgebied"),
            ),
            Section(
                "aanbod",
                _("Aanbod"),
                _("Wat organisaties aanbieden, met plaatsen en wachttijd."),
                _("aanbod"),
            ),
            Section(
                "regels",
                _("Verdeelregels"),
                _("Wie welke vraag oppakt. Coördinatoren passen die aan."),
                elsewhere="rules",
            ),
            Section(
                "beginteksten",
                _("Beginteksten"),
                _("Teksten waarmee medewerkers beginnen."),
                _("begintekst"),
            ),
        ),
    ),
    (
        _("Verantwoording"),
        (
            Section(
                "verantwoordelijk",
                _("Verantwoordelijk"),
                _("Triageteam, contactpunt, FG, DPIA en grondslag."),
            ),
            Section("bewaartermijnen", _("Bewaartermijnen"), _("Hoe lang gegevens blijven.")),
            Section("rapportage", _("Rapportage"), _("Wat de gemeente ziet.")),
            Section("opdracht", _("Opdracht"), _("De opdracht van de gemeente.")),
            Section("doelen", _("Doelen"), _("Waaraan de gemeente u meet."), _("doel")),
        ),
    ),
)
SECTIONS = {section.key: section for _title, group in GROUPS for section in group}
