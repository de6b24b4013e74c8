"""Labels of municipalities, neighbourhoods and learning sessions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organisations.partnership_file.labels.key import Key, Labels
from organisations.partnership_file.schema.places import (
    LearningSession,
    Municipality,
    Neighbourhood,
)

PLACES: Labels = {
    Municipality: {
        "code": Key(_("GM-code"), _("Van het CBS, zoals GM0273."), fixed=True),
        "naam": Key(_("Naam")),
        "vanaf": Key(_("Eerste dag"), _("Leeg: zij bestond al.")),
        "tot_en_met": Key(_("Laatste dag"), _("Bij een herindeling.")),
        "inwoners": Key(_("Aantal inwoners"), _("Voor cijfers per 1.000 inwoners.")),
        "clientondersteuning": Key(
            _("Onafhankelijke cliëntondersteuning"),
            _("Wie dat gratis geeft, en het nummer."),
            resident=True,
        ),
        "opvolger": Key(_("Opvolger"), _("Waarin zij is opgegaan."), choices="gemeenten"),
    },
    Neighbourhood: {
        "slug": Key(
            _("Korte naam"),
            _("Kleine letters, cijfers en streepjes. Blijft voor altijd hetzelfde."),
            fixed=True,
        ),
        "naam": Key(_("Naam"), _("Zoals mensen haar noemen.")),
        "gemeente": Key(_("Gemeente"), choices="gemeenten"),
        "postcodes": Key(
            _("Postcodes"),
            _("Een op elke regel: 3881 of 3881 AB. Delen mag: dan kiest de inwoner."),
        ),
        "tot_en_met": Key(_("Laatste dag"), _("Als zij vervalt.")),
        "inwoners": Key(_("Aantal inwoners"), _("Voor cijfers per 1.000 inwoners.")),
        "grens": Key(_("Grens op de kaart"), _("Als GeoJSON, in graden.")),
        "leersessies": Key(_("Leersessies")),
    },
    LearningSession: {
        "naam": Key(_("Naam van de sessie")),
        "iedere": Key(_("Hoe vaak"), choices="recurrence"),
        "welke": Key(_("Welke van de maand"), choices="which"),
        "dag": Key(_("Dag van de week"), choices="weekday"),
        "van": Key(_("Begintijd")),
        "tot": Key(_("Eindtijd")),
        "plaats": Key(_("Plaats")),
    },
}
