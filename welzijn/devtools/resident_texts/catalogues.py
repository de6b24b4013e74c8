"""The catalogues of the languages for residents: exactly the texts that residents meet."""

from collections.abc import Iterator
from pathlib import Path

from welzijn.devtools.resident_texts.collect import texts
from welzijn.devtools.resident_texts.marked import Entry, Key, entries
from welzijn.devtools.resident_texts.rooms import ROOT

# Plural forms by the rules of each language (Unicode CLDR, as Django's own catalogues have them).
PLURALS = {
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
    "tr": "nplurals=2; plural=(n > 1);",
    "pl": (
        "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : "
        "n!=1 && (n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);"
    ),
    "uk": (
        "nplurals=4; plural=(n % 1 == 0 && n % 10 == 1 && n % 100 != 11 ? 0 : n % 1 == 0 && "
        "n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : n % 1 == 0 && "
        "(n % 10 ==0 || (n % 10 >=5 && n % 10 <=9) || (n % 100 >=11 && n % 100 <=14 )) ? 2: 3);"
    ),
}
FORMS = {language: int(rule[9]) for language, rule in PLURALS.items()}
ENGLISH = sorted(
    path
    for app in ("welzijn", "organisations", "intake", "referrals")
    for path in (ROOT / app).rglob("locale/en/LC_MESSAGES/django.po")
    if "partnerships" not in path.parts
)


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return ROOT / "welzijn" / "locale" / language / "LC_MESSAGES" / "django.po"


def wanted() -> dict[Key, Entry]:
    """What a language must have: the English entries of the texts that residents meet."""
    needed = set(texts())
    return {
        (entry.context, entry.dutch): entry
        for path in ENGLISH
        for entry in entries(path)
        if {(entry.context, entry.dutch), (entry.context, entry.plural)} & needed
    }


def present(language: str) -> dict[Key, Entry]:
    """What the catalogue of a language has."""
    path = path_of(language)
    if not path.exists():
        return {}
    return {(entry.context, entry.dutch): entry for entry in entries(path)}


def missing(language: str) -> list[str]:
    """The Dutch of each text without a translation, or with one that is a guess."""
    have = present(language)
    return [
        dutch
        for (context, dutch), entry in wanted().items()
        if not _is_whole(have.get((context, dutch)), entry, language)
    ]


def unplaced(language: str) -> list[str]:
    """The Dutch of each entry that no resident meets any more."""
    needed = wanted()
    return [dutch for (context, dutch) in present(language) if (context, dutch) not in needed]


def _is_whole(found: Entry | None, entry: Entry, language: str) -> bool:
    if found is None or found.fuzzy:
        return False
    forms = FORMS[language] if entry.plural else 1
    return len(found.english) == forms and all(found.english)


def write(language: str) -> None:
    """Write the catalogue anew: what is wanted, with the translations there are."""
    path, have = path_of(language), present(language)
    header = (
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {PLURALS[language]}",
    )
    first = ["# Texts for residents: manage.py resident_texts --write adds what is new."]
    first += ['msgid ""', 'msgstr ""', *(_quoted(f"{line}\n") for line in header)]
    blocks = ["\n".join(first)]
    for key, entry in sorted(wanted().items()):
        old = have.get(key)
        blocks.append("\n".join(_block(entry, old.english if old else [], language)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _block(entry: Entry, translated: list[str], language: str) -> Iterator[str]:
    if entry.context:
        yield f"msgctxt {_quoted(entry.context)}"
    yield f"msgid {_quoted(entry.dutch)}"
    if not entry.plural:
        yield f"msgstr {_quoted(translated[0] if translated else '')}"
        return
    yield f"msgid_plural {_quoted(entry.plural)}"
    for number in range(FORMS[language]):
        text = translated[number] if number < len(translated) else ""
        yield f"msgstr[{number}] {_quoted(text)}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
