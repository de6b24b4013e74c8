"""The tabs of administration."""

from typing import Any

from django.utils.translation import gettext as _


def administration_tabs(current: str) -> list[dict[str, Any]]:
    """Return the tabs, with the one named `current` marked."""
    return [
        {"label": label, "url": url, "current": name == current}
        for name, label, url in (
            ("people", _("Mensen en rollen"), "/beheer/"),
            ("proposals", _("Voorstellen"), "/beheer/voorstellen/"),
            ("requests", _("Verzoeken"), "/beheer/verzoeken/"),
            ("sign_on", _("Inloggen"), "/beheer/inloggen/"),
            ("duty", _("Dienst"), "/beheer/dienst/"),
            ("stuck", _("Vastgelopen"), "/beheer/vastgelopen/"),
            ("settings", _("Instellingen"), "/beheer/instellingen/"),
        )
    ]
