"""Ask the organisations that gain or lose by a draft for their yes, before it is published.

Their own coordinator answers, in the browser; a trigger refuses anybody else's. The partnership
sets whether all, a majority or one is enough. Who asks agrees for their own organisation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisations.directory.models import Organisation
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from organisations.routing import Offer, RuleSetSpec
from organisations.routing.analysis.affected import Affected, affected
from organisations.routing.models import RuleSet
from organisations.rule_sets import notices
from organisations.rule_sets.editing import locked
from organisations.rule_sets.models import RuleAnswer, RuleProposal
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date

Answer, Needs = RuleAnswer.Answer, RuleProposal.Needs
Figures = Mapping[str, tuple[int, int]]
"""By organisation: the questions it gains and loses in the period tried."""


class ConsentNeededError(ValidationError):
    """Organisations that gain or lose have not agreed. `who` are their slugs."""

    def __init__(self, who: frozenset[str]) -> None:
        self.who = who
        super().__init__(_("Dit concept verandert wie welke vragen krijgt. Vraag eerst hun ja."))


@dataclass(frozen=True, slots=True)
class ConsentStatus:
    """How a proposal stands."""

    proposal: RuleProposal
    answers: tuple[RuleAnswer, ...]
    agreed: bool
    over: bool

    @property
    def refused(self) -> bool:
        """Whether a no makes that it can't be agreed any more."""
        return self.proposal.needs == Needs.ALL and any(a.answer == Answer.NO for a in self.answers)


def who_changes(*, spec: RuleSetSpec, front: FrontDoor, offer: Offer, on: date) -> Affected:
    """Return which organisations gain or lose questions by a version of the rules."""
    return affected(front.rules.spec, spec, front.vocabulary, offer=offer, on=on)


def consent_status(*, draft: RuleSet, now: datetime) -> ConsentStatus | None:
    """Return the open proposal about a draft and its answers; None where nobody was asked."""
    proposal = (
        draft.proposals.filter(withdrawn_at=None).select_related("asked_by", "rule_set").first()
    )
    if proposal is None:
        return None
    answers = tuple(proposal.answers.select_related("organisation", "by"))
    return ConsentStatus(
        proposal, answers, _agreed(proposal, answers), local_date(now) > proposal.answer_by
    )


def _agreed(proposal: RuleProposal, answers: tuple[RuleAnswer, ...]) -> bool:
    """The same as `rule_proposal_agreed` in the database."""
    if proposal.needs == Needs.ALL:
        return all(a.answer == Answer.YES for a in answers)
    asker = proposal.asked_by_id
    others = [a for a in answers if asker is None or a.by_id != asker]
    yes = sum(a.answer == Answer.YES for a in others)
    if not others:
        return True
    return 2 * yes > len(others) if proposal.needs == Needs.MAJORITY else yes > 0


def ask(
    *,
    draft: RuleSet,
    partnership: Partnership,
    who: frozenset[str],
    figures: Figures,
    why: str,
    answer_by: date,
    by: User | None,
    now: datetime,
) -> RuleProposal:
    """Ask the organisations that gain or lose for their yes; an earlier question ends.

    `by` None: a partnership file asks.

    Raises ValidationError for a day that is past, or an organisation without a coordinator.
    """
    if not local_date(now) <= answer_by:
        raise ValidationError(_("Kies een dag die nog komt."))
    with transaction.atomic():
        draft = locked(draft)
        draft.proposals.filter(withdrawn_at=None).update(withdrawn_at=now)
        proposal = RuleProposal.objects.create(
            rule_set=draft,
            why=why.strip()[:300],
            needs=partnership.rule_consent,
            asked_by=by,
            asked_at=now,
            answer_by=answer_by,
        )
        own = own_organisations(by=by, partnership=partnership, now=now) if by else set()
        for organisation in Organisation.objects.filter(slug__in=who).order_by("name"):
            mine = organisation.pk in own
            gains, loses = figures.get(organisation.slug, (0, 0))
            RuleAnswer.objects.create(
                proposal=proposal,
                organisation=organisation,
                gains=gains,
                loses=loses,
                answer=Answer.YES if mine else Answer.OPEN,
                by=by if mine else None,
                at=now if mine else None,
            )
        notices.ask(proposal, partnership, now)
    return proposal


def answer(
    *,
    draft: RuleSet,
    partnership: Partnership,
    organisation_slug: str,
    yes: bool,
    note: str,
    by: User,
    now: datetime,
) -> None:
    """Answer for one's own organisation; until the term an answer can be changed.

    Raises ValidationError where nobody asked, the term is over, or for another organisation.
    """
    with transaction.atomic():
        found = consent_status(draft=locked(draft), now=now)
        if found is None or found.over:
            raise ValidationError(_("Er wordt geen antwoord meer gevraagd."))
        own = own_organisations(by=by, partnership=partnership, now=now)
        mine = next(
            (
                a
                for a in found.answers
                if a.organisation.slug == organisation_slug and a.organisation_id in own
            ),
            None,
        )
        if mine is None:
            raise ValidationError(_("U kunt alleen voor uw eigen organisatie antwoorden."))
        mine.answer = Answer.YES if yes else Answer.NO
        mine.note, mine.by, mine.at = note.strip()[:300], by, now
        mine.save()
        notices.notify_answered(found.proposal, partnership, now)


def require(
    *,
    draft: RuleSet,
    partnership: Partnership,
    changes: Affected,
    by: User,
    now: datetime,
) -> None:
    """Raise ConsentNeededError unless those who gain or lose, other than `by`'s own, agreed."""
    own = set(
        Organisation.objects.filter(
            pk__in=own_organisations(by=by, partnership=partnership, now=now)
        ).values_list("slug", flat=True)
    )
    if not changes.all - own:
        return
    found = consent_status(draft=draft, now=now)
    asked = {a.organisation.slug for a in found.answers} if found else set()
    if found is None or not found.agreed or not changes.all <= asked | own:
        raise ConsentNeededError(changes.all)


def own_organisations(*, by: User, partnership: Partnership, now: datetime) -> set[UUID]:
    """Return the ids of the organisations for which somebody is coordinator."""
    return set(
        Membership.objects.active(local_date(now))
        .filter(user=by, partnership=partnership, role=Role.COORDINATOR)
        .values_list("organisation_id", flat=True)
    )
