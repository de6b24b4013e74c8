"""Rules belong to all partners: whose yes a draft needs, and that nobody gives another's."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from organisations.routing.models import RuleSet
from organisations.rule_sets import consent, drafts, editing, notices
from organisations.rule_sets.consent import ConsentNeededError
from organisations.rule_sets.models import RuleAnswer, RuleProposal
from tests.organisations.rule_sets.test_drafts import fresh, money_to, publish
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY


class Case:
    """Money moves from Stimenz to Actief Putten, proposed by a coordinator of another."""

    def __init__(self, needs: str = "all") -> None:
        self.here = make.world()
        self.here.partnership.rule_consent = needs
        self.here.partnership.save()
        self.boss = make.coordinator(self.here)
        self.loser = make.coordinator(self.here, "stimenz")
        self.gainer = make.coordinator(self.here, "actief")
        self.bystander = make.coordinator(self.here, "jeugd-punt")
        self.draft = drafts.open_draft(partnership=self.here.partnership, by=self.boss)
        editing.save_rule(
            draft=self.draft, rule=money_to("actief"), front=fresh(self.here), by=self.boss,
            now=NOW, key="geld",
        )  # fmt: skip

    def ask(self, by: User | None = None) -> RuleProposal:
        return consent.ask(
            draft=self.draft, partnership=self.here.partnership,
            who=frozenset({"stimenz", "actief"}), figures={"actief": (12, 0), "stimenz": (0, 12)},
            why="Actief Putten heeft nu een spreekuur.",
            answer_by=NOW.date() + timedelta(days=7), by=by or self.boss, now=NOW,
        )  # fmt: skip

    def answer(self, by: User, slug: str, yes: bool = True, **more: Any) -> None:
        consent.answer(
            draft=self.draft, partnership=self.here.partnership, organisation_slug=slug, yes=yes,
            note="", by=by, now=more.get("now", NOW),
        )  # fmt: skip

    def publish(self, by: User | None = None) -> RuleSet:
        return publish(self.here, self.draft, by or self.boss, "Samen besproken.")


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(subject_kind=kind).values_list("recipient_key", flat=True))


def test_the_rules_apply_once_everybody_who_gains_or_loses_agreed() -> None:
    case = Case()
    with pytest.raises(ConsentNeededError) as needed:
        case.publish()
    assert needed.value.who == {"stimenz", "actief"}
    case.ask()
    assert len(told(notices.ASKED)) == 2
    case.answer(case.loser, "stimenz")
    with pytest.raises(ConsentNeededError):
        case.publish()
    case.answer(case.gainer, "actief")
    assert case.publish().status == RuleSet.Status.PUBLISHED
    # Everybody else is told, also who had nothing to say about it.
    assert len(told(notices.PUBLISHED)) == 3


def test_no_change_of_who_gets_what_asks_nobody() -> None:
    case = Case()
    editing.save_rule(
        draft=case.draft, rule=money_to("stimenz", "Geld en post"), front=fresh(case.here),
        by=case.boss, now=NOW, key="geld",
    )  # fmt: skip
    assert case.publish().status == RuleSet.Status.PUBLISHED


def test_nobody_answers_for_another_organisation() -> None:
    case = Case()
    proposal = case.ask()
    for slug in ("stimenz", "actief", "welzijn"):
        with pytest.raises(ValidationError, match="eigen organisatie"):
            case.answer(case.bystander, slug)
    answers = RuleAnswer.objects.filter(proposal=proposal, organisation=case.here["stimenz"])
    ended = make.coordinator(case.here, "stimenz")
    ended.memberships.update(until=NOW.date() - timedelta(days=1))
    worker = make.intake_worker(case.here, "stimenz")
    for other in (case.boss, case.gainer, ended, worker):
        with pytest.raises(IntegrityError, match="own coordinator"), transaction.atomic():
            answers.update(answer="yes", by=other, at=NOW)
    with pytest.raises(IntegrityError, match="no longer waits"), transaction.atomic():
        answers.update(answer="yes", by=case.loser, at=NOW + timedelta(days=30))
    with pytest.raises(IntegrityError, match="stays with"), transaction.atomic():
        answers.update(organisation=case.here["jeugd-punt"])
    RuleSet.objects.filter(status="published").update(status="archived")
    draft = RuleSet.objects.filter(pk=case.draft.pk)
    with pytest.raises(IntegrityError, match="have not agreed"), transaction.atomic():
        draft.update(status="published", published_at=NOW)


def test_a_change_of_the_draft_ends_what_was_agreed() -> None:
    case = Case()
    case.ask()
    case.answer(case.loser, "stimenz")
    case.answer(case.gainer, "actief")
    editing.move(draft=case.draft, key="geld", up=True, by=case.boss, now=NOW)
    assert consent.consent_status(draft=case.draft, now=NOW) is None
    with pytest.raises(ConsentNeededError):
        case.publish()


@pytest.mark.parametrize(
    ("needs", "says", "enough"),
    [
        ("all", {"stimenz": True, "actief": False}, False),
        ("majority", {"stimenz": True}, False),
        ("majority", {"stimenz": True, "actief": True}, True),
        ("one", {"stimenz": False}, False),
        ("one", {"actief": True}, True),
    ],
)
def test_the_partnership_sets_how_many_are_enough(
    needs: str, says: dict[str, bool], enough: bool
) -> None:
    case = Case(needs)
    proposal = case.ask()
    for slug, yes in says.items():
        case.answer(case.loser if slug == "stimenz" else case.gainer, slug, yes=yes)
    standing = consent.consent_status(draft=case.draft, now=NOW)
    assert standing is not None
    assert standing.agreed is enough
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rule_proposal_agreed(p) FROM organisations_ruleproposal p WHERE id = %s",
            [proposal.pk],
        )
        assert cursor.fetchone() == (enough,)


def test_who_asks_agrees_for_their_own_organisation_only_and_that_is_not_the_one() -> None:
    case = Case("one")
    case.ask(by=case.gainer)
    standing = consent.consent_status(draft=case.draft, now=NOW)
    assert standing is not None
    assert [a.answer for a in standing.answers] == ["yes", ""]
    assert not standing.agreed
    with pytest.raises(ConsentNeededError):
        case.publish(by=case.gainer)


def test_an_answer_can_be_changed_until_the_term_is_over() -> None:
    case = Case()
    case.ask()
    case.answer(case.loser, "stimenz", yes=False)
    case.answer(case.loser, "stimenz")
    late = NOW + timedelta(days=8)
    with pytest.raises(ValidationError, match="geen antwoord meer"):
        case.answer(case.gainer, "actief", now=late)
    standing = consent.consent_status(draft=case.draft, now=late)
    assert standing is not None
    assert (standing.over, standing.agreed) == (True, False)


def test_an_old_version_is_put_back_as_a_new_one() -> None:
    case = Case()
    before = RuleSet.objects.get(status="published")
    case.ask()
    case.answer(case.loser, "stimenz")
    case.answer(case.gainer, "actief")
    case.publish()
    make.fresh_front_doors()
    before.refresh_from_db()
    draft = drafts.put_back(old=before, partnership=case.here.partnership, by=case.boss)
    assert draft.rules.get(key="geld").organisation == case.here["stimenz"]
    with pytest.raises(ValidationError, match="concept open"):
        drafts.put_back(old=before, partnership=case.here.partnership, by=case.boss)
