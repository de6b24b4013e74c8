"""Signals from practice at /signalen/, for practitioners, coordinators and policy officers."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from intake.questions.status import WrongMomentError
from organisations.partnerships.models import Municipality, Partnership
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.reports.report_tabs import report_tabs
from referrals.signals import services
from referrals.signals.forms import AnswerForm, AsideForm, BundleForm, Check, SignalForm
from referrals.signals.models import (
    Signal,
    SignalBundle,
    SignalBundleQuerySet,
    SignalQuerySet,
    SignalSupport,
)
from referrals.signals.step_form import StepForm
from welzijn.accounts.models import User

SEE, TELL, BUNDLE = Permission.SEE_SIGNALS, Permission.TELL_SIGNALS, Permission.SEE_CASELOAD


def _of_colleagues(user: User, partnership: Partnership) -> list[Signal]:
    """Return what colleagues wrote and no bundle holds yet, with whether the user sees it too."""
    seen = SignalSupport.objects.filter(signal=OuterRef("pk"), by=user)
    return list(
        Signal.objects.to_support(user, timezone.localdate())
        .filter(partnership=partnership)
        .select_related("organisation", "municipality")
        .annotate(supporters=Count("support"), seen=Exists(seen))
        .order_by("-written_at")[:20]
    )


def signals_of(user: User, partnership: Partnership) -> SignalQuerySet:
    """Return the signals that a user may read here."""
    return (
        Signal.objects.visible_to(user, timezone.localdate())
        .filter(partnership=partnership)
        .select_related("municipality", "organisation", "written_by", "bundle", "aside_by")
    )


def bundles_of(user: User, partnership: Partnership) -> SignalBundleQuerySet:
    """Return the bundles that a user may read here."""
    return (
        SignalBundle.objects.visible_to(user, timezone.localdate())
        .filter(partnership=partnership)
        .select_related("municipality", "made_by", "answer_recorded_by")
    )


def person_check(user: User, partnership: Partnership) -> Check:
    """Return the check of a text for what identifies a person."""
    return partial(services.check, by=user, partnership=partnership)


@require_GET
@never_cache
@needs(SEE)
def index(request: HttpRequest) -> HttpResponse:
    """Show a user's own signals with their outcome, the bundles, and to coordinators what waits."""
    partnership, user = here(request)
    coordinates = user.has_perm(BUNDLE, partnership)
    tells = user.has_perm(TELL, partnership)
    visible = signals_of(user, partnership)
    waiting = list(
        visible.waiting()
        .annotate(supporters=Count("support"))
        .order_by("municipality__name", "written_at")
    )
    by_municipality: dict[Municipality, list[Signal]] = {}
    for signal in waiting if coordinates else []:
        by_municipality.setdefault(signal.municipality, []).append(signal)
    return render(
        request,
        "referrals/signals/index.html",
        {
            "tabs": report_tabs(request, "signals"),
            "mine": visible.filter(written_by=user)[:50],
            "of_colleagues": _of_colleagues(user, partnership) if tells else [],
            "waiting": list(by_municipality.items()),
            "bundles": bundles_of(user, partnership).annotate(number=Count("signals"))[:100],
            "coordinates": coordinates,
            "tells": tells,
            "several": partnership.municipalities.existing(timezone.localdate()).count() > 1,
        },
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(TELL)
def write(request: HttpRequest) -> HttpResponse:
    """Write a signal."""
    partnership, user = here(request)
    form = SignalForm(
        request.POST if request.method == "POST" else None,
        partnership=partnership,
        check=person_check(user, partnership),
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            services.write(
                partnership=partnership,
                municipalities=form.chosen(),
                kind=Signal.Kind(data["kind"]),
                text=data["text"],
                by=user,
                now=timezone.now(),
            )
        except NotAllowedError as error:
            refused(request, error)
        else:
            messages.success(
                request, _("Dank u wel. De coördinatoren lezen het. U hoort wat ermee gebeurt.")
            )
            return redirect("signals")
    return _form(request, form, _("Geef een signaal"), _("Geef het signaal"))


def _form(request: HttpRequest, form: object, heading: str, button: str) -> HttpResponse:
    return render(
        request,
        "referrals/signals/form.html",
        {"form": form, "heading": heading, "button": button},
        status=422 if getattr(form, "is_bound", False) else 200,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(BUNDLE)
def aside(request: HttpRequest, signal_id: UUID) -> HttpResponse:
    """Set a signal aside, with a reason."""
    partnership, user = here(request)
    signal = get_object_or_404(signals_of(user, partnership), pk=signal_id)
    form = AsideForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.set_aside(
                signal=signal, why=form.cleaned_data["why"], by=user, now=timezone.now()
            )
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(request, _("Vastgelegd. Wie het schreef, leest waarom."))
            return redirect("signals")
    return render(
        request,
        "referrals/signals/form.html",
        {
            "form": form,
            "signal": signal,
            "heading": _("Niet naar het overleg"),
            "button": _("Leg vast"),
        },
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(BUNDLE)
def bundle_new(request: HttpRequest, municipality_code: str) -> HttpResponse:
    """Bundle signals of one municipality."""
    partnership, user = here(request)
    municipality = get_object_or_404(
        partnership.municipalities.existing(timezone.localdate()), pk=municipality_code
    )
    waiting = signals_of(user, partnership).waiting().filter(municipality=municipality)
    form = BundleForm(
        request.POST if request.method == "POST" else None,
        waiting=waiting,
        goals=partnership.goals,
        check=person_check(user, partnership),
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.bundle(
                partnership=partnership,
                municipality=municipality,
                signals=list(data.pop("signals")),
                by=user,
                now=timezone.now(),
                **data,
            )
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(request, _("Gebundeld. Lees het nog eens en stuur het dan."))
            return redirect("signal_bundle", made.pk)
    return _form(
        request,
        form,
        _("Bundel signalen voor {municipality}").format(municipality=municipality),
        _("Bundel"),
    )


@require_http_methods(["GET", "POST"])
@never_cache
@needs(SEE)
def bundle(request: HttpRequest, bundle_id: UUID) -> HttpResponse:
    """Show one bundle; a coordinator sends it, and the meeting's answer is recorded."""
    partnership, user = here(request)
    selected = get_object_or_404(bundles_of(user, partnership), pk=bundle_id)
    now = timezone.now()
    coordinates = user.has_perm(BUNDLE, partnership)
    answers = (
        selected.sent_at is not None
        and not selected.answer
        and services.may_answer(user, selected, now)
    )
    what = request.POST.get("wat", "")
    form = AnswerForm(
        request.POST if what == "antwoord" else None,
        check=person_check(user, partnership),
        initial={"answered_on": timezone.localdate()},
    )
    if request.method == "POST":
        if what not in {"stuur", "antwoord"}:
            raise Http404
        if (what == "stuur" and not coordinates) or (what == "antwoord" and not answers):
            raise PermissionDenied
        if what == "stuur" or form.is_valid():
            try:
                if what == "stuur":
                    services.send(bundle=selected, by=user, now=now)
                else:
                    services.record_answer(bundle=selected, by=user, now=now, **form.cleaned_data)
            except WrongMomentError as error:
                # A wrong day, or somebody was first: what was typed stays on the page.
                form.add_error(None, str(error))
                return bundle_page(request, selected, form, answers=answers)
            except NotAllowedError as error:
                refused(request, error)
            else:
                done = {
                    "stuur": _("Verstuurd naar het bestuurlijk overleg."),
                    "antwoord": _("Vastgelegd. Wie een signaal gaf, leest het antwoord."),
                }
                messages.success(request, done[what])
            return redirect("signal_bundle", selected.pk)
    return bundle_page(request, selected, form, answers=answers)


def bundle_page(
    request: HttpRequest,
    selected: SignalBundle,
    form: AnswerForm,
    *,
    answers: bool,
    step_form: StepForm | None = None,
) -> HttpResponse:
    partnership, user = here(request)
    # The template shows no writers: the municipality reads the text only.
    inside = signals_of(user, partnership).filter(bundle=selected)
    bound = form.is_bound or (step_form is not None and step_form.is_bound)
    follows = bool(selected.answer) and services.may_answer(user, selected, timezone.now())
    return render(
        request,
        "referrals/signals/bundle.html",
        {
            "bundle": selected,
            "signals": inside.order_by("written_at", "id"),
            "steps": selected.steps.select_related("recorded_by"),
            "coordinates": user.has_perm(BUNDLE, partnership),
            "answers": answers,
            "form": form,
            "follows": follows,
            "step_form": step_form or StepForm(check=person_check(user, partnership)),
        },
        status=422 if bound else 200,
    )
