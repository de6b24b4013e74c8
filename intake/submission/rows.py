"""The rows of one new question, saved by `submit` in one statement."""

from datetime import datetime

from django.db import models

from intake.danger import merged_alarms
from intake.danger.models import HeardDanger
from intake.floods.suspicion import Arrived
from intake.people.contact_preferences import reach_of
from intake.people.models import Person
from intake.questions import question_sentences, responsible
from intake.questions.models import (
    Decision,
    Question,
    QuestionLifeDomain,
    SetAside,
    SharingBasis,
    TimelineEntry,
)
from intake.resident_access import codes
from intake.submission.routing_preview import Preview
from intake.submission.submission import EnteredBy, Submission, people_of, place_of, urgency_of
from intake.submission.written_language import written_in
from organisations.directory.models import Service
from organisations.partnerships.models import Partnership
from organisations.roles import duty
from organisations.roles.models import Role
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason
from welzijn.core.ids import uuid7
from welzijn.notifications import outbox
from welzijn.notifications.models import Message, Status
from welzijn.notifications.recipients import Recipient


class QuestionRows:
    """The unsaved rows of one question."""

    def __init__(
        self,
        partnership: Partnership,
        submission: Submission,
        chosen: Preview,
        entered_by: EnteredBy,
        reference: str,
        now: datetime,
        arrived: Arrived,
    ) -> None:
        # The configuration that decided: by now the rules may have changed.
        self.partnership, self.front, self.submission = partnership, chosen.front, submission
        front = chosen.front
        self.chosen, self.entered_by, self.now = chosen, entered_by, now
        self.code = codes.first_code(submission.submission_key)
        shared = bool(submission.shares) and not chosen.to_triage
        self.shared = shared
        self.lead = chosen.organisation if shared else front.triage_team.organisation
        self.team = chosen.team if shared else front.triage_team
        self.asker, self.subject, self.wish, self.details = people_of(
            submission, partnership.id, now
        )
        place = place_of(submission, front)
        question_id = uuid7()
        self.question = Question(
            id=question_id,
            partnership=partnership,
            reference=reference,
            code_digest=codes.digest(question_id, self.code),
            submission_key=submission.submission_key,
            channel=submission.channel,
            words=submission.words,
            opening_answers=[list(pair) for pair in submission.opening_answers],
            written_in=written_in(submission, entered_by),
            about=submission.about,
            asker=self.asker,
            subject=self.subject,
            subject_knows=submission.subject_knows,
            postcode=submission.postcode,
            neighbourhood_id=place.id if place else None,
            municipality_id=place.municipality if place else None,
            urgency=urgency_of(submission),
            maybe_danger=submission.danger or submission.maybe_danger,
            kind=submission.kind,
            brought_by=entered_by.brought_by,
            logged_by=entered_by.user,
            lead=self.lead,
            lead_team=self.team,
            lead_since=now,
            service=self._service(),
            due_on=chosen.due_on,
            promised_on=chosen.promised_on,
            received_at=now,
            last_activity_at=now,
        )
        self.arrived = arrived
        self.danger = chosen.outcome.danger or self.question.maybe_danger
        self.merges_alarm = self.danger and arrived.merge_alarm
        self.messages = self._messages()

    def _service(self) -> Service | None:
        slug = self.chosen.outcome.service
        return self.front.service_by_slug[slug] if slug and self.shared else None

    def rows(self) -> list[models.Model]:
        """Return all rows but the messages, grouped by table."""
        people: list[Person] = [self.asker]
        if self.subject is not self.asker:
            people.append(self.subject)
        domains = [
            QuestionLifeDomain(
                question=self.question, life_domain_id=self.front.domain_by_slug[slug].id
            )
            for slug in dict.fromkeys(self.submission.life_domains)
            if slug in self.front.domain_by_slug
        ]
        return [
            *people,
            self.wish,
            *self.details,
            self.question,
            *domains,
            self._basis(),
            self._decision(),
            *self._timeline(),
            *self._access(),
            *self._set_aside(),
            *self._heard(),
        ]

    def _heard(self) -> list[HeardDanger]:
        """Return what was heard and answered about danger before the question existed."""
        kinds, answer = list(self.submission.danger_kinds), self.submission.danger_answer
        if not (kinds or answer):
            return []
        answered_at = self.now if answer else None
        return [
            HeardDanger(
                question=self.question,
                at=self.now,
                kinds=kinds,
                answer=answer,
                answered_at=answered_at,
            )
        ]

    def _set_aside(self) -> list[SetAside]:
        if not self.arrived.suspected:
            return []
        return [SetAside(question=self.question, at=self.now, why=self.arrived.suspected)]

    def _basis(self) -> SharingBasis:
        common = {
            "question": self.question,
            "valid_from": self.now,
            "recorded_by": self.entered_by.user,
        }
        if not self.shared:
            return SharingBasis(
                **common,
                team=self.front.triage_team,
                team_organisations=[
                    o.id for o in self.front.team_organisations[self.front.triage_team.slug]
                ],
                kind=SharingBasis.Kind.FIRST_HANDLING,
                purpose=SharingBasis.Purpose.SORT_OUT,
                how=SharingBasis.How.SYSTEM,
            )
        return SharingBasis(
            **common,
            organisation=None if self.team else self.lead,
            team=self.team,
            team_organisations=[o.id for o in self.chosen.team_organisations],
            kind=SharingBasis.Kind.CONSENT,
            purpose=SharingBasis.Purpose.HELP,
            how=self.submission.shared_how,
            given_by=self.asker,
        )

    def _decision(self) -> Decision:
        outcome = self.chosen.outcome
        return Decision(
            partnership=self.partnership,
            question=self.question,
            at=self.now,
            rule_set_id=self.front.rule_set_id,
            rule_key=outcome.rule or "",
            facts=self.chosen.facts.to_json(),
            organisation=self.chosen.organisation,
            team=self.chosen.team,
            service=self.front.service_by_slug[outcome.service] if outcome.service else None,
            reason=outcome.reason,
            fault=outcome.fault.error if outcome.fault else "",
        )

    def _timeline(self) -> list[TimelineEntry]:
        by_staff = self.entered_by.user is not None
        came_in = question_sentences.RECEIVED()
        where = question_sentences.placed(
            self.team or self.lead, self.chosen.outcome.reason if self.shared else ""
        )
        received = TimelineEntry(
            question=self.question,
            at=self.now,
            kind=TimelineEntry.Kind.RECEIVED,
            actor_kind=TimelineEntry.Actor.STAFF if by_staff else TimelineEntry.Actor.RESIDENT,
            actor=self.entered_by.user,
            organisation=self.entered_by.organisation,
            sentence=came_in.key,
            parameters=came_in.parameters,
        )
        decided = TimelineEntry(
            question=self.question,
            at=self.now,
            kind=TimelineEntry.Kind.DECIDED,
            actor_kind=TimelineEntry.Actor.SYSTEM,
            sentence=where.key,
            parameters=where.parameters,
        )
        return [received, decided]

    def _access(self) -> list[AccessEvent]:
        """Return the access log entry of a desk worker or partner who typed the question in."""
        if self.entered_by.user is None or self.entered_by.organisation is None:
            return []
        return [
            access_log.event(
                now=self.now,
                partnership_id=self.partnership.id,
                actor=self.entered_by.user,
                organisation_id=self.entered_by.organisation.id,
                role=Role.PARTNER_DOOR if self.entered_by.brought_by else Role.FRONT_DESK,
                action=AccessEvent.Action.CHANGE,
                what="question",
                question_id=self.question.id,
                person_id=self.asker.id,
                reason=Reason.WRITTEN_DOWN,
            )
        ]

    def _messages(self) -> list[Message]:
        """Return the messages to resident and staff; to staff urgent if there may be danger."""
        to_resident = self._message_to(
            "question.received",
            Recipient.resident(self.asker.id, reach_of(self.wish, self.details)),
            "news",
        )
        if self.entered_by.brought_by is None:
            # Who asked knows: the confirmation stands on the page, and there is no news yet.
            for row in to_resident:
                row.status, row.held_until = Status.SHOWN, None
        danger = self.danger
        if self.merges_alarm or self.arrived.suspected:
            lot = merged_alarms.lot_line(self.partnership, self.front, self.now)
            return [*to_resident, *(lot if self.arrived.suspected else [])]
        to_staff = [
            row
            for recipient in (
                self.on_duty() if danger else [responsible.lead_mailbox(self.question)]
            )
            for row in self._message_to(
                "question.new",
                recipient,
                "question_urgent" if danger else "question_new",
                context={"reference": self.question.reference},
                urgent=danger,
            )
        ]
        return [*to_resident, *to_staff]

    def _message_to(
        self,
        kind: str,
        recipient: Recipient,
        template: str,
        *,
        context: dict[str, str | int] | None = None,
        urgent: bool = False,
    ) -> list[Message]:
        return outbox.messages_for(
            partnership_id=self.partnership.id,
            subject_kind=kind,
            subject_id=self.question.id,
            about_id=self.question.id,
            recipient=recipient,
            template=template,
            context=context,
            urgent=urgent,
            days=self.front.calendar,
            now=self.now,
        )

    def on_duty(self) -> list[Recipient]:
        """Return the lead's mailbox with who is on duty now, or who stands in for them."""
        users = duty.on_duty(partnership=self.partnership, now=self.now)
        return [responsible.lead_mailbox(self.question), *map(responsible.user, users)]
