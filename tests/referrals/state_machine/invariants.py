"""What holds after every step, whatever people did: DESIGN section 4."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis.stateful import invariant

from intake.households import links as household_links
from intake.households.models import HouseholdLink
from intake.questions import permissions as intake_rules
from intake.questions.models import Question, SharingBasis
from organisations.routing.facts import MINOR_BANDS
from referrals.casework_base import acting_membership
from referrals.casework_base.models import Referral
from referrals.conferences import state_machine as conference_state_machine
from referrals.conferences.models import Conference, ConferenceAction, Participant
from referrals.follow_ups.models import FollowUp
from referrals.handovers import receiver_summary
from referrals.handovers import state_machine as handover_state_machine
from referrals.handovers.models import Handover
from referrals.reports import counting
from referrals.reports.models import ReportPublication
from referrals.reports.publishing import publish
from tests.referrals.conferences.family_conference import invitations
from tests.referrals.state_machine.surroundings import NAME, Around
from welzijn.core.working_days import local_date
from welzijn.notifications.models import Message

Kind = FollowUp.Kind
EVER = (date(2020, 1, 1), date(2100, 1, 1))


class Invariants(Around):
    """Looked at for the questions that the last step was about."""

    turn = 0

    # --- What always holds -----------------------------------------------------------------------
    @invariant()
    def one_lead_with_its_referral_and_basis(self) -> None:
        """Invariants 1 and 3 for the lead."""
        self.reached["steps"] += 1
        for question in Question.objects.filter(pk__in=self.touched):
            leads = Referral.objects.filter(question=question, part="lead", until=None)
            assert [r.organisation_id for r in leads] == [question.lead_id]
            if question.is_open:
                valid = SharingBasis.objects.filter(question=question, ended_at=None)
                if question.lead_team_id:
                    assert valid.filter(team_id=question.lead_team_id).count() == 1
                else:
                    assert valid.filter(organisation_id=question.lead_id).count() == 1
            for helping in Referral.objects.filter(question=question, part="support", until=None):
                assert SharingBasis.objects.filter(
                    question=question, organisation=helping.organisation, ended_at=None
                ).exists()
            assert question.decisions.exclude(facts={}).exists()

    @invariant()
    def the_sender_leads_until_they_have_met(self) -> None:
        """Invariant 2."""
        for offered in Handover.objects.filter(
            question__in=self.touched, status__in=Handover.OPEN
        ).select_related("question"):
            assert offered.question.lead_id == offered.sender_id
            assert offered.question.is_open
            assert offered.due_for == handover_state_machine.TURN[Handover.Status(offered.status)]
            if offered.status != Handover.Status.ACCEPTED:
                assert offered.basis is None
            # Every sentence that the receiver reads, the resident has said yes to.
            unapproved = {t.text for t in offered.talk.all() if t.waits_for_resident}
            # A receiver who said yes meanwhile reads the whole, and nothing waits any more.
            if offered.status != Handover.Status.ACCEPTED:
                assert bool(unapproved) == (offered.status == Handover.Status.ANSWERED)
            shown = receiver_summary.summary_of(offered).talk
            assert len(shown) == sum(
                not t.needs_yes or t.resident_yes_at is not None for t in offered.talk.all()
            )

    @invariant()
    def nobody_reads_without_a_basis_that_holds(self) -> None:
        """Invariants 3 and 8: who has a basis is known, and visible_to says as the rules say."""
        for question in Question.objects.filter(pk__in=self.touched):
            for basis in question.sharing_bases.filter(ended_at=None):
                assert self._is_expected(question, basis), basis.organisation or basis.team
        today = local_date(self.now)
        touched = list(Question.objects.filter(pk__in=self.touched))
        self.turn += 1
        for number, user in enumerate(self.cast.users if touched else []):
            visible = set(
                Question.objects.visible_to(user, today)
                .filter(pk__in=self.touched)
                .values_list("pk", flat=True)
            )
            assert not (visible and user in self.cast.outsiders)
            # The other two ways of asking cost more: for who sees one, and for some who don't.
            if visible or number % 4 == self.turn % 4:
                assert visible == {q.pk for q in touched if intake_rules.reads(user, q)}
                for question in touched:
                    works = acting_membership.working_as(user, question, today) is not None
                    assert works == (question.pk in visible)

    @staticmethod
    def _is_expected(question: Question, basis: SharingBasis) -> bool:
        if basis.team_id is not None:
            return basis.team_id == question.lead_team_id or not question.is_open
        if basis.organisation_id == question.lead_id and question.lead_team_id is None:
            return True
        helps = Referral.objects.filter(
            question=question, organisation=basis.organisation, until=None
        ).exists()
        receives = Handover.objects.filter(basis=basis, status="accepted").exists()
        talks = (
            Participant.objects.filter(
                organisation=basis.organisation,
                removed_at=None,
                conference__agenda__question=question,
            )
            .exclude(conference__status="cancelled")
            .exists()
        )
        return helps or receives or (talks and question.is_open)

    @invariant()
    def nothing_due_is_lost(self) -> None:
        """Invariant 5."""
        for question in Question.objects.filter(pk__in=self.touched):
            due = list(FollowUp.objects.filter(question=question, status="open"))
            kinds = {f.kind for f in due}
            if question.status == Question.Status.NEW:
                assert Kind.PICK_UP in kinds
            if question.status == Question.Status.PICKED_UP:
                assert Kind.PICK_UP not in kinds
                assert Kind.QUIET in kinds
                assert Kind.FIRST_CONTACT in kinds or question.first_contact_at
            if not question.is_open:
                assert kinds <= {Kind.CHECK, Kind.DUTY}, kinds
            self._danger_is_due_until_it_is_judged(question, kinds)
            waiting = question.handovers.filter(status__in=Handover.OPEN).first()
            assert (Kind.HANDOVER in kinds) == (waiting is not None)
            involved = set(
                Referral.objects.filter(question=question, until=None).values_list(
                    "organisation_id", flat=True
                )
            )
            for row in due:
                self._somebody_has_it(question, row, waiting, involved)
            self.reached[question.status] += 1
            if waiting is not None:
                self.reached[waiting.status] += 1
            self._an_mdo_is_asked_for_while_it_is(question, due)

    @staticmethod
    def _danger_is_due_until_it_is_judged(question: Question, kinds: set[str]) -> None:
        """What was heard after a question came in, whatever happened with it since."""
        heard = question.heard_danger.exclude(entry=None).first()
        if heard is not None and Kind.DUTY not in kinds:
            judged = question.follow_ups.filter(kind=Kind.DUTY, status="done")
            assert judged.filter(done_at__gte=heard.at).exists()

    @staticmethod
    def _an_mdo_is_asked_for_while_it_is(question: Question, due: list[FollowUp]) -> None:
        """ "Choose a day" is due only for an MDO without one; an action belongs to its item."""
        waits = question.agenda_items.filter(conference__status="proposed").exists()
        for row in due:
            if row.kind == Kind.ACTION:
                assert waits or ConferenceAction.objects.filter(follow_up=row).exists()

    def _somebody_has_it(
        self,
        question: Question,
        row: FollowUp,
        waiting: Handover | None,
        involved: set[Any],
    ) -> None:
        if row.kind == Kind.HANDOVER and waiting is not None:
            expected = (
                waiting.receiver_id
                if waiting.due_for == handover_state_machine.RECEIVER
                else waiting.sender_id
            )
            assert row.organisation_id == expected
            assert row.due_on == waiting.due_on
        elif row.kind in (Kind.PICK_UP, Kind.FIRST_CONTACT, Kind.QUIET, Kind.DUTY, Kind.CLOCK):
            assert row.organisation_id == question.lead_id
            assert row.team_id == question.lead_team_id
        elif row.kind == Kind.AGREED:
            accepted = waiting is not None and waiting.status == Handover.Status.ACCEPTED
            allowed = involved | ({waiting.receiver_id} if accepted and waiting else set())
            # Who talks along in an MDO reads the question, and may plan something in it.
            reads = question.sharing_bases.filter(ended_at=None).values_list(
                "organisation", flat=True
            )
            allowed |= set(reads)
            team = question.lead_team_id is not None and row.team_id == question.lead_team_id
            assert row.organisation_id in allowed or team
        if row.kind in (Kind.PICK_UP, Kind.FIRST_CONTACT, Kind.AGREED):
            assert row.remind_at is not None or row.escalation > 0

    @invariant()
    def messages_are_single_and_say_nothing(self) -> None:
        """Invariants 5 and 9."""
        seen = set()
        for message in Message.objects.filter(about_id__in=self.touched):
            key = (
                message.subject_kind,
                message.subject_id,
                message.due_version,
                message.recipient_key,
            )
            assert key not in seen
            seen.add(key)
            text = f"{message.context} {message.calendar}"
            assert NAME not in text
            assert "geheim" not in text
            if message.recipient_kind == "resident":
                assert message.template in {"news", "check", "appointment"}
                assert set(message.context) <= {"path"}
                assert message.context.get("path", "/volg/").startswith("/volg/")

    @invariant()
    def the_figures_are_those_of_a_recount(self) -> None:
        """Invariant 7: what the municipality reads is made of these, and of nothing else."""
        here = self.cast.here.partnership
        assert counting.rolled_up(here, *EVER) == counting.recount(here)

    @invariant()
    def a_household_opens_nothing_and_is_never_of_one(self) -> None:
        """Invariant 3 around a family."""
        links = list(HouseholdLink.objects.filter(ended_at=None).select_related("person"))
        homes = Counter(link.household_id for link in links)
        assert all(count > 1 for count in homes.values())
        assert len({link.person_id for link in links}) == len(links)
        minors = {link.household_id for link in links if link.person.age_band in MINOR_BANDS}
        today = local_date(self.now)
        for question in Question.objects.filter(pk__in=self.touched).select_related("asker"):
            own = household_links.disclosed_link(question)
            if own is not None:
                self.reached["household"] += 1
                self.reached["household with a minor"] += own.household_id in minors
                assert own.agreed_how != household_links.UNDISCLOSED
            for user in self.cast.users if own is not None else []:
                family = household_links.family(question=question, user=user, on=today)
                for other in (*family.others, *filter(None, [family.face])):
                    assert other == question or intake_rules.reads(user, other)

    @invariant()
    def invited_is_not_informed(self) -> None:
        """Invariants 3 and 8 around an MDO."""
        today = local_date(self.now)
        touched = Conference.objects.filter(agenda__question__in=self.touched).distinct()
        for conference in touched:
            self.reached[f"mdo {conference.status}"] += 1
            sequences: dict[str, list[int]] = {}
            for message in invitations(conference):
                found = int(message.calendar.split("SEQUENCE:")[1].split()[0])
                sequences.setdefault(f"{message.recipient_key} {message.about_id}", []).append(
                    found
                )
            # Each reader's calendar sees a newer one each time, with none missing (RFC 5546).
            for given in sequences.values():
                assert sorted(given) == list(range(len(given)))
            inside = conference.participants.filter(removed_at=None, user__isnull=False)
            own = {p.user_id: p for p in inside}
            for item in conference.agenda.select_related("question"):
                assert item.resident_invited or item.not_invited_why
                valid = item.question.sharing_bases.filter(ended_at=None)
                known = set(valid.values_list("organisation_id", flat=True))
                for user in self.cast.users:
                    reads = conference_state_machine.reads_item(user, item, own.get(user.pk), today)
                    works = acting_membership.working_as(user, item.question, today) is not None
                    mine = own.get(user.pk)
                    assert not (reads and user in self.cast.outsiders)
                    if reads and not works:
                        team = valid.filter(team__isnull=False).exists()
                        assert mine is not None
                        assert mine.organisation_id in known or team

    def teardown(self) -> None:
        """Invariants 7 and 8 at the end: a report tells nobody, and all is inside its wall."""
        if getattr(self, "questions", None):
            here = self.cast.here.partnership.pk
            assert not FollowUp.objects.exclude(partnership=here).exists()
            assert not Conference.objects.exclude(partnership=here).exists()
            assert not Message.objects.exclude(partnership=here).exists()
            self._a_report_says_nothing_of_so_few()
        super().teardown()

    def _a_report_says_nothing_of_so_few(self) -> None:
        with transaction.atomic():
            publish(partnership=self.cast.here.partnership, now=self.now + timedelta(days=200))
            reports = ReportPublication.objects.all()
            self.reached["reports"] += len(reports)
            for report in reports:
                for measure in ("received", "helped"):
                    assert report.tables[measure]["life_domain"] == [], measure
            transaction.set_rollback(True)
