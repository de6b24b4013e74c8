"""Photos and PDFs for staff, at /vraagstuk/<id>/brief/ and /balie/<id>/brief/."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from intake.attachments import services as attachments
from intake.attachments.files import RefusedFileError
from intake.attachments.forms import StaffAttachmentForm
from intake.attachments.models import Attachment
from intake.attachments.serving import as_response
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.attachments import services
from referrals.casework_base import acting_membership
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.view_context import WORK, readable
from welzijn.accounts.models import User

AT_DESK = Permission.WORK_AT_DESK
_Finder = Callable[[HttpRequest, UUID], tuple[Question, User]]


def _at_desk(request: HttpRequest, question_id: UUID) -> tuple[Question, User]:
    """Return a question that this desk worker logged; its words and files are not read here."""
    partnership, user = here(request)
    question = get_object_or_404(
        Question.objects.logged_by_user(user).select_related("lead", "lead_team"),
        partnership=partnership,
        pk=question_id,
    )
    question.partnership = partnership
    return question, user


def _add(request: HttpRequest, question_id: UUID, find: _Finder, back: str) -> HttpResponse:
    """Show the form, or add what was chosen; what is fine is kept where the rest is refused."""
    question, user = find(request, question_id)
    now = timezone.now()
    if acting_membership.works_or_logged(user, question, now) is None:
        raise PermissionDenied
    posted = request.method == "POST"
    form = StaffAttachmentForm(request.POST, request.FILES) if posted else StaffAttachmentForm()
    status = 200
    if posted:
        form.is_valid()
        stored = _store(question, form, user)
        if stored and not form.errors:
            messages.success(request, _("Toegevoegd."))
            return redirect(back, question.pk)
        status = 422
    return render(
        request,
        "referrals/attachments/add.html",
        {
            "question": question,
            "form": form,
            "kept": posted and bool(form.examined) and stored,
            "left": attachments.room_left(question, Attachment.Source.STAFF),
            "back": reverse(back, args=[question.pk]),
            "at_desk": back == "desk_done",
        },
        status=status,
    )


def _store(question: Question, form: StaffAttachmentForm, user: User) -> bool:
    if not form.examined:
        return False
    try:
        services.add_by_staff(
            question=question,
            given=form.examined,
            for_resident=bool(form.cleaned_data.get("for_resident")),
            by=user,
            now=timezone.now(),
        )
    except RefusedFileError as error:
        form.refuse(error.why)
        return False
    except WrongMomentError as error:
        form.add_error(None, str(error))
        return False
    except NotAllowedError as error:
        raise PermissionDenied(str(error)) from error
    return True


def _remove(
    request: HttpRequest, question_id: UUID, attachment_id: UUID, find: _Finder, back: str
) -> HttpResponse:
    """Ask once, then destroy a file that this user added."""
    question, user = find(request, question_id)
    found = attachments.present(question).filter(pk=attachment_id, added_by=user).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            services.remove_by_staff(
                question=question, attachment_id=attachment_id, by=user, now=timezone.now()
            )
        except (NotAllowedError, WrongMomentError) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Weggehaald. Het bestand is vernietigd."))
        return redirect(back, question.pk)
    context: dict[str, Any] = {
        "question": question,
        "attachment": found,
        "back": reverse(back, args=[question.pk]),
        "at_desk": back == "desk_done",
    }
    return render(request, "referrals/attachments/remove.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def add(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Add photos and PDFs, by who works on the question."""
    return _add(request, question_id, readable, "case")


@require_GET
@needs(WORK)
def show(request: HttpRequest, question_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Answer with one file; the look is recorded."""
    partnership, user = here(request)
    found, data = attachments.read_by_staff(
        user=user,
        partnership=partnership,
        question_id=question_id,
        attachment_id=attachment_id,
        now=timezone.now(),
    )
    return as_response(found.media_type, data)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def remove(request: HttpRequest, question_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Remove a file that one added oneself."""
    return _remove(request, question_id, attachment_id, readable, "case")


@require_http_methods(["GET", "POST"])
@never_cache
@needs(AT_DESK)
def add_at_desk(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Add photos and PDFs, by the desk worker who logged the question."""
    return _add(request, question_id, _at_desk, "desk_done")


@require_http_methods(["GET", "POST"])
@never_cache
@needs(AT_DESK)
def remove_at_desk(request: HttpRequest, question_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Remove a file that one added oneself at the desk."""
    return _remove(request, question_id, attachment_id, _at_desk, "desk_done")
