"""Wat zeggen de professionals? The signals that were sent, with what came of them.

Signals are counted exactly: they hold no person, and the municipality reads each of them anyway.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from referrals.reports.document import Document, Section, TableOf
from referrals.reports.pictures import Bar, bars
from referrals.reports.ready_made.asking import Asking
from welzijn.core import dates


@dataclass(frozen=True, slots=True)
class Said:
    """A bundle of signals as the municipality reads it: never who wrote it."""

    title: str
    kinds: Sequence[str]
    meeting_on: date
    answer: str
    answered_on: date | None
    step: str
    about_figure: str
    path: str


Source = Callable[[Asking], Sequence[Said]]
_source: list[Source] = []


def read_from(source: Source) -> None:
    """Set where signals come from: they lie above reports (called by referrals at start-up)."""
    _source[:] = [source]


def signals(asking: Asking) -> Sequence[Said]:
    """Return the bundles that this user may read about this municipality."""
    return _source[0](asking) if _source else []


def document(asking: Asking) -> Document:
    """Show what signals are about and how far their answers are."""
    found = signals(asking)
    kinds = Counter(kind for said in found for kind in said.kinds)
    answered = sum(1 for said in found if said.answer)
    number = sum(kinds.values())
    sentence = _("Signalen: {n}, in bundels: {bundles}. Daarvan beantwoord: {answered}.").format(
        n=number, bundles=len(found), answered=answered
    )
    sentence += " " + _("Signalen zijn precies geteld: er staat niemand in.")
    ordered = kinds.most_common()
    return Document(
        title=_("Wat zeggen de professionals?"),
        place=asking.place,
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
                            said.title,
                            dates.named_dated_day(said.meeting_on),
                            said.answer or _("nog geen antwoord"),
                            said.step or _("nog niets vastgelegd"),
                        ]
                        for said in found
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
        bound=asking.partnership.figure_bound,
        name="signalen",
    )
