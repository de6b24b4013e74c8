"""The bundles of signals as they stand beside the figures: sent, and never who wrote them."""

from collections.abc import Sequence

from django.db.models import Prefetch
from django.urls import reverse

from referrals.reports.ready_made.report_context import ReportContext
from referrals.reports.ready_made.signal_bundles import SignalBundleRow
from referrals.signals.follow_up_models import AnswerStep
from referrals.signals.models import Signal, SignalBundle
from welzijn.core import dates
from welzijn.core.working_days import local_date


def bundles(context: ReportContext) -> Sequence[SignalBundleRow]:
    """Return the bundles sent to a municipality that this user may read, latest first."""
    found = (
        SignalBundle.objects.visible_to(context.user, local_date(context.now))
        .filter(partnership=context.partnership, sent_at__isnull=False)
        .prefetch_related(
            Prefetch("signals", Signal.objects.order_by("written_at")),
            Prefetch("steps", AnswerStep.objects.order_by("recorded_at", "id")),
        )
    )
    if context.municipality:
        found = found.filter(municipality=context.municipality)
    return [
        SignalBundleRow(
            title=bundle.title,
            kinds=[str(Signal.Kind(s.kind).label).capitalize() for s in bundle.signals.all()],
            meeting_on=bundle.meeting_on,
            answer=bundle.answer,
            answered_on=bundle.answered_on,
            step=step_in_words(list(bundle.steps.all())),
            about_figure=bundle.about_figure,
            path=reverse("signal_bundle", args=[bundle.pk]),
        )
        for bundle in found[:100]
    ]


def step_in_words(steps: Sequence[AnswerStep]) -> str:
    """Return how far an answer is: the last step, with its day."""
    if not steps:
        return ""
    last = steps[-1]
    text = str(AnswerStep.State(last.state).label).capitalize()
    return f"{text} ({dates.named_dated_day(last.by_when)})" if last.by_when else text
