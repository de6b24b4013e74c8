"""Names of languages: their own, as residents look for them, and translated for staff."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

STAFF_LANGUAGES = ("nl", "en")

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


def own_names(codes: list[str]) -> list[tuple[str, str]]:
    """Return (code, own name) pairs, Dutch first; an unknown code is its own name."""
    ordered = sorted(dict.fromkeys(["nl", *codes]), key=lambda code: code != "nl")
    return [(code, OWN_NAMES.get(code, code)) for code in ordered]


# Languages that Django has no name for.
_STAFF_NAMES = {"ti": _("Tigrinya"), "so": _("Somalisch"), "zh": _("Chinees")}


def staff_name(code: str) -> str:
    """Return a language's name in the language of the page ("Arabisch"), or the unknown code."""
    if code in _STAFF_NAMES:
        return str(_STAFF_NAMES[code])
    try:
        return str(get_language_info(code)["name_translated"]).capitalize()
    except KeyError:
        return OWN_NAMES.get(code, code)
