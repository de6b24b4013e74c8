"""What people read for the fixed words of the file."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from organisations.partnership_file import words
from organisations.partnership_file.labels.key import Said

CHOICES: Mapping[str, Mapping[str, Said]] = {
    "organisation_kind": {
        "welzijn": _("welzijnsorganisatie"),
        "gemeente": _("gemeente"),
        "bewonersinitiatief": _("bewonersinitiatief"),
        "huisarts": _("huisarts"),
        "school": _("school"),
        "anders": _("andere organisatie"),
    },
    "coming": {
        "binnenlopen": _("binnenlopen, aanmelden hoeft niet"),
        "eerst-aanmelden": _("eerst aanmelden"),
        "via-gesprek": _("na een gesprek met ons"),
    },
    "text_kind": {
        "notitie": _("notitie, voor collega's"),
        "bericht": _("bericht, de inwoner leest het"),
        "balie": _("wat de balie doorgeeft"),
    },
    "liberation_day": {
        "nooit": _("nooit"),
        "lustrum": _("eens in de vijf jaar"),
        "elk-jaar": _("elk jaar"),
    },
    "rule_consent": {
        "alle": _("iedereen zegt ja"),
        "meerderheid": _("meer dan de helft zegt ja"),
        "een": _("één zegt ja"),
    },
    "recurrence": {
        "maand": _("iedere maand"),
        "week": _("iedere week"),
        "even-weken": _("in de even weken"),
        "oneven-weken": _("in de oneven weken"),
    },
    "which": {
        "eerste": _("de eerste"),
        "tweede": _("de tweede"),
        "derde": _("de derde"),
        "vierde": _("de vierde"),
        "laatste": _("de laatste"),
    },
    "weekday": {
        "maandag": _("maandag"),
        "dinsdag": _("dinsdag"),
        "woensdag": _("woensdag"),
        "donderdag": _("donderdag"),
        "vrijdag": _("vrijdag"),
        "zaterdag": _("zaterdag"),
        "zondag": _("zondag"),
    },
    "measure": {
        "op-tijd-opgepakt": _("op tijd opgepakt"),
        "op-tijd-gesproken": _("op tijd gesproken"),
        "geholpen": _("geholpen"),
        "over-leefgebieden-heen": _("over leefgebieden heen"),
        "warm-overgedragen": _("warm overgedragen"),
        "lichte-laag": _("in een lichte laag"),
        "tevreden": _("tevreden"),
        "aantal-vragen": _("aantal vragen"),
        "voor-het-eerst": _("voor het eerst"),
        "opnieuw": _("opnieuw"),
        "samen-geholpen": _("echt samen geholpen"),
        "geen-passend-aanbod": _("geen passend aanbod"),
        "informele-hulp": _("informele hulp"),
        "overgenomen": _("overdracht overgenomen"),
        "niet-beantwoord": _("overdracht niet beantwoord"),
        "dagen-tot-gesprek": _("werkdagen tot het gesprek, bij de helft"),
        "dagen-tot-gesprek-negen-van-tien": _("werkdagen tot het gesprek, bij negen van de tien"),
        "dagen-tot-oplossing": _("werkdagen tot de oplossing, bij de helft"),
        "dagen-tot-oplossing-negen-van-tien": _(
            "werkdagen tot de oplossing, bij negen van de tien"
        ),
        "dagen-tot-antwoord": _("werkdagen tot antwoord op een overdracht, bij de helft"),
        "dagen-tot-antwoord-negen-van-tien": _(
            "werkdagen tot antwoord op een overdracht, bij negen van de tien"
        ),
    },
    "age": {age: age for age in words.WORDS["age"]},
    "clock_kind": {
        "wmo": _("melding voor de Wmo"),
        "schulden": _("schulden"),
        "schulden-dreiging": _("schulden met dreiging"),
    },
    "layer": {str(number): f"{number}. {name}" for number, name in words.LAYERS.items()},
}
