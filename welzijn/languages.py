"""Languages by their own name, as somebody looks for theirs."""

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
