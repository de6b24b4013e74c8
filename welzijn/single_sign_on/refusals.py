"""Why a sign-in through a provider is refused, and what the page says about it."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


class Reason(StrEnum):
    """The reasons; the value is the code on the page and in the log. It names no person."""

    CANCELLED = "sso-gestopt"
    LOST = "sso-andere-browser"
    PROVIDER_ERROR = "sso-fout-bij-aanbieder"
    UNREACHABLE = "sso-geen-antwoord"
    CLIENT = "sso-koppeling-geweigerd"
    MISCONFIGURED = "sso-verkeerd-ingesteld"
    SIGNATURE = "sso-handtekening"
    ISSUER = "sso-andere-afzender"
    AUDIENCE = "sso-voor-ander-programma"
    TIME = "sso-tijd"
    NONCE = "sso-eerdere-poging"
    INCOMPLETE = "sso-onvolledig"
    NO_ADDRESS = "sso-geen-adres"
    UNVERIFIED = "sso-adres-niet-bevestigd"
    DOMAIN = "sso-ander-domein"
    UNKNOWN = "sso-geen-account"
    ENDED = "sso-account-gestopt"
    SECOND_SUBJECT = "sso-tweede-persoon"
    OTHER_ORGANISATION = "sso-andere-organisatie"


class Refused(PermissionDenied):
    """A sign-in that is refused. Carries no claim."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


# What an administrator hears of by mail, because the colleague can't mend it.
NOTIFIED = frozenset({Reason.SECOND_SUBJECT})


@dataclass(frozen=True, slots=True)
class Explanation:
    """The page: its heading, what is wrong, and what to do."""

    heading: str
    wrong: str
    do: str


def explain(reason: Reason) -> Explanation:
    """Return the page's texts in the language of the request."""
    ask = _("Vraag uw functioneel beheerder om hulp en geef de code hieronder door.")
    again = _("Probeer het opnieuw. Lukt het weer niet? Vraag dan uw functioneel beheerder.")
    it = _("Geef de code hieronder door aan de ICT-afdeling van uw organisatie.")
    failed = _("Inloggen via uw organisatie is niet gelukt")
    pages = {
        Reason.CANCELLED: (
            _("U bent gestopt met inloggen"),
            _("Het inloggen bij uw organisatie is niet afgemaakt."),
            again,
        ),
        Reason.LOST: (
            failed,
            _("Het inloggen begon in een ander venster, of het duurde te lang."),
            _("Sluit andere vensters waarin u aan het inloggen was en begin opnieuw."),
        ),
        Reason.PROVIDER_ERROR: (
            failed,
            _(
                "Het inlogsysteem van uw organisatie gaf een fout. U heeft er "
                "mogelijk nog geen toegang tot Voordeur."
            ),
            it,
        ),
        Reason.UNREACHABLE: (
            failed,
            _("Het inlogsysteem van uw organisatie geeft geen antwoord."),
            _("Wacht een paar minuten en probeer het opnieuw."),
        ),
        Reason.CLIENT: (
            failed,
            _(
                "Het inlogsysteem van uw organisatie herkent Voordeur niet. Het "
                "wachtwoord van de koppeling is misschien verlopen."
            ),
            it,
        ),
        Reason.MISCONFIGURED: (
            failed,
            _(
                "De koppeling met uw organisatie is niet goed ingesteld. Het adres "
                "van het inlogsysteem klopt niet."
            ),
            ask,
        ),
        Reason.SIGNATURE: (
            failed,
            _("Het antwoord van het inlogsysteem is niet echt: de handtekening klopt niet."),
            it,
        ),
        Reason.ISSUER: (
            failed,
            _("Het antwoord komt van een ander inlogsysteem dan dat van uw organisatie."),
            it,
        ),
        Reason.AUDIENCE: (
            failed,
            _("Het antwoord van het inlogsysteem is voor een ander programma bedoeld."),
            it,
        ),
        Reason.TIME: (
            failed,
            _(
                "Het antwoord van het inlogsysteem is verlopen. Of de klok loopt daar"
                " niet gelijk met die van Voordeur."
            ),
            again,
        ),
        Reason.NONCE: (
            failed,
            _("Het antwoord van het inlogsysteem hoort bij een eerdere poging."),
            again,
        ),
        Reason.INCOMPLETE: (
            failed,
            _("In het antwoord van het inlogsysteem ontbreken gegevens die Voordeur nodig heeft."),
            it,
        ),
        Reason.NO_ADDRESS: (
            failed,
            _(
                "Het inlogsysteem geeft uw e-mailadres niet door. Voordeur weet dan "
                "niet wie u bent."
            ),
            it,
        ),
        Reason.UNVERIFIED: (
            failed,
            _(
                "Het inlogsysteem zegt niet dat uw e-mailadres is gecontroleerd. "
                "Voordeur mag het dan niet gebruiken."
            ),
            ask,
        ),
        Reason.DOMAIN: (
            failed,
            _(
                "Met dit e-mailadres kunt u hier niet inloggen. U bent bij het "
                "inlogsysteem misschien met een ander account ingelogd."
            ),
            _("Log in met het account van uw werk."),
        ),
        Reason.UNKNOWN: (
            _("U heeft hier nog geen account"),
            _(
                "Het inloggen bij uw organisatie is gelukt, maar voor uw e-mailadres "
                "is er nog geen account in Voordeur."
            ),
            _("Vraag uw functioneel beheerder om u uit te nodigen op uw werkadres."),
        ),
        Reason.ENDED: (
            _("Uw account is gestopt"),
            _("U kunt met dit account niet meer inloggen."),
            _("Klopt dat niet? Vraag uw functioneel beheerder."),
        ),
        Reason.SECOND_SUBJECT: (
            failed,
            _(
                "Dit account in Voordeur hoort al bij iemand anders in het "
                "inlogsysteem van uw organisatie. Daarom laten wij u niet binnen. Uw "
                "functioneel beheerder krijgt hierover bericht."
            ),
            _(
                "Heeft u bij uw organisatie een nieuw account gekregen? Vraag uw "
                "functioneel beheerder om de koppeling los te maken."
            ),
        ),
        Reason.OTHER_ORGANISATION: (
            failed,
            _("U werkt in Voordeur voor een andere organisatie dan die van dit inlogsysteem."),
            _("Kies op de inlogpagina uw eigen organisatie, of log in met uw wachtwoord."),
        ),
    }
    return Explanation(*pages[reason])
