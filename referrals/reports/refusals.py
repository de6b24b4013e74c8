"""Why a report can't be given, in words."""

from django.utils.translation import gettext as _

from referrals.reports import choice, tables


def in_words(reason: str) -> str:
    """Return a sentence that says why, and what would be possible."""
    return {
        tables.TOO_FEW: _(
            "Dit zijn te weinig vragen om ze zo te verdelen. Kies een langere periode of een groter"
            " gebied."
        ),
        tables.REST_TOO_FEW: _(
            "Buiten deze keuze blijven te weinig vragen over. Wie dit cijfer van het geheel"
            " aftrekt, kan iets van die paar vragen zien. Kies een langere periode of een groter"
            " gebied."
        ),
        tables.TOO_MANY_CHOICES: _(
            "Kies één van leefgebied, soort vraag en laag, en zet die in de rijen of de kolommen."
        ),
        choice.NOT_PUBLISHED: _("Deze periode is nog niet gepubliceerd. Kies een eerdere periode."),
        choice.NO_PERIOD: _("Schrijf de periode zo: 2026, 2026-Q3, 2026-09 of 2026-02..2026-05."),
        choice.ENDS_FIRST: _("De laatste maand ligt voor de eerste. Draai ze om."),
        choice.TOO_MANY_DIVISIONS: _(
            "Kies hoogstens drie indelingen: rijen, kolommen en filters samen. Gemeente en maand"
            " tellen niet mee."
        ),
        choice.ONLY_HANDOVERS: _(
            "Van en naar welke organisatie hoort bij overdrachten, en niet samen met een andere"
            " indeling."
        ),
        choice.NO_INHABITANTS: _(
            "Per 1.000 inwoners kan alleen met aantallen, waar het aantal inwoners bekend is."
        ),
        choice.SAME_DIMENSION: _("Kies elke indeling één keer."),
        choice.UNKNOWN_CHOICE: _("Deze keuze bestaat niet."),
    }[reason]
