"""The rooms that residents reach: their templates by inheritance, their code by a list."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
# Extend the frame of residents without being theirs: the style guide, the demo's mail, sign-in.
_NOT_THEIRS = ("devtools/", "notifications/pages/", "account/", "organisations/administration/")
# What colleagues see of the components: a resident's page has none of these.
_OF_STAFF = {
    "components/keys.html",
    "components/find.html",
    "components/bar_chart.html",
    "components/breadcrumb.html",
    "components/filter_bar.html",
    "components/me.html",
    "components/pagination.html",
    "components/places.html",
    "components/tabs.html",
    "errors/base_error_staff.html",
    "errors/stale_sign_in.html",
}
# Rendered by template tags and widgets, or named in a variable: no tag of a page names them.
_BY_NAME = (
    "components/*.html",
    "django/forms/*.html",
    "django/forms/widgets/*.html",
    "errors/*.html",
    "intake/ask/**/*.html",
    "intake/danger/**/*.html",
    "notifications/resident/*",
)
_REFERS = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
_CODE = (
    "intake/access_log/*.py",
    "intake/ask/**/*.py",
    "intake/attachments/forms.py",
    "intake/attachments/models.py",
    "intake/consent/bases.py",
    "intake/danger/forms.py",
    "intake/danger/help_at_hand.py",
    "intake/danger/listening.py",
    "intake/danger/reach.py",
    "intake/desk/consent_step.py",
    "intake/people/*.py",
    "intake/questions/models/question.py",
    "intake/questions/models/question_status.py",
    "intake/resident_access/*.py",
    "intake/resident_sign_in/*.py",
    "intake/submission/*.py",
    "organisations/directory/display_names.py",
    "organisations/directory/models.py",
    "organisations/front_door/*.py",
    "organisations/routing/reasons.py",
    "organisations/services/words_form.py",
    "organisations/services/glossary.py",
    "organisations/services/details.py",
    "organisations/services/views.py",
    "referrals/conferences/causes.py",
    "referrals/external_handovers/forms.py",
    "referrals/external_handovers/views.py",
    "referrals/resident_portal/*.py",
    "welzijn/config/error_views.py",
    "welzijn/core/contact_details.py",
    "welzijn/core/form_fields.py",
    "welzijn/core/text_cleaning.py",
    "welzijn/design_system/templatetags/dates.py",
    "welzijn/design_system/templatetags/forms.py",
    "welzijn/design_system/templatetags/layout.py",
    "welzijn/notifications/calendar_invites.py",
    "welzijn/notifications/rendering.py",
)


def code() -> list[Path]:
    """The modules that speak to residents, apart from those that declare sentences."""
    found = {path for pattern in _CODE for path in ROOT.glob(pattern)}
    return sorted(path for path in found if path.name != "sentences.py")


def templates() -> list[Path]:
    """The templates of residents' pages, mails and text messages, with all they include."""
    roots = {name for name, text in _texts() if _is_theirs(name, text)}
    roots |= {
        str(path.relative_to(TEMPLATES))
        for pattern in _BY_NAME
        for path in TEMPLATES.glob(pattern)
        if path.is_file()
    }
    found: set[str] = set()
    while roots:
        name = roots.pop()
        if name in found or name in _OF_STAFF or not (TEMPLATES / name).is_file():
            continue
        found.add(name)
        roots |= set(_REFERS.findall((TEMPLATES / name).read_text(encoding="utf-8")))
    return sorted(TEMPLATES / name for name in found)


def _texts() -> Iterator[tuple[str, str]]:
    for path in TEMPLATES.rglob("*.html"):
        yield str(path.relative_to(TEMPLATES)), path.read_text(encoding="utf-8")


def _is_theirs(name: str, text: str) -> bool:
    return '{% extends "base.html" %}' in text and not name.startswith(_NOT_THEIRS)
