"""How long a question is kept, in words; from the same terms by which retention deletes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisations.front_door.configuration import FrontDoor
from organisations.partnerships import retention_terms
from organisations.partnerships.models import Partnership


@dataclass(frozen=True, slots=True)
class RetentionNotice:
    """The terms shown before a resident types.

    `years`: of an ordinary question; 0: until it is closed. `lines`: a sentence for each kind that
    is kept for another term. `log`: years that the access log is kept.
    """

    years: int
    lines: tuple[str, ...]
    log: int


def retention_notice(partnership: Partnership, front: FrontDoor) -> RetentionNotice | None:
    """Return the terms of a partnership in words, or None if its file has none."""
    terms = retention_terms.terms_of(partnership)
    if terms is None:
        return None
    usual = terms.years[retention_terms.WELFARE]
    lines = [
        _("{what}: {long}.").format(what=_what(kind), long=_long(terms.years[kind]))
        for kind in (
            retention_terms.ADVICE,
            retention_terms.DEBTS,
            retention_terms.WMO,
            retention_terms.YOUTH_CARE,
        )
        if terms.years[kind] != usual
    ]
    lines += [
        _("{what} bij {who}: {long}.").format(
            what=_what(own.kind),
            who=front.organisations[own.organisation].name,
            long=_long(own.years),
        )
        for own in terms.own
        if own.organisation in front.organisations
    ]
    return RetentionNotice(usual, tuple(lines), terms.log)


def _what(kind: str) -> str:
    return {
        retention_terms.ADVICE: _("Alleen advies, zonder naam of nummer"),
        retention_terms.WELFARE: _("Een gewone vraag"),
        retention_terms.DEBTS: _("Hulp bij schulden"),
        retention_terms.WMO: _("Hulp van de gemeente, zoals een traplift (Wmo)"),
        retention_terms.YOUTH_CARE: _("Jeugdhulp"),
    }[kind]


def _long(years: int) -> str:
    if years == 0:
        return _("wij wissen het als het klaar is")
    return _("1 jaar") if years == 1 else _("{n} jaar").format(n=years)
