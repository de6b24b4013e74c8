"""The door of an outside partner at /partner/: a GP, a school, a residents' initiative."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from intake.desk import consent_step
from intake.partner_door import marks
from intake.partner_door.forms import MarkForm, PartnerForm
from intake.partner_door.models import LONGEST
from intake.questions.models import Question, SharingBasis
from intake.submission.submission import EnteredBy
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.models import Role
from organisations.roles.permissions import Permission, roles_at
from welzijn.accounts.models import User
from welzijn.core import refused_forms
from welzijn.core.languages import own_names

BRING_IN = Permission.BRING_IN
_URL_NAMES = consent_step.UrlNames(form="partner_door", answer="partner_door_answer")


def _entered_by(partnership: Partnership, user: User) -> EnteredBy:
    mine = next(m for m in roles_at(user, partnership) if m.role == Role.PARTNER_DOOR)
    return EnteredBy(user=user, organisation=mine.organisation, brought_by=mine.organisation)


def _form(request: HttpRequest, partnership: Partnership, entered_by: EnteredBy) -> PartnerForm:
    return PartnerForm(
        refused_forms.data_of(request) or None,
        partner=entered_by.brought_by.kind if entered_by.brought_by else "",
        front=front_door.of(partnership),
        languages=own_names(partnership.languages),
        initial={"submission_key": uuid.uuid4(), "language": "nl"},
    )


def _brought(partnership: Partnership, entered_by: EnteredBy) -> list[Question]:
    """Return what this partner brought in: reference, status and their own mark; no content."""
    return list(
        Question.objects.filter(partnership=partnership, brought_by=entered_by.brought_by)
        .select_related("partner_mark")
        .only("id", "reference", "status", "received_at", "partner_mark__mark")
        .order_by("-received_at")[:50]
    )


@never_cache
@require_http_methods(["GET", "POST"])
@needs(BRING_IN)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Show the form, and what was brought in before with its status."""
    partnership, user = here(request)
    entered_by = _entered_by(partnership, user)
    form = _form(request, partnership, entered_by)
    if request.method == "POST" and "terug" not in request.POST and _says_no(request):
        # Nothing of it is kept, not even for this page.
        return redirect(f"{reverse('partner_door')}?stap=zelf")
    if request.method == "POST":
        back = consent_step.BACK if "terug" in request.POST else ""
        return consent_step.show_next(request, form, _URL_NAMES, back)
    step = request.GET.get("stap", "")
    if step == "zelf":
        return render(request, "intake/partner_door/themselves.html")
    if form.is_bound and step != consent_step.BACK and form.is_valid():
        changed = step == consent_step.CHANGED
        return consent_step.consent_page(request, form, entered_by, _URL_NAMES, changed=changed)
    return render(
        request,
        "intake/partner_door/bring_in.html",
        {"form": form, "brought": _brought(partnership, entered_by)},
    )


def _says_no(request: HttpRequest) -> bool:
    return request.POST.get("agrees") == "nee"


@require_POST
@needs(BRING_IN)
def answer(request: HttpRequest) -> HttpResponse:
    """Create the question, on the recorded consent of the patient or pupil."""
    partnership, user = here(request)
    entered_by = _entered_by(partnership, user)
    form = _form(request, partnership, entered_by)
    if _says_no(request):
        return redirect(f"{reverse('partner_door')}?stap=zelf")
    if not form.is_valid() or form.cleaned_data["agrees"] != "ja":
        return consent_step.show_next(request, form, _URL_NAMES)
    made = consent_step.answer(request, form, entered_by, _URL_NAMES, how=SharingBasis.How.PARTNER)
    if isinstance(made, HttpResponse):
        return made
    if made_mark := form.cleaned_data["mark"]:
        marks.mark(question=made.question, text=made_mark, by=user, now=timezone.now())
    messages.success(
        request,
        _(
            "De vraag is binnen met kenmerk {reference}. Geef het kenmerk mee. "
            "Aan de balie krijgt de inwoner daarmee een code, om de vraag te volgen."
        ).format(reference=made.reference),
    )
    return redirect("partner_door")


@require_POST
@needs(BRING_IN)
def mark(request: HttpRequest, question_id: uuid.UUID) -> HttpResponse:
    """Set the partner's own mark of a question that they brought in."""
    partnership, user = here(request)
    question = get_object_or_404(
        Question,
        pk=question_id,
        partnership=partnership,
        brought_by=_entered_by(partnership, user).brought_by,
    )
    form = MarkForm(request.POST)
    if form.is_valid():
        marks.mark(question=question, text=form.cleaned_data["mark"], by=user, now=timezone.now())
        messages.success(request, _("Uw aanduiding is bewaard."))
    else:
        messages.error(request, _("Een aanduiding is hooguit {n} tekens lang.").format(n=LONGEST))
    return redirect("partner_door")
