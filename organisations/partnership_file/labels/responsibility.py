"""Labels of who is responsible, retention, reports and the municipality's assignment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organisations.partnership_file.labels.key import Key, Labels
from organisations.partnership_file.schema.responsibility import (
    Assignment,
    Goal,
    Indicator,
    Report,
    Responsible,
    Retention,
    RetentionOf,
)

_SLUG = _("Kleine letters, cijfers en streepjes. Blijft voor altijd hetzelfde.")
_YEARS = _("Zoveel jaar na de laatste activiteit.")

RESPONSIBILITY: Labels = {
    Responsible: {
        "triageteam": Key(
            _("Team voor triage"), _("Leest wat nergens past."), choices="teams", approves=True
        ),
        "contactpunt": Key(_("Contactpunt (AVG 26)"), _("Van de gezamenlijke verantwoordelijken.")),
        "fg": Key(_("Functionaris gegevensbescherming"), _("Hoe die te bereiken is.")),
        "dpia": Key(_("Datum van de DPIA")),
        "grondslag": Key(
            _("Grondslag van de eerste behandeling"),
            _("In een zin die een inwoner begrijpt."),
            resident=True,
        ),
        "instemming_verdeelregels": Key(
            _("Wie ja zegt tegen andere verdeelregels"),
            _("Van de organisaties die er vragen bij krijgen of kwijtraken."),
            choices="rule_consent",
            approves=True,
        ),
    },
    Retention: {
        "advies": Key(_("Informatie of advies"), _YEARS),
        "welzijn": Key(_("Welzijnswerk"), _YEARS),
        "wmo": Key(_("Meldingen voor de Wmo"), _YEARS),
        "schulden": Key(_("Schuldhulp"), _YEARS),
        "jeugdhulp": Key(_("Jeugdhulp"), _YEARS),
        "inzagelog": Key(_("Wie heeft wat bekeken"), _YEARS),
        "organisaties": Key(_("Organisaties met andere termijnen")),
    },
    RetentionOf: {
        "organisatie": Key(_("Organisatie"), choices="organisaties"),
        "advies": Key(_("Informatie of advies")),
        "welzijn": Key(_("Welzijnswerk")),
        "wmo": Key(_("Meldingen voor de Wmo")),
        "schulden": Key(_("Schuldhulp")),
        "jeugdhulp": Key(_("Jeugdhulp")),
    },
    Report: {
        "klein_getal": Key(
            _("Kleinste groep"),
            _("Van kleinere groepen is niet te zien waar de vragen over gaan. Minstens 5."),
        ),
        "spreiding": Key(
            _("Spreiding van een cijfer"), _("Hoogstens de helft van het getal hieronder.")
        ),
        "hoogstens": Key(_("Hoeveel een cijfer er hoogstens naast zit")),
        "inwoners_bron": Key(_("Waar de aantallen inwoners vandaan komen")),
        "inwoners_jaar": Key(_("Van welk jaar de aantallen inwoners zijn")),
        "open_data": Key(
            _("Open data"),
            _("Gemeenten die hun cijfers voor iedereen openstellen."),
            choices="gemeenten",
        ),
    },
    Assignment: {
        "naam": Key(_("Naam van de opdracht"), _("Alles leeg: er is geen opdracht.")),
        "vanaf": Key(_("Eerste dag van het contract")),
        "tot_en_met": Key(_("Laatste dag van het contract")),
        "organisaties": Key(_("Wie de opdracht heeft"), choices="organisaties"),
        "uitleg": Key(_("Wat de opdracht vraagt")),
    },
    Goal: {
        "sleutel": Key(_("Korte naam"), _SLUG, fixed=True),
        "naam": Key(_("Doel")),
        "uitleg": Key(_("Wat ermee bedoeld is")),
        "prioriteit": Key(_("Prioriteit"), _("1 tot en met 9. 1 gaat voor.")),
        "leefgebieden": Key(_("Leefgebieden"), _("Niets gekozen: alle."), choices="leefgebieden"),
        "indicatoren": Key(_("Waaraan je het ziet")),
    },
    Indicator: {
        "sleutel": Key(_("Korte naam")),
        "naam": Key(_("Wat er wordt gemeten")),
        "meet": Key(_("Cijfer"), choices="measure"),
        "minstens": Key(_("Minstens"), _("Een percentage, een aantal of werkdagen.")),
        "hoogstens": Key(_("Hoogstens"), _("Een percentage, een aantal of werkdagen.")),
    },
}
