"""Labels of organisations, life domains, teams, services and translations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organisations.partnership_file.labels.key import Key, Labels
from organisations.partnership_file.schema.partners import LifeDomain, Organisation, Service, Team
from organisations.partnership_file.schema.translations import Translation

_SLUG = _("Kleine letters, cijfers en streepjes. Blijft voor altijd hetzelfde.")
_WORDS = _("Een op elke regel, zoals inwoners het zeggen.")
_LAST_DAY = _("Leeg: zolang als het duurt.")

PARTNERS: Labels = {
    Organisation: {
        "slug": Key(_("Korte naam"), _SLUG, fixed=True),
        "naam": Key(_("Naam")),
        "soort": Key(_("Soort organisatie"), choices="organisation_kind"),
        "omschrijving": Key(_("Wat zij doen"), _("Een zin die inwoners lezen."), resident=True),
        "telefoon": Key(_("Telefoon")),
        "email": Key(_("E-mailadres")),
        "website": Key(_("Website"), _("Begint met https://.")),
        "toont_namen": Key(
            _("Inwoners lezen namen van medewerkers"), _("Anders lezen zij een functie.")
        ),
        "sinds": Key(_("Doet mee vanaf")),
        "tot_en_met": Key(_("Laatste dag"), _LAST_DAY),
        "pakt_op": Key(_("Pakt vragen van inwoners op")),
        "brengt_in": Key(
            _("Brengt vragen in"), _("Heeft een eigen deur: huisarts, school, initiatief.")
        ),
        "vangnet": Key(_("Vangnet"), _("Helpt met wat niemand anders doet.")),
        "contactpersoon": Key(
            _("Contactpersoon"),
            _("Keurt rollen goed zolang er geen coördinator is die dat kan."),
        ),
        "contactpersoon_email": Key(_("E-mailadres van de contactpersoon"), approves=True),
        "coordinator": Key(_("Eerste coördinator")),
        "coordinator_email": Key(
            _("E-mailadres van de eerste coördinator"),
            _("Krijgt een uitnodiging, als er nog nooit een coördinator was."),
            approves=True,
        ),
    },
    LifeDomain: {
        "slug": Key(_("Korte naam"), _SLUG, fixed=True),
        "naam": Key(_("Naam"), _("In gewone taal."), resident=True),
        "kort": Key(_("Zoals medewerkers het noemen")),
        "uitleg": Key(_("Uitleg"), _("Een zin die inwoners lezen."), resident=True),
        "woorden": Key(_("Woorden die inwoners ervoor gebruiken"), _WORDS),
        "tot_en_met": Key(_("Laatste dag"), _LAST_DAY),
    },
    Team: {
        "slug": Key(_("Korte naam"), _SLUG, fixed=True),
        "naam": Key(_("Naam")),
        "organisatie": Key(_("Organisatie die voor het team instaat"), choices="organisaties"),
        "organisaties": Key(_("Organisaties in het team"), choices="organisaties"),
        "wijken": Key(_("Waar het team werkt"), choices="wijken"),
        "omschrijving": Key(_("Wat zij doen")),
        "tot_en_met": Key(_("Laatste dag"), _LAST_DAY),
    },
    Service: {
        "slug": Key(_("Korte naam"), _SLUG, fixed=True),
        "naam": Key(_("Naam"), resident=True),
        "organisatie": Key(_("Organisatie"), choices="organisaties"),
        "omschrijving": Key(_("Omschrijving"), _("Voor inwoners."), resident=True),
        "laag": Key(_("Plek in de piramide"), choices="layer"),
        "leefgebieden": Key(_("Leefgebieden"), choices="leefgebieden"),
        "leeftijden": Key(_("Leeftijden"), _("Niets gekozen: iedereen."), choices="age"),
        "wijken": Key(_("Waar"), _("Niets gekozen: overal."), choices="wijken"),
        "woorden": Key(_("Woorden die inwoners ervoor gebruiken"), _WORDS),
        "wettelijk": Key(_("Vragen met een termijn van de wet"), choices="clock_kind"),
        "plaatsen": Key(_("Plaatsen"), _("Hoeveel open vragen erin passen. Leeg: geen grens.")),
        "wachttijd_weken": Key(
            _("Wachttijd in weken"),
            _("Zolang er een wachttijd is, stuurt een regel er niemand heen."),
        ),
        "plek": Key(_("Plek"), _("Gebouw, straat en nummer."), resident=True),
        "tijden": Key(
            _("Dagen en tijden"), _("Een op elke regel, zoals dinsdag 10:00-12:00."), resident=True
        ),
        "aanmelden": Key(_("Hoe iemand komt"), choices="coming", resident=True),
        "kosten": Key(_("Kosten"), _("gratis, of een bedrag per keer, zoals 2,50."), resident=True),
        "website": Key(_("Website"), _("Waar meer staat.")),
        "sinds": Key(_("Eerste dag")),
        "tot_en_met": Key(_("Laatste dag"), _LAST_DAY),
    },
    Translation: {
        "nl": Key(
            _("Nederlandse tekst"), _("Precies zoals hij in de instellingen staat."), fixed=True
        ),
        "en": Key(_("Engels"), resident=True),
        "ar": Key(_("Arabisch"), resident=True),
        "tr": Key(_("Turks"), resident=True),
        "pl": Key(_("Pools"), resident=True),
        "uk": Key(_("Oekraïens"), resident=True),
    },
}
