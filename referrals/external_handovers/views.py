"""A handover to somebody without an account: the worker's page, the partner's, the resident's."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intake.questions.models import SharingBasis
from intake.questions.status import WrongMomentError
from intake.resident_access import code_entry, codes
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import needs
from referrals.casework_base import permissions as casework_base_permissions
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.view_context import WORK, readable
from referrals.external_handovers import services
from referrals.external_handovers.forms import AnswerForm, CodeForm, OfferForm
from referrals.external_handovers.models import OutsideHandover
from welzijn.core.client_address import client_address

_TOKEN, _UNTIL = "overdracht_token", "overdracht_until"


@require_http_methods(["GET", "POST"])
@never_cache
@needs(WORK)
def for_worker(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Who was asked and what they said; ask somebody, or take it back.

    The code is on the page that follows the asking, once.
    """
    question, user = readable(request, question_id)
    if not user.has_perm(casework_base_permissions.Permission.LEAD_QUESTION, question):
        raise PermissionDenied
    now = timezone.now()
    takes_back = request.POST.get("terug", "")
    form = OfferForm(
        request.POST if request.method == "POST" and not takes_back else None, question=question
    )
    told: tuple[OutsideHandover, str] | None = None
    try:
        if takes_back:
            offered = get_object_or_404(question.outside, pk=_uuid(takes_back))
            services.withdraw(offered=offered, by=user, now=now)
            messages.success(request, _("Teruggetrokken. De link opent niets meer."))
            return redirect("case_outside", question.pk)
        if form.is_bound and form.is_valid():
            given = form.cleaned_data
            told = services.offer(
                question=question,
                name=given["name"],
                email=given["email"],
                why=given["why"],
                summary=given["summary"],
                yes_how=SharingBasis.How(given["yes_how"]),
                by=user,
                now=now,
            )
            form = OfferForm(question=question)
    except (NotAllowedError, WrongMomentError) as error:
        form.add_error(None, str(error)) if form.is_bound else messages.error(request, str(error))
    return render(
        request,
        "referrals/external_handovers/for_worker.html",
        {
            "question": question,
            "form": form,
            "told": told[0] if told else None,
            "code": codes.display_code(told[1]) if told else "",
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
    """The code first; then the minimal summary with yes or no. Wrong says nothing about what is."""
    partnership: Partnership | None = getattr(request, "partnership", None)
    if partnership is None:
        raise Http404
    now = timezone.now()
    found = _remembered(request, token, partnership, now)
    if found is not None:
        return _summary(request, found, now)
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                found = services.open_with_code(
                    token=token,
                    partnership=partnership,
                    code=form.cleaned_data["code"],
                    address=client_address(request),
                    now=now,
                )
            except code_entry.TooManyTriesError:
                status = 429
                form.add_error(None, _("Het is te vaak geprobeerd. Wacht een uur, of bel."))
            else:
                if found is not None:
                    request.session.cycle_key()
                    request.session[_TOKEN] = str(token)
                    request.session[_UNTIL] = (now + code_entry.SESSION_LASTS).isoformat()
                    return redirect("outside", token)
                form.add_error("code", _("Deze code klopt niet. Kijk hem nog eens na, of bel."))
    return render(request, "referrals/external_handovers/code.html", {"form": form}, status=status)


def _remembered(
    request: HttpRequest, token: UUID, partnership: Partnership, now: datetime
) -> OutsideHandover | None:
    until = request.session.get(_UNTIL)
    if request.session.get(_TOKEN) != str(token) or not until:
        return None
    if datetime.fromisoformat(until) < now:
        return None
    return services.find(token=token, partnership=partnership)


def _summary(request: HttpRequest, found: OutsideHandover, now: datetime) -> HttpResponse:
    live = services.is_live(found)
    form = AnswerForm(request.POST if request.method == "POST" and live else None)
    if form.is_bound and form.is_valid():
        try:
            services.answer(
                offered=found,
                accepts=form.cleaned_data["accepts"],
                text=form.cleaned_data["text"],
                now=now,
            )
        except WrongMomentError as error:
            messages.warning(request, str(error))
        return redirect("outside", found.token)
    return render(
        request,
        "referrals/external_handovers/summary.html",
        {
            "summary": services.summary_of(found) if live else None,
            "status": found.status,
            "sender": found.sender.name,
            "phone": found.question.partnership.desk_phone,
            "form": form,
        },
        status=422 if form.is_bound else 200,
    )
