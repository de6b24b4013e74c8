"""What the privacy officer sees of retention: the terms, and the proofs of deletion in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from organisations.directory.models import Organisation
from organisations.partnerships import retention_terms
from organisations.partnerships.models import Partnership
from referrals.retention.models import DeletionProof
from welzijn.core.working_days import local_moment

LOG = retention_terms.LOG

# Tables by their name on the screen; what isn't here counts as "other".
_TABLES = {
    "people": ("intake.Person", "intake.ContactDetail", "intake.ContactWish"),
    "told": (
        "intake.TimelineEntry",
        "intake.StruckEntry",
        "referrals.ContactMoment",
        "referrals.Consultation",
        "referrals.MeldcodeStep",
        "referrals.Conference",
        "referrals.AgendaItem",
        "referrals.Participant",
        "referrals.ConferenceAction",
    ),
    "due": ("referrals.FollowUp",),
    "passed": (
        "referrals.Handover",
        "referrals.HandoverTalk",
        "referrals.OutsideHandover",
        "referrals.Referral",
        "referrals.OutsideChange",
        "referrals.SpreadRow",
        "intake.SharingBasis",
    ),
    "messages": ("notifications.Message", "notifications.DemoMail"),
    "log": ("audit.AccessEvent", "audit.Withholding"),
    "questions": ("intake.Question",),
}


def kind_in_words(kind: str) -> str:
    """Return the kind of a term in words for staff."""
    return {
        retention_terms.ADVICE: _("advies zonder persoon"),
        retention_terms.WELFARE: _("welzijn"),
        retention_terms.WMO: _("melding Wmo"),
        retention_terms.DEBTS: _("schulden"),
        retention_terms.YOUTH_CARE: _("jeugdhulp"),
        LOG: _("inzagelog"),
    }[kind]


@dataclass(frozen=True, slots=True)
class Term:
    """One term: of a kind, or of one organisation that has its own."""

    what: str
    organisation: str
    years: int


def terms(partnership: Partnership) -> list[Term]:
    """Return the current terms; none for a partnership whose file has none."""
    known = retention_terms.terms_of(partnership)
    if known is None:
        return []
    names = dict(
        Organisation.objects.filter(slug__in=[own.organisation for own in known.own]).values_list(
            "slug", "name"
        )
    )
    return [
        *(Term(kind_in_words(kind), "", known.years[kind]) for kind in retention_terms.KINDS),
        *(
            Term(kind_in_words(own.kind), names[own.organisation], own.years)
            for own in known.own
            if own.organisation in names
        ),
        Term(kind_in_words(LOG), "", known.log),
    ]


def proofs(
    *,
    partnership: Partnership,
    since: date | None = None,
    until: date | None = None,
    organisation: Organisation | None = None,
    kind: str = "",
) -> QuerySet[DeletionProof]:
    """Return the proofs of a partnership, latest first; both days inclusive."""
    queryset = DeletionProof.objects.filter(partnership=partnership).select_related("organisation")
    if since is not None:
        queryset = queryset.filter(at__gte=local_moment(since))
    if until is not None:
        queryset = queryset.filter(at__lt=local_moment(until + timedelta(days=1)))
    if organisation is not None:
        queryset = queryset.filter(organisation=organisation)
    if kind:
        queryset = queryset.filter(kind=kind)
    return queryset


@dataclass(frozen=True, slots=True)
class ProofInWords:
    """A proof in words: `rows` are (what, how many), the largest group first."""

    proof: DeletionProof
    kind: str
    rows: list[tuple[str, int]]


def describe(proofs: Iterable[DeletionProof]) -> list[ProofInWords]:
    """Return proofs in words for the screen."""
    return [ProofInWords(proof, kind_in_words(proof.kind), _grouped(proof)) for proof in proofs]


def _grouped(proof: DeletionProof) -> list[tuple[str, int]]:
    group_of = {table: group for group, tables in _TABLES.items() for table in tables}
    sums: Counter[str] = Counter()
    for table, number in proof.rows.items():
        history = table.endswith("Event") and table != "audit.AccessEvent"
        sums["history" if history else group_of.get(table, "other")] += number
    names = {
        "people": _("mensen en hoe zij te bereiken zijn"),
        "told": _("wat er is gebeurd en besproken"),
        "due": _("wat er te doen was"),
        "passed": _("overdrachten en grondslagen"),
        "messages": _("berichten"),
        "log": _("regels van het inzagelog gewist")
        if proof.kind == LOG
        else _("regels van het inzagelog losgemaakt"),
        "history": _("oude versies"),
        "other": _("andere regels"),
    }
    del sums["questions"]
    return [(names[group], number) for group, number in sums.most_common()]
