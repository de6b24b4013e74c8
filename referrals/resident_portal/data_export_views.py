"""Download of a resident's own question, as a page or as JSON."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from intake.questions.models import Question
from referrals.resident_portal import data_export
from referrals.resident_portal.entry_views import opened

# Neutral, because others may use the same phone.
FILE_NAME = "gegevens"


@opened
@require_http_methods(["GET", "POST"])
def own_question(request: HttpRequest, question: Question) -> HttpResponse:
    """Explain the download (GET), or return the file and record it (POST)."""
    if request.method == "GET":
        return render(
            request,
            "referrals/resident_portal/download.html",
            {"partnership": question.partnership},
        )
    form = request.POST.get("vorm")
    if form not in {"lezen", "json"}:
        raise Http404
    parts = data_export.export(question=question, now=timezone.now())
    if form == "json":
        text = json.dumps(
            data_export.as_json(parts), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2
        )
        return as_file(text, "application/json", "json")
    page = render_to_string(
        "referrals/resident_portal/download_file.html",
        {"parts": data_export.as_sections(parts), "partnership": question.partnership},
        request,
    )
    return as_file(page, "text/html", "html")


def as_file(text: str, kind: str, ending: str) -> HttpResponse:
    """Return a text as a download with the neutral file name."""
    return HttpResponse(
        text,
        content_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}.{ending}"'},
    )
