"""Dutch on the screen that was wrong once, with all of its kind, stays away."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOMS = ("intake", "organisations", "referrals", "templates", "welzijn")
# The old shape, and what is said instead.
WRONG = {
    r"\bof eerder\b": "uiterlijk woensdag 2 december",
    r"\b[Dd]e leiding (is|gaat|ligt|verhuist|blijft)|(houdt|heeft|krijgt) de leiding": "de regie",
    r"\b[Ll]eg een (ja|nee) vast\b": "Toestemming vastleggen",
    r"\bDe inwoner erbij\b": "Inwoner uitnodigen",
    r"\bSpreek een actie af\b": "Actie toevoegen",
    r"\bZeg wat voor\b": "Soort vraag",
    r"\b[Rr]egel afschermen\b": "Regel in het inzageoverzicht afschermen",
    r"\bManieren:": "Bereikbaar via:",
    r"\bVul dit nog in, of\b": "Vul nog in: {label}",
    r"\bGaat niet door [A-Z]": "Vervalt: carnaval",
    r"\bconsulent Wmo\b": "Wmo-consulent",
    r"\bKijken kan op\b|\bHiermee kijkt u\b": "Kijk op",
    r"\bNeem uw gegevens mee\b": "Download uw gegevens",
}
# Files that hold what residents type, what the past said, or a text for a machine.
APART = ("migrations", "triage_hints", "demo_data", "locale")


def _texts() -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(settings.BASE_DIR)), path.read_text(encoding="utf-8"))
        for room in ROOMS
        for path in Path(settings.BASE_DIR, room).rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".toml"} and not set(APART) & set(path.parts)
    ]


@pytest.mark.parametrize(("shape", "instead"), WRONG.items(), ids=WRONG.values())
def test_no_screen_says_what_was_wrong_before(shape: str, instead: str) -> None:
    found = re.compile(shape)
    texts = _texts()
    assert len(texts) > 700
    assert [name for name, text in texts if found.search(text)] == [], f"say: {instead}"


def test_a_partner_speaks_of_a_patient_or_pupil_and_not_of_the_asker() -> None:
    form = Path(settings.BASE_DIR, "intake/partner_door/forms.py").read_text(encoding="utf-8")
    assert "vrager" not in form
