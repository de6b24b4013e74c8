"""Waar blijven overdrachten liggen? And who hands to whom."""

from django.utils.translation import gettext as _

from referrals.reports.answers import Answer
from referrals.reports.charts import bars, flows
from referrals.reports.document import Document, Section, TableOf, about
from referrals.reports.ready_made.report_context import (
    ReportContext,
    bar,
    definitions,
    largest,
    value,
)
from referrals.reports.tables import Dimension

_OUTCOMES = ("handovers", "taken_up", "declined", "no_answer", "under_way")


def document(context: ReportContext) -> Document:
    """Show for each receiver what became of what was offered, and how long an answer took."""
    to = Dimension.RECEIVER
    found = {name: context.answer(name, to) for name in _OUTCOMES}
    median = context.answer("answer_days_median", to)
    stuck, offered = found["no_answer"], found["handovers"]
    lines, drawn = [], []
    for row in [*(offered.rows if offered else []), ""]:
        label = context.label(offered, row) if offered and row else _("Totaal")
        lines.append([label, *(value(found[n], row) for n in _OUTCOMES), value(median, row)])
        if row:
            drawn.append((label, [bar(value(stuck, row)), bar(value(found["declined"], row))]))
    head = [
        _("Naar organisatie"),
        _("Aangeboden"),
        _("Overgenomen"),
        _("Niet aangenomen"),
        _("Niet beantwoord"),
        _("Nog bezig"),
        _("Werkdagen tot antwoord, de helft"),
    ]
    picture = bars(
        "liggen",
        _("Overdrachten zonder antwoord en niet aangenomen"),
        _("Staven per ontvanger: gevuld is zonder antwoord, met patroon is niet aangenomen."),
        drawn,
        [_("niet beantwoord"), _("niet aangenomen")],
    )
    sections = [
        Section(_("Per ontvanger"), TableOf(_("Overdrachten per ontvanger"), head, lines), picture)
    ]
    flow = context.answer("handovers", Dimension.SENDER, to)
    if flow:
        sections.append(_flows(context, flow))
    return Document(
        title=_("Waar blijven overdrachten liggen?"),
        place=context.place,
        period=context.period,
        sentences=[_sentence(context, stuck)],
        sections=sections,
        definitions=definitions(*_OUTCOMES, "answer_days_median"),
        bound=context.partnership.figure_bound,
        name="overdrachten",
    )


def _sentence(context: ReportContext, stuck: Answer | None) -> str:
    if stuck is None:
        return _("Hierover is geen cijfer te geven.")
    text = _("Zonder antwoord binnen de termijn bleven overdrachten liggen: {number}.").format(
        number=about(value(stuck, ""))
    )
    clear = [row for row in largest(stuck, 2) if (f := stuck.figures[row, ""]) and f.lower > 0]
    if not clear:
        return text + " " + _("Bij geen enkele ontvanger springt dat eruit.")
    names = ", ".join(context.label(stuck, row) for row in clear)
    return text + " " + _("Het vaakst bij {names}.").format(names=names)


def _flows(context: ReportContext, flow: Answer) -> Section:
    """Show who hands to whom, as a picture and a table of what is certainly there."""
    names = {row: context.label(flow, row) for row in flow.rows}
    numbers = {}
    lines = []
    for start, sender in enumerate(flow.rows):
        for end, receiver in enumerate(flow.columns):
            figure = flow.figures[sender, receiver]
            if sender == receiver or figure is None or figure.lower <= 0:
                continue
            numbers[start, end] = float(figure.value)
            to = context.names.of(Dimension.RECEIVER, receiver)
            lines.append([names[sender], to, value(flow, sender, receiver)])
    receivers = [context.names.of(Dimension.RECEIVER, column) for column in flow.columns]
    return Section(
        _("Wie draagt over aan wie"),
        TableOf(
            _("Overdrachten van en naar"),
            [_("Van"), _("Naar"), _("Aangeboden")],
            lines,
        ),
        flows(
            "stromen",
            _("Wie draagt over aan wie"),
            _("Links wie overdraagt, rechts aan wie. Hoe breder de band, hoe meer overdrachten."),
            list(names.values()),
            receivers,
            numbers,
        ),
        _("Alleen wat zeker voorkomt: het echte getal is minstens 1."),
    )
