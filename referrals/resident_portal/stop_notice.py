"""What stopping to share with one organisation or team ends, and who reads on and why.

of(question, basis)     the lines of the confirmation page, and the sentence afterwards
"""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake.questions.models import Question, SharingBasis
from organisations.directory.display_names import display_name
from organisations.directory.models import Team
from organisations.roles.models import Membership
from referrals.casework_base import acting_membership
from referrals.handovers.models import Handover
from referrals.resident_portal.page import who_of, why_of


@dataclass(frozen=True, slots=True)
class StopNotice:
    """Sentences before the confirmation, and the one after it."""

    lines: list[str]
    done: str


def of(question: Question, basis: SharingBasis) -> StopNotice:
    """Return what ending this basis means for the resident; changes nothing."""
    who = who_of(basis)
    lines = [_("{who} kan uw vraag dan niet meer lezen.").format(who=capfirst(who))]
    lead = acting_membership.basis_of_lead(question)
    was_lead = lead is not None and lead.pk == basis.pk
    valid = list(
        question.sharing_bases.filter(ended_at__isnull=True)
        .exclude(pk=basis.pk)
        .select_related("organisation", "team__organisation")
        .order_by("valid_from", "pk")
    )
    reads_on: list[str] = []
    ended: set[object] = set()
    if basis.organisation is not None:
        for other in valid:
            if other.team is None or basis.organisation_id not in other.team_organisations:
                continue
            if len(other.team_organisations) > 1:
                lines.append(
                    _(
                        "Ook mensen van {who} die in {team} werken, lezen uw vraag niet meer."
                    ).format(who=who, team=_team(other.team))
                )
            elif other.kind == SharingBasis.Kind.CONSENT:
                ended.add(other.pk)
                lines.append(
                    _("{team} kan uw vraag dan ook niet meer lezen.").format(
                        team=capfirst(_team(other.team))
                    )
                )
            else:
                reads_on.append(_team(other.team))
        triage = question.partnership.triage_team
        if was_lead and question.is_open and triage is not None:
            theirs = {one.pk for one in triage.organisations.all()}
            if theirs == {basis.organisation_id} and _team(triage) not in reads_on:
                reads_on.append(_team(triage))
        lines += _also_ends(question, basis)
        lines += [
            _(
                "Let op: {team} leest uw vraag nog wel, om uit te zoeken wie u kan helpen. "
                "Daar werken mensen van {who}."
            ).format(team=team, who=who)
            for team in reads_on
        ]
    lines += [
        _("{who} leest uw vraag nog wel, {why}.").format(
            who=capfirst(who_of(other)), why=why_of(other)
        )
        for other in valid
        if other.pk not in ended and not (other.team and _team(other.team) in reads_on)
    ]
    lines += _own_entry(question, basis, who)
    lines.append(_("Wat zij al hebben gelezen, weten zij dan wel."))
    if was_lead and question.is_open:
        lines.append(_("Wij blijven u helpen. Ons team zoekt dan samen met u iemand anders."))
    done = _("Gestopt. {who} kan uw vraag niet meer lezen.").format(who=capfirst(who))
    if reads_on:
        done = _(
            "Gestopt met delen met {who}. {team} leest uw vraag nog wel. "
            "Daar werken mensen van {who}."
        ).format(who=who, team=capfirst(reads_on[0]))
    return StopNotice(lines, done)


def _team(team: Team) -> str:
    return display_name(team.organisation, team)


def _also_ends(question: Question, basis: SharingBasis) -> list[str]:
    if question.handovers.filter(status__in=Handover.OPEN, receiver=basis.organisation_id).exists():
        return [_("Ook de overdracht aan {who} stopt.").format(who=who_of(basis))]
    return []


def _own_entry(question: Question, basis: SharingBasis, who: str) -> list[str]:
    """Say that a desk worker of theirs still sees the words that they wrote down themselves."""
    receivers = [basis.organisation_id] if basis.organisation_id else basis.team_organisations
    typed_there = question.logged_by_id is not None and (
        Membership.objects.filter(
            user=question.logged_by_id,
            partnership=question.partnership_id,
            organisation__in=receivers,
        ).exists()
    )
    if not typed_there:
        return []
    return [_("Wie uw vraag voor u opschreef, ziet nog wel wat daar is opgeschreven.")]
