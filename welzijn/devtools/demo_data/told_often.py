"""Sentences that come back in many invented questions, by life domain; and how they go on."""

from collections.abc import Sequence

ANY: tuple[str, ...] = (
    "Ik kom er niet meer uit. Kan iemand met mij meedenken",
    "wie kan mij helpen",
    "Het is een lang verhaal. Liever vertel ik het aan iemand",
    "Ik weet niet of ik hier goed zit maar ik probeer het",
)
BY_DOMAIN: dict[str, tuple[str, ...]] = {
    "geld": (
        "Ik heb een brief van de deurwaarder en snap hem niet",
        "de huur is al 2 maanden niet betaald",
        "Er blijft niks over aan het eind van de maand",
        "Toeslag terugbetalen, hoe dan",
        "rekening van de energie kan ik niet betalen",
    ),
    "regels": (
        "Weer een brief van de gemeente. Wat willen ze van me",
        "Het formulier is te moeilijk voor mij",
        "mijn digid doet het niet en nu loopt alles vast",
        "Bezwaar maken, hoe doe je dat",
    ),
    "wonen": (
        "De buren maken elke nacht lawaai",
        "ik moet mijn kamer uit voor de eerste",
        "Schimmel in de badkamer en niemand komt",
        "De trap wordt te zwaar voor mij",
    ),
    "opvoeden": (
        "Onze dochter van 4 wil niet slapen",
        "hij luistert nergens naar",
        "Elke ochtend ruzie voor school",
        "Mijn zoon slaat andere kinderen",
    ),
    "relaties": (
        "Wij gaan uit elkaar en de kinderen weten het nog niet",
        "sinds zij weg is zit ik alleen aan tafel",
        "Ruzie met mijn broer over onze moeder",
        "Mijn man is overleden en nu moet ik alles zelf",
    ),
    "opgroeien": (
        "niemand in mijn klas mag mij",
        "ik wil met iemand praten maar niet met mijn ouders",
        "hoe vertel je dat je verliefd bent op een meisje",
        "thuis is het altijd ruzie",
    ),
    "school": (
        "ik wil beter Nederlands leren",
        "Zoek hulp met solliciteren",
        "mijn stage is gestopt",
        "Hij gaat niet meer naar school",
    ),
    "straat-en-scherm": (
        "ze hebben een foto van mij doorgestuurd",
        "mijn zoon gamet tot 4 uur",
        "Er hangen elke avond jongens voor de deur",
    ),
    "bewegen": (
        "Ik wil weer gaan bewegen maar niet in een sportschool",
        "gevallen en nu durf ik niet meer naar buiten",
        "Is er een wandelgroep",
        "de voetbal is te duur voor ons",
    ),
    "meedoen": (
        "Ik heb tijd over en wil iets doen voor een ander",
        "zoek vrijwilligers werk met dieren of mensen",
        "Kan ik ergens helpen koken",
    ),
    "zorgen-voor-een-ander": (
        "Mijn man heeft dementie en ik doe alles alleen",
        "ik zorg voor mijn moeder en mijn werk gaat eraan onderdoor",
        "Een middag vrij, dat zou al helpen",
    ),
    "ouder-worden": (
        "Koken lukt niet meer zo goed",
        "Mijn moeder vergeet steeds meer",
        "Kan er iemand meekijken wat er kan zodat ik thuis kan blijven",
    ),
    "vervoer": (
        "Hoe kom ik maandag in het ziekenhuis",
        "de bus stopt hier niet meer",
        "Mag niet meer rijden van de dokter",
    ),
    "contact": (
        "Ik spreek soms dagen niemand",
        "eenzaam",
        "Nieuw hier, ken niemand",
        "Zoek iemand om mee te schaken",
    ),
    "welbevinden": (
        "Ik slaap slecht en huil veel",
        "alles is te veel",
        "Ik pieker de hele nacht",
        "zit al maanden thuis",
    ),
    "veiligheid": (
        "Er wordt op mijn raam geklopt en ik ben bang",
        "opgelicht via de telefoon",
        "Mijn ex staat steeds voor de deur",
    ),
}
TAILS: tuple[str, ...] = (
    ".",
    "",
    ". Bel liever niet in de ochtend.",
    ". Ik heb al van alles geprobeerd",
    ". Met vriendelijke groet",
    ". kan het snel?",
    ". Mijn kinderen weten dit niet",
    "!!",
    ". Alvast bedankt voor de moeite",
    ". Ik ben er wel klaar mee",
)


def sentences(slug: str) -> Sequence[str]:
    """What people say about a life domain; the general ones where it has none of its own."""
    return BY_DOMAIN.get(slug, ANY)
