"""Labels of texts, desk, hours and terms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organisations.partnership_file.labels.key import Key, Labels
from organisations.partnership_file.schema.front import (
    Clocks,
    ClosingDay,
    Desk,
    FoodBank,
    Heading,
    OpeningQuestion,
    ReadingHours,
    StartingText,
    Term,
    Texts,
)

_SLUG = _("Kleine letters, cijfers en streepjes. Blijft voor altijd hetzelfde.")
_HOURS = _("Zoals 08:30-12:00, 13:00-17:00. Leeg: dan leest niemand.")

FRONT: Labels = {
    Heading: {
        "slug": Key(_("Korte naam"), _SLUG, fixed=True),
        "naam": Key(_("Naam"), _("Zoals inwoners u kennen.")),
        "adres": Key(_("Webadres"), _("Zonder https://, zoals putten.voordeur.example.")),
        "thema": Key(_("Kleuren"), choices="theme"),
        "talen": Key(_("Talen"), _("Die een inwoner kan kiezen."), choices="language"),
        "open": Key(
            _("Open voor inwoners"),
            _("Kan pas als alles onder Verantwoordelijk en Bewaartermijnen is ingevuld."),
        ),
        "verzonnen": Key(
            _("Verzonnen gegevens"),
            _("Een op elke regel, zoals balie.telefoon. Leeg voor een echt verband."),
        ),
    },
    Texts: {
        "welkom": Key(_("Welkom"), _("Een of twee zinnen boven de voordeur."), resident=True),
        "uitgangspunten": Key(
            _("Hier kunt u op rekenen"), _("Een uitgangspunt op elke regel."), resident=True
        ),
        "slotvraag": Key(_("Slotvraag"), _("De vraag waarmee een plan eindigt."), resident=True),
    },
    OpeningQuestion: {
        "sleutel": Key(_("Korte naam"), _SLUG, fixed=True),
        "vraag": Key(_("Vraag met u"), resident=True),
        "vraag_je": Key(_("Vraag met je"), _("Voor jongeren."), resident=True),
        "uitleg": Key(_("Uitleg"), _("Een zin die op weg helpt."), resident=True),
    },
    Term: {
        "woord": Key(_("Woord")),
        "betekenis": Key(_("Betekenis"), _("Wat u ermee bedoelt."), resident=True),
        "ook": Key(_("Andere vormen"), _("Een op elke regel.")),
    },
    Desk: {
        "naam": Key(_("Naam van de balie")),
        "telefoon": Key(_("Telefoon"), _("Staat onder elke bladzijde voor inwoners.")),
        "email": Key(_("E-mailadres")),
        "adres": Key(_("Adres"), _("Straat, nummer en plaats.")),
    },
    FoodBank: {
        "naam": Key(_("Naam"), _("Alles leeg: dan staat er geen voedselbank bij de hulp.")),
        "adres": Key(_("Adres"), _("Straat, nummer en plaats.")),
        "telefoon": Key(_("Telefoon")),
        "open": Key(_("Wanneer is er iemand?")),
        "website": Key(_("Website")),
    },
    StartingText: {
        "titel": Key(_("Titel"), _("Zoals medewerkers hem kiezen.")),
        "tekst": Key(
            _("Tekst"),
            _("Zet er niets in waaraan iemand te herkennen is."),
            resident=True,
        ),
        "soort": Key(_("Soort tekst"), choices="text_kind"),
        "organisatie": Key(
            _("Alleen voor"), _("Leeg: voor alle organisaties."), choices="organisaties"
        ),
    },
    ReadingHours: {
        "maandag": Key(_("Maandag"), _HOURS),
        "dinsdag": Key(_("Dinsdag")),
        "woensdag": Key(_("Woensdag")),
        "donderdag": Key(_("Donderdag")),
        "vrijdag": Key(_("Vrijdag")),
        "zaterdag": Key(_("Zaterdag")),
        "zondag": Key(_("Zondag")),
    },
    ClosingDay: {
        "dag": Key(_("Dag")),
        "naam": Key(_("Waarom"), _("Zoals carnaval of studiedag.")),
    },
    Clocks: {
        "oppakken": Key(_("Nieuwe vraag oppakken"), _("Binnen zoveel werkdagen.")),
        "gevaar_openen_minuten": Key(
            _("Mogelijk gevaar openen"),
            _("Binnen zoveel minuten. Daarna krijgen anderen bericht."),
        ),
        "eerste_contact": Key(_("De inwoner spreken"), _("Binnen zoveel werkdagen.")),
        "antwoord_op_overdracht": Key(
            _("Antwoord op een overdracht"), _("Binnen zoveel werkdagen.")
        ),
        "overdracht_omhoog": Key(
            _("Geen antwoord op een overdracht"),
            _("Na zoveel werkdagen gaat het naar de coördinator."),
        ),
        "stil": Key(_("Seintje als er niets gebeurt"), _("Na zoveel werkdagen zonder nieuws.")),
        "nazorg_weken": Key(_("Navraag: gaat het nog goed?"), _("Zoveel weken na het afronden.")),
        "aanbod_bevestigen_maanden": Key(
            _("Vragen of aanbod nog klopt"), _("Zoveel maanden na de vorige keer.")
        ),
        "goede_vrijdag_dicht": Key(_("Dicht op Goede Vrijdag")),
        "bevrijdingsdag_dicht": Key(_("Dicht op 5 mei"), choices="liberation_day"),
    },
}
