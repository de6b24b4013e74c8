"""The front desk at /balie/: log a question while the resident is talking."""

import uuid
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.attachments import services as attachments
from intake.desk import code_reset, consent_step, lookup
from intake.desk.forms import DeskForm, NewCodeForm
from intake.questions.models import Question
from intake.resident_access import code_entry, codes
from intake.submission.routing_preview import placed
from intake.submission.submission import EnteredBy
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from organisations.triage_hints.suggestions import suggest
from welzijn.accounts.models import User
from welzijn.core import refused_forms
from welzijn.core.contact_details import clean_email, clean_phone
from welzijn.core.languages import own_names
from welzijn.core.text_cleaning import clean_text

AT_DESK = Permission.WORK_AT_DESK
_CODE = "desk_code"  # the session key of the last code that was issued
_clean_name = partial(clean_text, max_length=120, one_line=True)
_URL_NAMES = consent_step.UrlNames(form="desk", answer="desk_answer", saved="desk_saved")
_CHANNEL = "desk_channel"  # the session key of the channel that was used last


def _form(request: HttpRequest, partnership: Partnership) -> DeskForm:
    return DeskForm(
        refused_forms.data_of(request) or None,
        front=front_door.of(partnership),
        languages=own_names(partnership.languages),
        openings=partnership.opening_questions,
        initial={
            "submission_key": uuid.uuid4(),
            "language": "nl",
            "channel": request.session.get(_CHANNEL, Question.Channel.WALK_IN),
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
@needs(AT_DESK)
def note(request: HttpRequest) -> HttpResponse:
    """Show the form; a valid one goes on to the sentence that is read aloud.

    What is sent is kept, and shown by a GET: nothing is saved yet, and Back asks nothing.
    """
    partnership, user = here(request)
    form = _form(request, partnership)
    if request.method == "POST":
        back = consent_step.BACK if "terug" in request.POST else ""
        return consent_step.show_next(request, form, _URL_NAMES, back)
    step = request.GET.get("stap", "")
    if form.is_bound and step != consent_step.BACK and form.is_valid():
        return consent_step.consent_page(
            request,
            form,
            _entered_by(partnership, user),
            _URL_NAMES,
            changed=step == consent_step.CHANGED,
        )
    typed = str(form.data.get("words", ""))
    if typed:
        form.propose(suggest(partnership=partnership, text=typed).life_domains)
    logged = lookup.logged_at_desk(user=user, partnership=partnership, now=timezone.now())
    return render(request, "intake/desk/note.html", {"form": form, "logged": logged})


def _entered_by(partnership: Partnership, user: User) -> EnteredBy:
    organisation = lookup.organisation_of_desk(user, partnership, timezone.now())
    return EnteredBy(user=user, organisation=organisation)


@require_POST
@needs(AT_DESK)
def answer(request: HttpRequest) -> HttpResponse:
    """Create the question with the resident's yes or no."""
    partnership, user = here(request)
    form = _form(request, partnership)
    if not form.is_valid():
        return consent_step.show_next(request, form, _URL_NAMES)
    made = consent_step.answer(request, form, _entered_by(partnership, user), _URL_NAMES)
    if isinstance(made, HttpResponse):
        return made
    request.session[_CHANNEL] = form.cleaned_data["channel"]
    if made.code:
        request.session[_CODE] = {"question": str(made.question.pk), "code": made.code}
    return redirect("desk_done", question_id=made.question.pk)


@never_cache
@require_GET
@needs(AT_DESK)
def saved(request: HttpRequest, submission_key: UUID) -> HttpResponse:
    """Go to what was saved with this form: where Back comes after saving."""
    partnership, user = here(request)
    question = get_object_or_404(
        Question.objects.logged_by_user(user).only("pk"),
        partnership=partnership,
        submission_key=submission_key,
    )
    return redirect("desk_done", question_id=question.pk)


def _logged(request: HttpRequest, question_id: UUID) -> Question:
    partnership, user = here(request)
    return get_object_or_404(
        Question.objects.logged_by_user(user).select_related("lead", "lead_team"),
        partnership=partnership,
        pk=question_id,
    )


def _code(request: HttpRequest, question: Question) -> str:
    kept: dict[str, Any] = request.session.get(_CODE, {})
    return str(kept.get("code", "")) if kept.get("question") == str(question.pk) else ""


@never_cache
@require_GET
@needs(AT_DESK)
def done(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show where the question went and by when, with the two slips to print."""
    partnership, user = here(request)
    now = timezone.now()
    question = lookup.read_back(
        user=user, partnership=partnership, question_id=question_id, now=now
    )
    question.partnership = partnership
    decision = question.decisions.order_by("at").first()
    shared = decision is not None and decision.organisation_id == question.lead_id
    return render(
        request,
        "intake/desk/done.html",
        {
            "question": question,
            "where": placed(
                question.lead, question.lead_team, decision.reason if decision and shared else ""
            ),
            "code": codes.display_code(_code(request, question)),
            "correctable": lookup.is_of_this_desk_day(question, now),
            "attachments": [a for a in attachments.listing(question) if a.added_by_id == user.pk],
        },
    )


@never_cache
@require_GET
@needs(AT_DESK)
def card(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show the card to take home: reference and date of contact, without the code."""
    return render(request, "intake/desk/card.html", {"question": _logged(request, question_id)})


@never_cache
@require_GET
@needs(AT_DESK)
def code_slip(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show the slip with the code, on a sheet apart from the card with the reference."""
    partnership, _user = here(request)
    kept: dict[str, Any] = request.session.get(_CODE, {})
    if kept.get("question") != str(question_id):
        raise Http404
    question = get_object_or_404(Question, partnership=partnership, pk=question_id)
    code = codes.display_code(str(kept["code"]))
    return render(request, "intake/desk/code.html", {"question": question, "code": code})


@never_cache
@require_POST
@needs(AT_DESK)
def earlier(request: HttpRequest) -> HttpResponse:
    """Show, while typing, earlier open questions of the asker that this worker may see."""
    partnership, user = here(request)
    found = lookup.earlier_questions(
        user=user,
        partnership=partnership,
        phone=_quietly(clean_phone, request.POST.get("phone", "")),
        email=_quietly(clean_email, request.POST.get("email", "")),
        name=_quietly(_clean_name, request.POST.get("name", "")),
        now=timezone.now(),
    )
    searched = any(request.POST.get(field, "").strip() for field in ("name", "phone", "email"))
    return render(request, "intake/desk/_earlier.html", {"found": found, "asked": searched})


@never_cache
@require_POST
@needs(AT_DESK)
def proposal(request: HttpRequest) -> HttpResponse:
    """Show, while typing, the suggested life domains, and the emergency numbers if needed.

    What was ticked stays ticked. The words are neither stored nor logged.
    """
    partnership, _user = here(request)
    found = suggest(partnership=partnership, text=request.POST.get("words", ""))
    form = DeskForm(
        front=front_door.of(partnership),
        languages=own_names(partnership.languages),
        initial={"life_domains": request.POST.getlist("life_domains")},
        # New ids each time, so that htmx doesn't copy the state of the elements it replaces.
        auto_id=f"v{uuid.uuid4().hex[:8]}_%s",
    )
    form.propose(found.life_domains)
    return render(
        request,
        "intake/desk/_proposal.html",
        {"form": form, "maybe_danger": found.danger is not None, "swapped": True},
    )


def _quietly(clean: Any, value: str) -> str:
    try:
        return str(clean(value)) if value.strip() else ""
    except ValidationError:
        return ""


@never_cache
@require_http_methods(["GET", "POST"])
@needs(AT_DESK)
def new_code(request: HttpRequest) -> HttpResponse:
    """Issue a new code to a resident who lost it."""
    partnership, user = here(request)
    form = NewCodeForm(refused_forms.data_of(request))
    refused_forms.show_kept(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            question, code = code_reset.issue_code(
                user=user,
                partnership=partnership,
                reference=form.cleaned_data["reference"],
                detail=form.cleaned_data["detail"],
                now=timezone.now(),
            )
        except code_reset.NotRecognisedError:
            form.add_error(
                None, _("Dit hoort niet bij elkaar. Vraag het kenmerk en het nummer nog een keer.")
            )
        except code_reset.ColleagueFirstError:
            return render(request, "intake/desk/colleague_first.html")
        except code_entry.TooManyTriesError as error:
            form.add_error(
                None,
                ngettext(
                    "Dit kenmerk is te vaak geprobeerd. Probeer het over {n} minuut opnieuw.",
                    "Dit kenmerk is te vaak geprobeerd. Probeer het over {n} minuten opnieuw.",
                    error.minutes,
                ).format(n=error.minutes),
            )
        else:
            request.session[_CODE] = {"question": str(question.pk), "code": code}
            messages.success(request, _("De oude code werkt niet meer. Geef deze code mee."))
            return redirect("desk_code", question_id=question.pk)
    if request.method == "POST":
        return refused_forms.redirect_back(request, form, request.path)
    return render(request, "intake/desk/new_code.html", {"form": form})
