"""Photos and PDFs on the resident's own page: adding, looking at and removing them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from intake.attachments import services as attachments
from intake.attachments.files import RefusedFileError
from intake.attachments.forms import AttachmentForm
from intake.attachments.models import Attachment
from intake.attachments.serving import as_response
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from referrals.attachments import services
from referrals.resident_portal.entry_views import opened
from welzijn.core import refused_forms


@opened
@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, question: Question) -> HttpResponse:
    """Show what is there and the form, or add what was chosen."""
    kept = refused_forms.kept_of(request)
    form = AttachmentForm(refused_forms.sent(kept) if kept else None)
    refused_forms.show_kept(request, form)
    if request.method == "POST":
        form = AttachmentForm(request.POST, request.FILES)
        form.is_valid()
        stored = _store(question, form)
        if stored and not form.errors:
            messages.success(request, _("Het staat erbij. Wie u helpt, kan het bekijken."))
            return redirect("follow_letters")
        return refused_forms.redirect_back(request, form, reverse("follow_letters"))
    left = attachments.room_left(question, Attachment.Source.RESIDENT)
    return render(
        request,
        "referrals/resident_portal/letters.html",
        {
            "question": question,
            "form": form,
            "left": left if question.is_open else 0,
            "attachments": attachments.listing(question, for_resident=True),
        },
    )


def _store(question: Question, form: AttachmentForm) -> bool:
    if not form.examined:
        return False
    try:
        services.add_by_resident(question=question, given=form.examined, now=timezone.now())
    except RefusedFileError as error:
        form.refuse(error.why)
        return False
    except WrongMomentError as error:
        form.add_error(None, str(error))
        return False
    return True


@opened
@require_GET
def letter(request: HttpRequest, question: Question, attachment_id: UUID) -> HttpResponse:
    """Answer with one file; the look is recorded."""
    found, data = attachments.read_by_resident(
        question=question, attachment_id=attachment_id, now=timezone.now()
    )
    return as_response(found.media_type, data)


@opened
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, question: Question, attachment_id: UUID) -> HttpResponse:
    """Ask once, then destroy a file that the resident sent."""
    own = attachments.present(question).filter(source=Attachment.Source.RESIDENT)
    if not own.filter(pk=attachment_id).exists():
        raise Http404
    if request.method == "POST":
        try:
            services.remove_by_resident(
                question=question, attachment_id=attachment_id, now=timezone.now()
            )
        except WrongMomentError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Weggehaald. Niemand kan het nog bekijken."))
        return redirect("follow_letters")
    return render(
        request,
        "referrals/resident_portal/confirm.html",
        {
            "heading": _("Wilt u dit weghalen?"),
            "lines": [
                _("Daarna kan niemand het meer bekijken. Wie het al zag, weet wel wat erin stond.")
            ],
            "button": _("Ja, haal het weg"),
            "back": reverse("follow_letters"),
        },
    )
