"""The pages on which staff put right what is known, at /vraagstuk/<id>/gegevens/ and /over/."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.access_log.open_question import hide_subject, open_question
from intake.desk import lookup
from intake.people.details import Detail
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.casework_base import acting_membership
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.view_context import WORK
from referrals.person_details import services
from referrals.person_details.forms import PersonForm, SubjectForm
from referrals.person_details.sentences import Heard
from welzijn.accounts.models import User
from welzijn.audit.reasons import Reason

AT_DESK = Permission.WORK_AT_DESK

# How a page finds the question and logs the look, and where it goes back to.
Opener = Callable[[User, Partnership, UUID], Question]


def _at_work(user: User, partnership: Partnership, question_id: UUID) -> Question:
    opened = open_question(
        user=user,
        partnership=partnership,
        question_id=question_id,
        why=Reason.DETAILS_TO_CHANGE,
        now=timezone.now(),
    )
    return opened.question


def _at_desk(user: User, partnership: Partnership, question_id: UUID) -> Question:
    question = lookup.read_back(
        user=user, partnership=partnership, question_id=question_id, now=timezone.now()
    )
    hide_subject(question)
    return question


def _person(question: Question, typed: Any) -> PersonForm:
    return PersonForm(typed, question=question)


def _subject(question: Question, typed: Any) -> SubjectForm:
    return SubjectForm(typed, question=question, front=front_door.of(question.partnership))


def _edit(
    request: HttpRequest, question_id: UUID, opener: Opener, back: str, *, subject: bool
) -> HttpResponse:
    """Show a form with what is known, and save it."""
    partnership, user = here(request)
    question = opener(user, partnership, question_id)
    question.partnership = partnership
    now = timezone.now()
    if acting_membership.works_or_logged(user, question, now) is None:
        raise PermissionDenied
    typed = request.POST if request.method == "POST" else None
    form = _subject(question, typed) if subject else _person(question, typed)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            changed = _save(question, form, user, now)
        except WrongMomentError as error:
            form.show_again(
                services.seen_subject(question) if subject else services.seen_person(question)
            )
            form.add_error(None, str(error))
            status = 409
        except NotAllowedError as error:
            raise PermissionDenied(str(error)) from error
        else:
            messages.success(request, _("Gewijzigd.") if changed else _("Er is niets gewijzigd."))
            return redirect(back, question.pk)
    return render(
        request,
        "referrals/person_details/edit.html",
        {
            "question": question,
            "form": form,
            "subject": subject,
            "title": _("Over wie en waarover") if subject else _("Gegevens van de inwoner"),
            "back": reverse(back, args=[question.pk]),
        },
        status=status,
    )


def _save(
    question: Question, form: PersonForm | SubjectForm, user: User, now: datetime
) -> list[Detail]:
    given: dict[str, Any] = {
        "question": question,
        "changes": form.changes(),
        "seen": form.cleaned_data["seen"],
        "heard": Heard(form.cleaned_data["heard"]),
        "by": user,
        "now": now,
    }
    if isinstance(form, SubjectForm):
        return services.correct_subject(**given)
    return services.correct_person(**given)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def person(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Put right how the asker is called and may be reached, by who works on the question."""
    return _edit(request, question_id, _at_work, "case", subject=False)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def subject(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Put right whom and what the question is about, by who works on it."""
    return _edit(request, question_id, _at_work, "case", subject=True)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(AT_DESK)
def person_at_desk(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Put right how the asker is called and may be reached, by the desk worker who logged it."""
    return _edit(request, question_id, _at_desk, "desk_done", subject=False)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(AT_DESK)
def subject_at_desk(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Put right whom and what the question is about, by the desk worker who logged it."""
    return _edit(request, question_id, _at_desk, "desk_done", subject=True)
