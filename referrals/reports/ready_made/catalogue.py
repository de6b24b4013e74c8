"""The ready-made questions, each with its address and what answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from referrals.reports.document import Document
from referrals.reports.ready_made import early_reach, gaps, goal, handovers, signal_bundles
from referrals.reports.ready_made.report_context import ReportContext


@dataclass(frozen=True, slots=True)
class Question:
    """One question: how it is asked, what it is for, and how it is answered."""

    title: str | Promise
    purpose: str | Promise
    answer: Callable[[ReportContext], Document]


QUESTIONS: Mapping[str, Question] = {
    "eerder": Question(
        _("Bereiken wij mensen eerder dan vorig jaar, en waar?"),
        _("Mensen die voor het eerst kwamen, per wijk of kern, naast een jaar eerder."),
        early_reach.document,
    ),
    "overdrachten": Question(
        _("Waar blijven overdrachten liggen?"),
        _("Wie aan wie overdraagt, wat ervan kwam, en hoelang een antwoord duurt."),
        handovers.document,
    ),
    "aanbod": Question(
        _("Waar is geen passend aanbod?"),
        _("Vragen waar geen regel bij paste of die bij het vangnet kwamen."),
        gaps.document,
    ),
    "doel": Question(
        _("Halen wij doel 2?"),
        _("Het cijfer, het doel en het verloop, binnen de onzekerheid."),
        goal.document,
    ),
    "signalen": Question(
        _("Wat zeggen de professionals?"),
        _("Waar signalen over gaan, en wat het bestuur ermee deed."),
        signal_bundles.document,
    ),
}
