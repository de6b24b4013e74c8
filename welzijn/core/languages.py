"""Languages by their own name, as somebody looks for theirs; and as a colleague calls them."""

from django.utils.translation import get_language_info, override
from django.utils.translation import gettext_lazy as _

OWN_NAMES = {
    "nl": "Nederlands",
    "en": "English",
    "ar": "العربية",
    "tr": "Türkçe",
    "pl": "Polski",
    "uk": "Українська",
    "ti": "ትግርኛ",
    "fa": "فارسی",
    "so": "Soomaali",
    "fr": "Français",
    "de": "Deutsch",
    "es": "Español",
    "ro": "Română",
    "bg": "Български",
    "ru": "Русский",
    "zh": "中文",
}


def names_of(codes: list[str]) -> list[tuple[str, str]]:
    """(code, own name) for each language code; Dutch first, an unknown code as it is."""
    ordered = sorted(dict.fromkeys(["nl", *codes]), key=lambda code: code != "nl")
    return [(code, OWN_NAMES.get(code, code)) for code in ordered]


# Those that Django has no name for.
_CALLED = {"ti": _("Tigrinya"), "so": _("Somalisch"), "zh": _("Chinees")}


def called(code: str) -> str:
    """A language as staff call it, in the language of the page: "Arabisch". Unknown: as it is."""
    if code in _CALLED:
        return str(_CALLED[code])
    try:
        return str(get_language_info(code)["name_translated"]).capitalize()
    except KeyError:
        return OWN_NAMES.get(code, code)


def in_dutch() -> override:
    """Dutch in here, for what is written down: a record is Dutch, whoever writes it.

    For a sentence with a day, the name of a choice or a team in it; one without is marked with
    `gettext_noop`, which leaves it as the source has it. Who reads it later is told it again in
    their own language (`referrals.casework_base.timeline_rendering`).
    """
    return override("nl")
