"""Explain why something is due, in one sentence: who asked for it, or which rule made it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from referrals.follow_ups.models import FollowUp
from welzijn.core import dates

Kind = FollowUp.Kind

BECAUSE = {
    Kind.PICK_UP: gettext_lazy("De vraag is binnen en niemand heeft haar nog opgepakt."),
    Kind.FIRST_CONTACT: gettext_lazy(
        "De inwoner is beloofd dat wij voor deze dag iets laten horen."
    ),
    Kind.AGREED: gettext_lazy("Dit is zo afgesproken."),
    Kind.HANDOVER: gettext_lazy(
        "Er loopt een warme overdracht. Tot de laatste stap houdt de gever de regie."
    ),
    Kind.CHECK: gettext_lazy("De vraag is afgerond. Wij vragen na een tijd of het nog goed gaat."),
    Kind.QUIET: gettext_lazy("Er is een tijd niets met deze vraag gebeurd."),
    Kind.DUTY: gettext_lazy("Er is misschien gevaar en nog niemand heeft dat beoordeeld."),
    Kind.CONSULTATION: gettext_lazy(
        "Een collega is om raad gevraagd en heeft nog niet geantwoord."
    ),
    Kind.CLOCK: gettext_lazy("De wet zegt wanneer dit klaar moet zijn."),
    Kind.ACTION: gettext_lazy("Dit is afgesproken in een MDO."),
    Kind.OUTSIDE: gettext_lazy(
        "Een partner buiten het samenwerkingsverband is gevraagd en heeft nog niet geantwoord."
    ),
    Kind.REVIEW: gettext_lazy(
        "Een regel in het inzageoverzicht is afgeschermd. "
        "Op deze dag kijken wij of dat nog nodig is."
    ),
    Kind.DESK: gettext_lazy("Iemand belde of stond aan de balie, en de balie gaf dit door."),
    Kind.SAFETY: gettext_lazy("De Meldcode loopt. Dit is de volgende stap."),
}


def why(follow_up: FollowUp) -> str:
    """Return one sentence, and if a user created it who and when."""
    because = str(BECAUSE[Kind(follow_up.kind)])
    if follow_up.created_by is None:
        return because
    noted = _("Opgeschreven door {who}, {day}.").format(
        who=follow_up.created_by, day=dates.plain_day(follow_up.created_at)
    )
    return f"{because} {noted}"
