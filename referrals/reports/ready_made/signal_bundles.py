"""Wat zeggen de professionals? The signals that were sent, with what came of them.

Signals are counted exactly: they hold no person, and the municipality reads each of them anyway.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from referrals.reports.charts import Bar, bars
from referrals.reports.document import Document, Section, TableOf
from referrals.reports.ready_made.report_context import ReportContext
from welzijn.core import dates


@dataclass(frozen=True, slots=True)
class SignalBundleRow:
    """A bundle of signals as the municipality reads it: never who wrote it."""

    title: str
    kinds: Sequence[str]
    meeting_on: date
    answer: str
    answered_on: date | None
    step: str
    about_figure: str
    path: str


Source = Callable[[ReportContext], Sequence[SignalBundleRow]]
_source: list[Source] = []


def register_source(source: Source) -> None:
    """Register the function that reads the bundles; `referrals.apps` calls this at start-up.

    Signals lie above reports in the order of imports, so reports cannot import them.
    """
    _source[:] = [source]


def readable_bundles(context: ReportContext) -> Sequence[SignalBundleRow]:
    """Return the bundles that this user may read about this municipality."""
    return _source[0](context) if _source else []


def document(context: ReportContext) -> Document:
    """Show what signals are about and how far their answers are."""
    found = readable_bundles(context)
    kinds = Counter(kind for bundle in found for kind in bundle.kinds)
    answered = sum(1 for bundle in found if bundle.answer)
    number = sum(kinds.values())
    sentence = _("Signalen: {n}, in bundels: {bundles}. Daarvan beantwoord: {answered}.").format(
        n=number, bundles=len(found), answered=answered
    )
    sentence += " " + _("Signalen zijn precies geteld: er staat niemand in.")
    ordered = kinds.most_common()
    return Document(
        title=_("Wat zeggen de professionals?"),
        place=context.place,
        period=_("alle signalen tot nu toe"),
        sentences=[sentence],
        sections=[
            Section(
                _("Waar signalen over gaan"),
                TableOf(
                    _("Signalen per onderwerp"),
                    [_("Waarover"), _("Signalen")],
                    [[kind, str(count)] for kind, count in ordered],
                ),
                bars(
                    "signalen",
                    _("Signalen per onderwerp"),
                    _("Een staaf per onderwerp: hoeveel signalen erover gingen."),
                    [(kind, [Bar(count)]) for kind, count in ordered],
                    [],
                ),
            ),
            Section(
                _("Wat ermee is gebeurd"),
                TableOf(
                    _("Bundels en hun antwoord"),
                    [_("Bundel"), _("Overleg"), _("Antwoord"), _("Hoe ver")],
                    [
                        [
                            bundle.title,
                            dates.named_dated_day(bundle.meeting_on),
                            bundle.answer or _("nog geen antwoord"),
                            bundle.step or _("nog niets vastgelegd"),
                        ]
                        for bundle in found
                    ],
                ),
            ),
        ],
        definitions=[
            (
                _("Signaal"),
                _("Wat een professional ziet en het bestuur moet weten, zonder persoon."),
            )
        ],
        bound=context.partnership.figure_bound,
        name="signalen",
    )
