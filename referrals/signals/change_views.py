"""Changing signals and bundles until they are sent."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from intake.questions.status import WrongMomentError
from organisations.partnerships.models import Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.signals import changes
from referrals.signals.forms import BundleForm, CorrectForm, RedactForm
from referrals.signals.models import Signal, SignalQuerySet
from referrals.signals.views import bundles_of, person_check, signals_of
from welzijn.accounts.models import User

SEE, TELL, BUNDLE = Permission.SEE_SIGNALS, Permission.TELL_SIGNALS, Permission.SEE_CASELOAD


@require_http_methods(["GET", "POST"])
@never_cache
@needs(TELL)
def edit(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Let the writer correct a signal, and a coordinator leave out what identifies somebody."""
    partnership, user = here(request)
    signal = get_object_or_404(signals_of(user, partnership), pk=signal_id)
    own = signal.written_by_id == user.pk
    if not own and not user.has_perm(BUNDLE, partnership):
        raise PermissionDenied
    form_class = CorrectForm if own else RedactForm
    form = form_class(
        request.POST if request.method == "POST" else None,
        check=person_check(user, partnership),
        initial={"kind": signal.kind, "text": signal.text},
    )
    if form.is_bound and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        try:
            if own:
                kind = Signal.Kind(data["kind"])
                changes.correct(signal=signal, kind=kind, text=data["text"], by=user, now=now)
            else:
                changes.redact(signal=signal, text=data["text"], by=user, now=now)
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(request, _("Het signaal is gewijzigd."))
            if not own and signal.bundle_id:
                return redirect("signal_bundle", signal.bundle_id)
            return redirect("signals")
    return render(
        request,
        "referrals/signals/form.html",
        {
            "form": form,
            "heading": _("Wijzig uw signaal") if own else _("Haal weg wat iemand herkenbaar maakt"),
            "button": _("Bewaar"),
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
@never_cache
@needs(TELL)
def act(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Withdraw one's own signal, or say that one sees the same."""
    partnership, user = here(request)
    what = request.POST.get("wat")
    acts = {"trek-in": signals_of, "zie-ik-ook": _of_colleagues}
    if what not in acts:
        if not any(of(user, partnership).filter(pk=signal_id).exists() for of in acts.values()):
            raise Http404
        return redirect("signals")
    signal = get_object_or_404(acts[what](user, partnership), pk=signal_id)
    try:
        if what == "trek-in":
            changes.withdraw(signal=signal, by=user, now=timezone.now())
            messages.success(request, _("Uw signaal is ingetrokken."))
        else:
            changes.support(signal=signal, by=user, now=timezone.now())
            messages.success(request, _("Genoteerd: u ziet dit ook."))
    except (NotAllowedError, WrongMomentError) as error:
        refused(request, error)
    return redirect("signals")


def _of_colleagues(user: User, partnership: Partnership) -> SignalQuerySet:
    return Signal.objects.to_support(user, timezone.localdate()).filter(partnership=partnership)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(BUNDLE)
def bundle_change(request: HttpRequest, bundle_id: UUID) -> HttpResponse:
    """Change a bundle until it is sent, or take it apart."""
    partnership, user = here(request)
    bundle = get_object_or_404(bundles_of(user, partnership), pk=bundle_id)
    if bundle.sent_at is not None:
        refused(request, WrongMomentError(_("Deze bundel is intussen verstuurd.")))
        return redirect("signal_bundle", bundle.pk)
    now = timezone.now()
    if request.POST.get("wat") == "uit-elkaar":
        try:
            changes.take_apart(bundle=bundle, by=user, now=now)
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(request, _("De bundel is uit elkaar. De signalen wachten weer."))
        return redirect("signals")
    mine = signals_of(user, partnership).filter(municipality=bundle.municipality)
    choice = mine.waiting() | mine.filter(bundle=bundle)
    form = BundleForm(
        request.POST if request.method == "POST" else None,
        waiting=choice,
        goals=partnership.goals,
        check=person_check(user, partnership),
        initial={
            "signals": list(bundle.signals.values_list("pk", flat=True)),
            "title": bundle.title,
            "text": bundle.text,
            "asks": bundle.asks,
            "meeting_on": bundle.meeting_on,
            "concerns": bundle.concerns,
            "about_figure": bundle.about_figure,
        },
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            changes.change_bundle(
                bundle=bundle, signals=list(data.pop("signals")), by=user, now=now, **data
            )
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(request, _("De bundel is gewijzigd."))
            return redirect("signal_bundle", bundle.pk)
    return render(
        request,
        "referrals/signals/form.html",
        {"form": form, "heading": _("Wijzig de bundel"), "button": _("Bewaar")},
        status=422 if form.is_bound else 200,
    )
