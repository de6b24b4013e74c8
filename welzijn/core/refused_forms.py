"""A form that was sent and is not right: kept, and shown by a GET.

An answer to a POST that is a page makes Back and reload ask "Confirm form resubmission". So a form
with errors is kept and its page opened anew, with what was typed and what is wrong.

    pack(form) / show(form, kept)     as JSON, for who keeps it themselves (the resident's draft)
    redirect_back(request, form, to)  in the session, encrypted, for an hour
    data_of(request)                  what a form is bound to: the POST, or what was kept
    kept_of(request)                  the same with its errors, for `show`
"""

import json
import secrets
from typing import Any, TypedDict
from urllib.parse import urlencode, urlsplit

from cryptography.fernet import InvalidToken
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from welzijn.core import encryption

PARAMETER = "opnieuw"
_SESSION = "refused_forms"
_PURPOSE = "refused-form"
_SECONDS = 3_600
_AT_MOST = 3  # of one browser
_KEY = "form_key"  # of a form of staff: the page of a next step goes on with it
_OURS = {"csrfmiddlewaretoken", _KEY}
_CODE = "code"  # what opens a question is kept nowhere: it is typed again


class Refused(TypedDict):
    """What was sent, and what was wrong with it by field; "__all__" for the form as a whole."""

    form: str
    key: str
    fields: dict[str, list[str]]
    errors: dict[str, list[str]]


def pack(form: BaseForm) -> Refused:
    """Return a form with errors as JSON."""
    data = form.data
    fields = dict(data.lists()) if isinstance(data, QueryDict) else {}
    return Refused(
        form=type(form).__name__,
        key="".join(fields.get(_KEY, [])[:1]),
        fields={n: list(values) for n, values in fields.items() if n not in {*_OURS, _CODE}},
        errors={name: [str(text) for text in texts] for name, texts in form.errors.items()},
    )


def sent(kept: Refused) -> QueryDict:
    """Return the fields as they were sent."""
    data = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        data.setlist(name, values)
    return data


def show(form: BaseForm, kept: Refused) -> None:
    """Say what is wrong with a form that is bound to what was sent.

    It is validated anew, so that it is said in the language of the page now; what only its view
    could know is added. Files and codes are gone: of a form with those all is as it was said.
    """
    form.is_valid()
    if form.is_multipart() or _CODE in form.fields:
        form.errors.clear()
    for name, texts in kept["errors"].items():
        if name in form.errors or not (name in form.fields or name == NON_FIELD_ERRORS):
            continue
        for text in texts:
            form.add_error(None if name == NON_FIELD_ERRORS else name, text)


def redirect_back(
    request: HttpRequest, form: BaseForm, to: str, *, anchor: str = ""
) -> HttpResponse:
    """Keep a form with errors, and lead to the page `to` that shows it."""
    return redirect_with(request, pack(form), to, anchor=anchor)


def redirect_with(
    request: HttpRequest, kept: Refused, to: str, *, anchor: str = ""
) -> HttpResponse:
    """The same for what is packed already."""
    token = secrets.token_urlsafe(12)
    blob = encryption.cipher(_PURPOSE).encrypt(json.dumps(kept).encode()).decode()
    before = list(request.session.get(_SESSION, {}).items())[-(_AT_MOST - 1) :]
    request.session[_SESSION] = {**dict(before), token: blob}
    joined = "&" if urlsplit(to).query else "?"
    address = f"{to}{joined}{urlencode({PARAMETER: token})}"
    response = HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)
    response.form_refused = True  # type: ignore[attr-defined]  # read by staff_forms
    return response


def was_refused(response: Any) -> bool:
    """Whether a redirect leads to what is wrong, so that nothing was saved."""
    return bool(getattr(response, "form_refused", False))


def kept_of(request: HttpRequest, form: type[BaseForm] | None = None) -> Refused | None:
    """Return the form that this page was opened to show again; None where there is none.

    `form`: only if it was one of this class, where a page has several.
    """
    token = request.GET.get(PARAMETER, "") if request.method in {"GET", "HEAD"} else ""
    blob = request.session.get(_SESSION, {}).get(token) if token else None
    if blob is None:
        return None
    try:
        opened = encryption.cipher(_PURPOSE).decrypt(blob.encode(), ttl=_SECONDS)
    except InvalidToken:
        return None
    kept: Refused = json.loads(opened)
    return kept if form is None or kept["form"] == form.__name__ else None


def data_of(request: HttpRequest, form: type[BaseForm] | None = None) -> QueryDict | None:
    """Return what a form is bound to: the POST, or what was kept for this page, if anything."""
    if request.method == "POST":
        return request.POST
    kept = kept_of(request, form)
    return None if kept is None else sent(kept)


def show_kept(request: HttpRequest, form: BaseForm) -> bool:
    """Show the errors of a form that this page was opened for; return whether there were any."""
    kept = kept_of(request, type(form))
    if kept is None:
        return False
    show(form, kept)
    return True
