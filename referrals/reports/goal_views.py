"""The goals page: figures, stories and answers; and the yearly report made from it."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from intake.questions.status import WrongMomentError
from organisations.roles.decorators import here, needs
from organisations.roles.permissions import Permission
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.casework_base.refusals import refused
from referrals.reports import exports, figures, goal_page, stories
from referrals.reports.models import GoalStory
from referrals.reports.ready_made.report_context import ReportContext
from referrals.reports.ready_made.views import UNKNOWN, places, report_context_of
from referrals.reports.report_tabs import report_tabs
from welzijn.core.form_fields import CleanCharField

SEE = Permission.SEE_REPORT


class StoryForm(forms.Form):
    """What somebody says about a goal, without any person in it."""

    text = CleanCharField(
        label=gettext_lazy("Wat u erover wilt zeggen"),
        help_text=gettext_lazy("Zonder namen of andere gegevens van mensen."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_text(self) -> str:
        """Refuse a text that says who it is about."""
        text: str = self.cleaned_data["text"]
        stories.check(text)
        return text


def _quarter(request: HttpRequest) -> date | None:
    text = request.GET.get("kwartaal", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None


def _context_of_one(request: HttpRequest) -> ReportContext:
    """Return who asks; goals belong to one municipality."""
    context = report_context_of(request)
    if context.municipality is None:
        raise Http404
    return context


@require_GET
@never_cache
@needs(SEE)
def goals(request: HttpRequest) -> HttpResponse:
    """Show the goals of a quarter, or return them as a file (?bestand=)."""
    context = _context_of_one(request)
    page = goal_page.read(context, _quarter(request))
    kind = request.GET.get("bestand", "")
    if kind and page:
        return exports.response(kind, goal_page.document(context, page))
    query = request.GET.copy()
    query.pop("bestand", None)
    years = sorted({quarter.year for quarter in page.quarters}, reverse=True) if page else []
    return render(
        request,
        "referrals/reports/goals.html",
        {
            "tabs": report_tabs(request, "goals"),
            "page": page,
            "document": goal_page.document(context, page) if page else None,
            "years": years,
            "formats": exports.FORMATS,
            "query": query.urlencode(),
            "places": places(request),
            "chosen": request.GET.get("gemeente", ""),
            "code": context.municipality or UNKNOWN,
            "tells": request.user.has_perm(Permission.SEE_CASELOAD, context.partnership),
            "answerable": {
                story.pk
                for one in (page.goals if page else [])
                for story in one.stories
                if not story.answer and stories.may_answer(context.user, story)
            },
        },
    )


@require_GET
@never_cache
@needs(SEE)
def yearly(request: HttpRequest, year: int) -> HttpResponse:
    """Return the report of a year as a file; a PDF unless ?bestand= says otherwise."""
    if not date.min.year < year < date.max.year:
        raise Http404
    context = _context_of_one(request)
    page = goal_page.read(context, goal_page.last_quarter_of(year))
    if page is None or page.quarter.year != year:
        raise Http404
    document = goal_page.document(context, page, year=year)
    return exports.response(request.GET.get("bestand", "pdf"), document)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(Permission.SEE_CASELOAD)
def add_story(request: HttpRequest, goal: str, quarter: str) -> HttpResponse:
    """Write a story beside a goal of a quarter."""
    context = _context_of_one(request)
    try:
        of_quarter = date.fromisoformat(quarter)
    except ValueError:
        raise Http404 from None
    page = goal_page.read(context, of_quarter)
    one = next((g for g in (page.goals if page else []) if g.goal.key == goal), None)
    if page is None or one is None or page.quarter != of_quarter:
        raise Http404
    form = StoryForm(request.POST if request.method == "POST" else None)
    back = f"{reverse('report_goals')}?gemeente={context.municipality or UNKNOWN}"
    if form.is_bound and form.is_valid():
        try:
            stories.add_story(
                partnership=context.partnership,
                municipality=context.municipality or "",
                quarter=of_quarter,
                goal=goal,
                text=form.cleaned_data["text"],
                by=context.user,
                now=timezone.now(),
            )
        except NotAllowedError as error:
            refused(request, error)
        else:
            messages.success(request, _("Uw verhaal staat bij het doel."))
            return redirect(back)
    heading = _("Uw verhaal bij: {goal}").format(goal=one.goal.name)
    return _form(request, form, heading, back)


@require_http_methods(["GET", "POST"])
@never_cache
@needs(SEE)
def answer(request: HttpRequest, story_id: UUID) -> HttpResponse:
    """Answer a story for the municipality."""
    partnership, user = here(request)
    allowed = [code for code, _name in figures.municipalities_for(user, partnership)]
    story = get_object_or_404(
        GoalStory, pk=story_id, partnership=partnership, municipality__in=allowed
    )
    if not stories.may_answer(user, story):
        raise Http404
    form = StoryForm(request.POST if request.method == "POST" else None)
    back = reverse("report_goals")
    if form.is_bound and form.is_valid():
        try:
            stories.answer(story=story, text=form.cleaned_data["text"], by=user, now=timezone.now())
        except (NotAllowedError, WrongMomentError) as error:
            refused(request, error)
        else:
            messages.success(request, _("Uw antwoord staat bij het verhaal."))
        return redirect(back)
    return _form(request, form, _("Antwoord van de gemeente"), back, story)


def _form(
    request: HttpRequest,
    form: StoryForm,
    heading: str,
    back: str,
    story: GoalStory | None = None,
) -> HttpResponse:
    return render(
        request,
        "referrals/reports/story_form.html",
        {"form": form, "heading": heading, "back": back, "story": story},
        status=422 if form.is_bound else 200,
    )
