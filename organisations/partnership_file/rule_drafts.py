"""Rules of a file that move questions between organisations wait for those organisations' yes.

An open front door keeps its rules; the file's become a draft, and the coordinators of who gains or
loses are asked as the browser asks them. Loading the same file again publishes it once they agreed;
a coordinator can do so in the browser. A trigger holds it (`file_rules_agreed.sql`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from organisations.directory.models import Organisation
from organisations.front_door.stored_rules import as_rule
from organisations.partnership_file.problems import FileProblem, FileProblemsError
from organisations.partnership_file.rules import rules_of
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.soundness import offer_of
from organisations.partnership_file.vocabulary import vocabulary_of
from organisations.partnerships.models import Partnership
from organisations.routing import Offer, RuleSetSpec, Triage
from organisations.routing.analysis.affected import affected
from organisations.routing.models import RuleSet
from organisations.rule_sets import consent, notices
from welzijn.core.working_days import local_date

TERM = timedelta(days=14)


def who_must_agree(
    file: PartnershipFile, partnership: Partnership, current: RuleSet, now: datetime
) -> frozenset[str]:
    """Return the organisations that gain or lose and have a coordinator who can say so."""
    team = next(t for t in file.teams if t.slug == file.responsible.triage_team)
    triage = Triage(team.organisation, team.slug)
    stored = current.rules.select_related("organisation", "team").prefetch_related("supporting")
    day = local_date(now)
    changes = affected(
        RuleSetSpec(current.version, tuple(as_rule(rule) for rule in stored), triage),
        RuleSetSpec(0, rules_of(file), triage),
        vocabulary_of(file),
        offer=Offer(services=tuple(offer_of(file, day))),
        on=day,
    )
    found = Organisation.objects.filter(slug__in=changes.all)
    return frozenset(one.slug for one in found if notices.coordinators(partnership, now, [one.pk]))


def propose(
    *,
    file: PartnershipFile,
    partnership: Partnership,
    current: RuleSet,
    who: Collection[str],
    write: Callable[[], RuleSet],
    same: Callable[[RuleSet], bool],
    source: str,
    now: datetime,
) -> tuple[RuleSet, bool]:
    """Return the draft that waits, and whether those who are asked have agreed.

    A draft of an earlier file is replaced; one of a coordinator is not: FileProblemsError, as for
    rules in force that lead to who is no longer in the file.
    """
    _check_still_leads(file, current, source)
    draft = partnership.rule_sets.filter(status=RuleSet.Status.DRAFT).first()
    if draft is not None and not same(draft):
        if draft.created_by_id is not None or not draft.loaded_from:
            _refuse(
                source,
                "Een coördinator heeft een concept open. Laat dat eerst publiceren of weggooien, "
                "en laad het bestand dan opnieuw.",
            )
        draft.delete()
        draft = None
    if draft is None:
        draft = write()
    standing = consent.consent_status(draft=draft, now=now)
    asked = {a.organisation.slug for a in standing.answers} if standing else set()
    if standing is None or standing.over or not set(who) <= asked:
        consent.ask(
            draft=draft,
            partnership=partnership,
            who=frozenset(who),
            figures={},
            why=f"Geladen uit {source}"[:300],
            answer_by=local_date(now) + TERM,
            by=None,
            now=now,
        )
        return draft, False
    return draft, standing.agreed


def _check_still_leads(file: PartnershipFile, current: RuleSet, source: str) -> None:
    """The rules in force stay so for now: whom they lead to has to be in the file."""
    partners = {one.slug for one in file.organisations if one.picks_up}
    teams = {one.slug for one in file.teams}
    gone = [
        (rule.organisation or rule.team)
        for rule in current.rules.select_related("organisation", "team")
        if (rule.organisation and rule.organisation.slug not in partners)
        or (rule.team and rule.team.slug not in teams)
    ]
    if gone:
        names = ", ".join(dict.fromkeys(str(one) for one in gone))
        _refuse(
            source,
            f"De regels die nu gelden, leiden naar {names}. Laat die in het bestand staan tot de "
            "nieuwe regels gelden.",
        )


def _refuse(source: str, words: str) -> None:
    raise FileProblemsError(source, [FileProblem("regels", words)])
