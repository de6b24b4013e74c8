"""Signals from practice as professionals in the demo wrote them, and what the meetings answered."""

from dataclasses import dataclass

from referrals.signals.models import Signal

Kind = Signal.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One signal, so many working days ago; `bundle` is the key of the bundle it went in."""

    ago: int
    organisation: str
    kind: Signal.Kind
    text: str
    municipalities: tuple[str, ...]
    bundle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle that was sent so many working days ago; `meets` is the meeting, from today."""

    key: str
    municipality: str
    ago: int
    meets: int
    title: str
    text: str
    asks: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """What one partnership's professionals said."""

    signals: tuple[Written, ...]
    bundles: tuple[Bundle, ...]


PUTTEN = Practice(
    (
        Written(
            ago=21,
            organisation="stimenz",
            kind=Kind.RULES,
            text="Wie net te veel verdient, krijgt geen korting op het zwembad. Juist die gezinnen "
            "hebben niets over. Wij zien dat elke week.",
            municipalities=("Putten",),
            bundle="meedoen",
        ),
        Written(
            ago=18,
            organisation="jeugd-punt",
            kind=Kind.RESIDENTS,
            text="Jongeren stoppen met sport omdat de contributie in één keer betaald moet worden.",
            municipalities=("Putten",),
            bundle="meedoen",
        ),
        Written(
            ago=4,
            organisation="stichting-welzijn-putten",
            kind=Kind.TIME,
            text="Een kennismaking met drie mensen kost een middag. Die tijd staat nergens in de "
            "afspraken, dus doen wij het tussendoor.",
            municipalities=("Putten",),
        ),
        Written(
            ago=1,
            organisation="actief-putten",
            kind=Kind.ROOM,
            text="Een beweeggroep in Huinen kan meteen beginnen. De zaal huren mag pas na een "
            "aanvraag van acht weken.",
            municipalities=("Putten",),
        ),
    ),
    (
        Bundle(
            key="meedoen",
            municipality="Putten",
            ago=15,
            meets=-8,
            title="Meedoen kost te veel in één keer",
            text="Gezinnen net boven de grens haken af bij sport en zwemmen. Niet omdat zij niet "
            "willen, maar omdat het bedrag ineens komt.",
            asks="Laat de kortingspas gelden tot 130 procent van het minimum, en help clubs met "
            "betalen in delen.",
            answer="De grens van de kortingspas gaat op 1 januari naar 125 procent. Over betalen "
            "in delen praten wij in het voorjaar met de clubs. Daarover hoort u in april.",
        ),
    ),
)

ASTEN_SOMEREN = Practice(
    (
        Written(
            ago=24,
            organisation="onis-welzijn",
            kind=Kind.RESIDENTS,
            text="Na zes uur rijdt er geen bus in Ommel en Heusden. Mensen komen niet meer bij de "
            "eettafel.",
            municipalities=("Asten",),
            bundle="bus",
        ),
        Written(
            ago=22,
            organisation="maatschappelijk-werk",
            kind=Kind.TIME,
            text="Samen op huisbezoek met een collega van de Wmo helpt echt. Maar wij krijgen het "
            "niet in de week.",
            municipalities=("Asten", "Someren"),
            bundle="samen",
        ),
        Written(
            ago=3,
            organisation="onis-welzijn",
            kind=Kind.ROOM,
            text="Wij willen kleine dingen meteen kunnen regelen, zoals een tweedehands fiets. Nu "
            "duurt dat drie weken.",
            municipalities=("Asten", "Someren"),
        ),
    ),
    (
        Bundle(
            key="bus",
            municipality="Asten",
            ago=14,
            meets=-6,
            title="Na zes uur komt niemand meer ergens",
            text="In twee kernen stopt de bus om zes uur. Daardoor blijven ouderen thuis.",
            asks="Een proef met de buurtbus tot tien uur.",
            answer="Vanaf 1 maart rijdt de buurtbus op dinsdag en donderdag tot tien uur. In de "
            "zomer kijken wij of dat blijft.",
        ),
        Bundle(
            key="samen",
            municipality="Someren",
            ago=2,
            meets=6,
            title="Tijd om samen op huisbezoek te gaan",
            text="Wie samen gaat, hoeft het verhaal maar één keer te horen. Er is geen tijd voor.",
            asks="Twee uur in de week, vrij van andere afspraken.",
        ),
    ),
)
