"""Waar is geen passend aanbod?"""

from django.utils.translation import gettext as _

from referrals.reports.answers import Answer
from referrals.reports.charts import bars
from referrals.reports.document import Document, Section, TableOf, about
from referrals.reports.names import headings
from referrals.reports.ready_made.report_context import (
    ReportContext,
    bar,
    definitions,
    largest,
    value,
)
from referrals.reports.tables import Dimension


def document(context: ReportContext) -> Document:
    """Show where no rule fitted, or only the safety net did: by life domain and by place."""
    by_domain = context.answer("no_offer", Dimension.LIFE_DOMAIN)
    by_place = context.answer("no_offer", Dimension.NEIGHBOURHOOD)
    sections = [
        _section(context, dimension, found)
        for dimension, found in (
            (Dimension.LIFE_DOMAIN, by_domain),
            (Dimension.NEIGHBOURHOOD, by_place),
        )
        if found
    ]
    return Document(
        title=_("Waar is geen passend aanbod?"),
        place=context.place,
        period=context.period,
        sentences=[_sentence(context, by_domain, by_place)],
        sections=sections,
        definitions=definitions("no_offer", "no_offer_share", "informal_share"),
        bound=context.partnership.figure_bound,
        name="geen-passend-aanbod",
    )


def _section(context: ReportContext, dimension: Dimension, found: Answer) -> Section:
    share = context.answer("no_offer_share", dimension)
    informal = context.answer("informal_share", dimension)
    lines = [
        [
            context.label(found, row) if row else _("Totaal"),
            value(found, row),
            value(share, row),
            value(informal, row),
        ]
        for row in [*found.rows, ""]
    ]
    heading = headings()[dimension]
    title = _("Geen passend aanbod, per {dimension}").format(dimension=heading.lower())
    return Section(
        heading,
        TableOf(
            title,
            [heading, _("Geen passend aanbod"), _("Deel van de vragen"), _("Deel informele hulp")],
            lines,
        ),
        bars(
            f"aanbod-{dimension.value}",
            title,
            _("Staven: het aantal vragen waar niets bij paste, met de onzekerheid als streep."),
            [(context.label(found, row), [bar(value(found, row))]) for row in found.rows],
            [],
        ),
    )


def _sentence(context: ReportContext, by_domain: Answer | None, by_place: Answer | None) -> str:
    known = by_domain or by_place
    if known is None:
        return _("Hierover is geen cijfer te geven.")
    text = _("Voor een deel van de vragen was er niets dat paste: {number}.").format(
        number=about(value(known, ""))
    )
    clear = [row for row in largest(known, 3) if (f := known.figures[row, ""]) and f.lower > 0]
    if clear:
        names = ", ".join(context.label(known, row) for row in clear)
        text += " " + _("Het vaakst bij: {names}.").format(names=names)
    if by_domain is None:
        text += " " + _("Waar die vragen over gaan, is bij zo weinig vragen niet te zeggen.")
    return text
