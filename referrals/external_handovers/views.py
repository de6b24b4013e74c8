"""A handover to somebody without an account: the worker's page and the partner's."""

from datetime import datetime
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.danger import listening
from intake.questions.models import SharingBasis
from intake.questions.status import WrongMomentError
from intake.resident_access import code_entry, codes
from intake.resident_access.browser_access import PARTNER_ACCESS
from organisations.directory.display_names import caller_of
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import needs
from referrals.casework_base import permissions as casework_base_permissions
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.casework_base.view_context import WORK, readable
from referrals.external_handovers import partner_summary, services
from referrals.external_handovers.forms import AnswerForm, CodeForm, OfferForm
from referrals.external_handovers.models import OutsideHandover
from welzijn.core import known_browser, refused_forms


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def for_worker(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Show who was asked and what they answered; ask a partner, or withdraw.

    The code is shown once, on the page that follows the request.
    """
    question, user = readable(request, question_id)
    if not user.has_perm(casework_base_permissions.Permission.LEAD_QUESTION, question):
        raise PermissionDenied
    now = timezone.now()
    withdrawn_id = request.POST.get("terug", "")
    form = OfferForm(
        request.POST if request.method == "POST" and not withdrawn_id else None, question=question
    )
    created: tuple[OutsideHandover, str] | None = None
    try:
        if withdrawn_id:
            offered = get_object_or_404(question.outside, pk=_uuid(withdrawn_id))
            services.withdraw(offered=offered, by=user, now=now)
            messages.success(request, _("Teruggetrokken. De link opent niets meer."))
            return redirect("case_outside", question.pk)
        if form.is_bound and form.is_valid():
            data = form.cleaned_data
            created = services.offer(
                question=question,
                name=data["name"],
                email=data["email"],
                why=data["why"],
                summary=data["summary"],
                yes_how=SharingBasis.How(data["yes_how"]),
                by=user,
                now=now,
            )
            form = OfferForm(question=question)
    except (NotAllowedError, WrongMomentError) as error:
        refused(request, error, question)
    return render(
        request,
        "referrals/external_handovers/for_worker.html",
        {
            "question": question,
            "form": form,
            "told": created[0] if created else None,
            "code": codes.display_code(created[1]) if created else "",
            "rows": question.outside.select_related("sent_by"),
            "today": timezone.localdate(),
        },
        status=422 if form.is_bound else 200,
    )


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Http404 from None


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def for_partner(request: HttpRequest, token: UUID) -> HttpResponse:
    """Ask for the code, then show the minimal summary with the answer form.

    A wrong code and an unknown link get the same page.
    """
    partnership: Partnership | None = getattr(request, "partnership", None)
    if partnership is None:
        raise Http404
    now = timezone.now()

    def find(opened: str) -> OutsideHandover | None:
        here = opened == str(token)
        return partner_summary.find(token=token, partnership=partnership) if here else None

    handover = PARTNER_ACCESS.opened(request, now, find)
    if handover is not None:
        return _summary(request, handover, now)
    form = CodeForm(refused_forms.data_of(request, CodeForm))
    refused_forms.show_kept(request, form)
    if request.method == "POST":
        if form.is_valid():
            try:
                handover = services.open_with_code(
                    token=token,
                    partnership=partnership,
                    code=form.cleaned_data["code"],
                    address=get_adapter().get_client_ip(request),
                    browser=known_browser.of(request),
                    now=now,
                )
            except code_entry.TooManyTriesError as error:
                form.add_error(None, _wait_or_call(error))
            else:
                if handover is not None:
                    PARTNER_ACCESS.grant(request, token, handover, now)
                    response = redirect("outside", token)
                    known_browser.remember(request, response, services.link_subject(token))
                    return response
                form.add_error("code", _("Deze code klopt niet. Kijk hem nog eens na, of bel."))
        return refused_forms.redirect_back(request, form, request.path)
    asks = partner_summary.find(token=token, partnership=partnership)
    return render(
        request,
        "referrals/external_handovers/code.html",
        {"form": form, **(_caller(asks) if asks and partner_summary.is_live(asks) else {})},
    )


def _caller(handover: OutsideHandover) -> dict[str, str]:
    """Which organisation asks, and its number; nothing of the question or a person."""
    caller = caller_of(handover.sender, handover.question.partnership.desk_phone)
    return {"sender": caller["organisation"], "phone": caller["phone"]}


def _wait_or_call(error: code_entry.TooManyTriesError) -> str:
    return ngettext(
        "Dit is vaak achter elkaar niet gelukt. Probeer het over {n} minuut nog een keer. "
        "Of bel degene die u de mail stuurde.",
        "Dit is vaak achter elkaar niet gelukt. Probeer het over {n} minuten nog een keer. "
        "Of bel degene die u de mail stuurde.",
        error.minutes,
    ).format(n=error.minutes)


def _summary(request: HttpRequest, handover: OutsideHandover, now: datetime) -> HttpResponse:
    live = partner_summary.is_live(handover)
    form = AnswerForm(refused_forms.data_of(request, AnswerForm) if live else None)
    refused_forms.show_kept(request, form)
    if request.method == "POST" and form.is_bound and not form.is_valid():
        return refused_forms.redirect_back(request, form, request.path)
    if request.method == "POST" and form.is_bound:
        try:
            services.answer(
                offered=handover,
                accepts=form.cleaned_data["accepts"],
                text=form.cleaned_data["text"],
                now=now,
            )
        except WrongMomentError as error:
            messages.warning(request, str(error))
        return redirect("outside", handover.token)
    return render(
        request,
        "referrals/external_handovers/summary.html",
        {
            "summary": partner_summary.summary_of(handover) if live else None,
            "status": handover.status,
            **_caller(handover),
            "heard": handover.ended_at is not None
            and listening.heard_at(handover.question, handover.ended_at) is not None,
            "form": form,
        },
    )
