"""POSTs of signed-in staff without a form key, each with its reason.

tests/welzijn/staff_forms/test_every_form.py walks all addresses: a new one that takes a POST
carries a key or stands here.
"""

from __future__ import annotations

from django.http import HttpRequest

# By name of the address.
EXEMPT: dict[str, str] = {
    "set_language": "stands on every page of everybody; twice is once",
    "quick_exit": "has to work at once, for everybody; twice is once",
    "wipe": "deletes; twice is once",
    "desk": "shows the next step and saves nothing; desk_answer has the key",
    "desk_proposal": "reads while somebody types",
    "desk_earlier": "reads while somebody types",
    "desk_reference": "leads to the page on which something is passed on; saves nothing",
    "search": "reads only, and what was typed is not to be kept",
    "partner_door": "shows the next step and saves nothing; partner_door_answer has the key",
    "administration_many": "shows the next step and saves nothing; the next one has the key",
    "people_review_download": "downloads a file; twice is twice the same",
    "services_import": "shows the next step and saves nothing; services_import_load has the key",
    "services_import_preview": "shows the next step and saves nothing",
    "caseload_export": "downloads a file; each download is a look of its own",
    "draft_save": "keeps the draft itself",
    "draft_discard": "deletes; twice is once",
    "stay_signed_in": "twice is once",
}
# Signing in and out, second factors: nothing about a resident, and twice is refused there.
EXEMPT_PATHS = ("/accounts/",)
# The page whose draft a later step sends.
STEPS: dict[str, str] = {"desk_answer": "desk", "partner_door_answer": "partner_door"}


def needs_key(name: str, path: str) -> bool:
    """Whether a POST of staff to this address carries a form key."""
    return name not in EXEMPT and not path.startswith(EXEMPT_PATHS)


# Forms that a script asks for anew while somebody fills them in. That saves nothing, and two such
# requests may be on their way at once: neither takes the key of the form.
SHOWN_ANEW = frozenset({"rules_edit_rule", "rules_new_rule"})


def is_shown_anew(name: str, request: HttpRequest) -> bool:
    """Whether a script asks for the form again; only "bewaar" saves it (routing_review)."""
    return (
        name in SHOWN_ANEW
        and bool(request.headers.get("HX-Request"))
        and request.POST.get("doe") != "bewaar"
    )


# Without a draft: its rows are made by its own buttons, so that a draft would fill other rows than
# those it was typed in; a rule that was half put back would send residents elsewhere.
# An uploaded file stays the one that was compared.
WITHOUT_DRAFT = frozenset({"rules_edit_rule", "rules_new_rule", "partnership_file"})
# A page instead of a redirect, and yet it was saved: what is shown once can't be redirected to.
SAVED_WITH_A_PAGE = frozenset({"case_new_code", "sign_on_scim"})
