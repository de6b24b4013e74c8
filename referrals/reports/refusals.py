"""Why a report can't be given, in words."""

from django.utils.translation import gettext as _

from referrals.reports import choice, door


def in_words(reason: str) -> str:
    """Return a sentence that says why, and what would be possible."""
    return {
        door.TOO_FEW: _(
            "Dit zijn te weinig vragen om te zeggen waar ze over gaan. Kies een langere periode of"
            " een groter gebied."
        ),
        door.REST_TOO_FEW: _(
            "Buiten deze keuze blijven te weinig vragen over. Wie dit cijfer van het geheel"
            " aftrekt, kan zien waar die paar vragen over gaan. Kies een langere periode of een"
            " groter gebied."
        ),
        door.TOO_MANY_CHOICES: _(
            "Zet het leefgebied in de rijen of de kolommen, of laat een indeling weg."
        ),
        choice.NOT_PUBLISHED: _("Deze periode is nog niet gepubliceerd. Kies een eerdere periode."),
        choice.NO_PERIOD: _("Schrijf de periode zo: 2026, 2026-Q3, 2026-09 of 2026-02..2026-05."),
        choice.ENDS_FIRST: _("De laatste maand ligt voor de eerste. Draai ze om."),
        choice.SAME_DIMENSION: _("Kies elke indeling één keer."),
        choice.UNKNOWN_CHOICE: _("Deze keuze bestaat niet."),
    }[reason]
