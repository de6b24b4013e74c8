"""An e-mail address that looks like a slip of the finger: asked about once, never changed.

The domains of large providers, and how far from them an address may lie to be asked about.
`welzijn.core.contact_details` refuses what is known to be nobody's; this asks about the rest.
"""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

_PROVIDERS = [
    *("gmail.com", "hotmail.com", "hotmail.nl", "outlook.com", "live.nl", "icloud.com"),
    *("ziggo.nl", "kpnmail.nl", "planet.nl", "home.nl", "casema.nl", "upcmail.nl"),
    *("xs4all.nl", "yahoo.com", "hetnet.nl", "protonmail.com"),
    *("mail.com", "email.com", "hotmail.be", "outlook.be", "gmx.net"),
]
_FURTHEST = 2  # letters added, dropped, changed or swapped
_ENDS = {"con": "com", "cmo": "com", "comm": "com", "nll": "nl", "n": "nl", "ln": "nl", "om": "com"}


def meant(address: str) -> str:
    """Return the address that was probably meant; "" where nothing looks wrong."""
    local, _at, domain = address.rpartition("@")
    if not local or domain in _PROVIDERS:
        return ""
    name, _dot, end = domain.rpartition(".")
    if end in _ENDS:
        return f"{local}@{name}.{_ENDS[end]}"
    near = min(_PROVIDERS, key=lambda one: _distance(domain, one))
    # Of a short name each letter counts: live.be is somebody's own.
    allowed = _FURTHEST if len(near) > len("ziggo.nl") else 1
    return f"{local}@{near}" if _distance(domain, near) <= allowed else ""


def _distance(left: str, right: str) -> int:
    """Return how many letters have to be added, dropped, changed or swapped with the next one."""
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            swapped = i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b
            row.append(min(best, rows[-2][j - 2] + 1) if swapped else best)
        rows.append(row)
    return rows[-1][-1]


def sure_field() -> forms.CharField:
    """Return the hidden field that holds the address that was asked about."""
    return forms.CharField(required=False, max_length=254, widget=forms.HiddenInput)


def ask_about_slip(form: forms.Form) -> None:
    """Add an error that names what was probably meant; from `clean`, with `sure_field`.

    Sent again as it was, the address is taken: it is the resident who knows.
    """
    email = form.cleaned_data.get("email", "")
    form.cleaned_data.pop("email_sure", None)
    proposed = meant(email) if email else ""
    if not proposed or form.data.get(form.add_prefix("email_sure")) == email:
        return
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("email_sure")] = email
    form.data = data
    form.add_error(
        "email",
        _("Bedoelt u {address}? Klopt het zoals het er staat? Ga dan nog een keer verder.").format(
            address=proposed
        ),
    )
