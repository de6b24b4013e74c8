"""What a resident sent on a page of short fields after their hour was over.

It goes to the page that asks for the code, encrypted in a hidden field, and comes back with the
code: nothing keeps it in between. The form then stands there again, filled in, and is sent by them.
"""

import json
from typing import Any

from cryptography.fernet import InvalidToken
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from intake.questions.models import Question
from intake.resident_access.code_entry import QUESTION_ACCESS
from welzijn.core import encryption, refused_forms

FIELD = "kept"
# The name of a page, and of its form.
_PAGES = {"follow_contact": "OwnForm", "follow_help_reach": "ReachForm"}
_PURPOSE = "lapsed-form"
_SECONDS = 3_600
_LARGEST = 20_000  # characters


def pack(request: HttpRequest) -> str:
    """Return what was sent, encrypted; "" where it has no short fields."""
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    if request.method != "POST" or name not in _PAGES:
        return ""
    fields = {
        field: list(values)
        for field, values in request.POST.lists()
        if field != "csrfmiddlewaretoken"
    }
    # Of which question, where the browser still knows.
    question = request.session.get(QUESTION_ACCESS.id_key, "")
    text = json.dumps({"page": name, "question": question, "fields": fields})
    return encryption.encrypt(_PURPOSE, text) if len(text) <= _LARGEST else ""


def give_back(request: HttpRequest, question: Question, packed: str) -> HttpResponse | None:
    """Lead to the page with what was sent in its form; None where there is nothing for it."""
    try:
        opened = encryption.cipher(_PURPOSE).decrypt(packed.encode(), ttl=_SECONDS)
    except InvalidToken:
        return None
    sent: dict[str, Any] = json.loads(opened)
    if sent["question"] not in {"", str(question.pk)}:
        return None
    kept = refused_forms.Refused(
        form=_PAGES[sent["page"]], key="", fields=sent["fields"], errors={}
    )
    return refused_forms.redirect_with(request, kept, reverse(sent["page"]))
