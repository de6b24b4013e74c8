"""Bereiken wij mensen eerder dan vorig jaar, en waar?"""

import math

from django.utils.translation import gettext as _

from referrals.reports import maps
from referrals.reports.charts import bars
from referrals.reports.document import Document, Section, TableOf, Value, about
from referrals.reports.noise import Figure
from referrals.reports.ready_made.report_context import ReportContext, bar, definitions, value
from referrals.reports.tables import Dimension


def document(context: ReportContext) -> Document:
    """Compare residents who came for the first time, and lighter help, with a year before."""
    rows = Dimension.NEIGHBOURHOOD
    now = context.answer("first_time", rows)
    before = context.answer("first_time", rows, period=context.year_before)
    layer = context.answer("lighter_layer_share", rows)
    contact = context.answer("contact_days_median", rows)
    lines, drawn, mapped, more, fewer = [], [], [], [], []
    for row in [*(now.rows if now else []), ""]:
        this, last = value(now, row), value(before, row)
        label = context.label(now, row) if now and row else _("Totaal")
        verdict = difference(this, last)
        lines.append(
            [label, this, last, verdict_words(verdict), value(layer, row), value(contact, row)]
        )
        if row:
            drawn.append((label, [bar(this), bar(last)]))
            mapped.append((row, label, bar(this)))
            more += [label] if verdict == 1 else []
            fewer += [label] if verdict == -1 else []
    title = _("Bereiken wij mensen eerder dan vorig jaar, en waar?")
    head = [
        _("Wijk of kern"),
        _("Voor het eerst, dit jaar"),
        _("Voor het eerst, het jaar ervoor"),
        _("Verschil"),
        _("Deel lichte hulp"),
        _("Werkdagen tot gesprek, de helft"),
    ]
    picture = bars(
        "vroeg",
        _("Mensen die voor het eerst kwamen"),
        _("Staven per wijk of kern: gevuld is dit jaar, met patroon het jaar ervoor."),
        drawn,
        [_("dit jaar"), _("het jaar ervoor")],
    )
    return Document(
        title=title,
        place=context.place,
        period=context.period,
        sentences=[_sentence(value(now, ""), value(before, ""), more, fewer)],
        sections=[
            Section(
                _("Per wijk of kern"),
                TableOf(_("Voor het eerst, dit jaar en het jaar ervoor"), head, lines),
                picture,
                map=maps.drawn(
                    "kaart",
                    _("Mensen die voor het eerst kwamen, dit jaar"),
                    mapped,
                    maps.borders_of(context.partnership),
                ),
            )
        ],
        definitions=definitions("first_time", "lighter_layer_share", "contact_days_median"),
        bound=context.partnership.figure_bound,
        name="vroeg-bereik",
    )


def difference(this: Value, last: Value) -> int | None:
    """Return 1 for more, -1 for fewer, 0 for no clear difference, None where nothing is known.

    Clear is a difference of more than two standard deviations of both figures together.
    """
    one, other = this.shown, last.shown
    if not isinstance(one, Figure) or not isinstance(other, Figure):
        return None
    error = 2 * math.hypot(one.deviation, other.deviation)
    by = one.noisy - other.noisy
    return 0 if abs(by) <= error else (1 if by > 0 else -1)


def verdict_words(verdict: int | None) -> str:
    """Return a difference in a word or two."""
    return {
        1: _("meer"),
        -1: _("minder"),
        0: _("ongeveer gelijk"),
        None: _("niet te zeggen"),
    }[verdict]


def _sentence(this: Value, last: Value, more: list[str], fewer: list[str]) -> str:
    """Say whether there are more, with the uncertainty, and where."""
    text = {
        1: _("Ja: er kwamen meer mensen voor het eerst dan een jaar eerder."),
        -1: _("Nee: er kwamen minder mensen voor het eerst dan een jaar eerder."),
        0: _("Er kwamen ongeveer evenveel mensen voor het eerst als een jaar eerder."),
        None: _("Of er meer mensen voor het eerst kwamen, is niet te zeggen."),
    }[difference(this, last)]
    text += " " + _("Dit jaar {this}. Het jaar ervoor {last}.").format(
        this=about(this), last=about(last)
    )
    if more:
        text += " " + _("Meer in {places}.").format(places=", ".join(more))
    if fewer:
        text += " " + _("Minder in {places}.").format(places=", ".join(fewer))
    return text
