"""How a question comes in: decision, lead, sharing basis and messages in one transaction."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db import IntegrityError, connection, models, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from intake import clocks, codes
from intake.asked import RESIDENT, Asked, Door, facts_of, people_of, place_of, urgency_of
from intake.models import (
    Decision,
    Person,
    Question,
    QuestionLifeDomain,
    SharingBasis,
    TimelineEntry,
)
from intake.reach import reach_of
from organisations import front_door
from organisations.front_door import FrontDoor
from organisations.models import Duty, Membership, Organisation, Partnership, Role, Service, Team
from organisations.routing import Facts, Outcome
from organisations.routing.offer import NO_OFFER, Offer, ServiceOffer
from welzijn.audit import look
from welzijn.audit.models import AccessEvent
from welzijn.ids import uuid7
from welzijn.insert_together import insert_together
from welzijn.notifications import outbox
from welzijn.notifications.models import Message
from welzijn.notifications.reach import Recipient
from welzijn.workdays import local_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Who would pick a question up, and why, before anything is written."""

    outcome: Outcome
    facts: Facts
    organisation: Organisation
    team: Team | None
    team_organisations: tuple[Organisation, ...]
    to_triage: bool
    due_on: date
    promised_on: date

    @property
    def shares_with(self) -> str:
        """What a yes to sharing names: the team where one is meant, else the organisation."""
        return f"team:{self.team.slug}" if self.team else self.organisation.slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the resident takes home. `code` is '' where a repeated form's code was replaced."""

    question: Question
    reference: str
    code: str
    organisation: Organisation
    team: Team | None
    reason: str
    promised_on: date
    repeated: bool = False


class OtherOrganisationError(Exception):
    """The rules changed while the resident was reading: another organisation would pick it up.

    The yes was for the one that was named, so it is asked again; nothing has been written.
    """

    def __init__(self, preview: Preview) -> None:
        super().__init__("the yes was for another organisation")
        self.preview = preview


def preview(
    *, partnership: Partnership, asked: Asked, now: datetime, door: Door = RESIDENT
) -> Preview:
    """Decide without writing: for the check page, whose yes is a yes to this organisation."""
    front = front_door.of(partnership)
    facts = facts_of(asked, front, now, door)
    outcome = front.rules.decide(facts, on=local_date(now), offer=offer_now(front))
    team = front.teams[outcome.team] if outcome.team else None
    due_on = clocks.pick_up_by(
        partnership=partnership,
        front=front,
        channel=asked.channel,
        urgency=urgency_of(asked),
        kind=asked.kind,
        now=now,
    )
    return Preview(
        outcome=outcome,
        facts=facts,
        organisation=front.organisations[outcome.organisation],
        team=team,
        team_organisations=front.team_organisations[team.slug] if team else (),
        to_triage=team is not None and team.id == front.triage_team.id,
        due_on=due_on,
        promised_on=clocks.contact_by(
            partnership=partnership,
            front=front,
            due_on=due_on,
            urgency=urgency_of(asked),
            channel=asked.channel,
            now=now,
        ),
    )


def submit(
    *, partnership: Partnership, asked: Asked, now: datetime, door: Door = RESIDENT
) -> Receipt:
    """Make the question: once a form, however often it is sent.

    Writes question, people, wishes, basis, decision, timeline, access log and messages in one
    transaction; the lead is there from the first commit on. A yes to sharing gives the lead to the
    organisation that the resident was told about. A no, no answer, or a decision for triage gives
    it to the triage team, on the controller's own basis for first handling (AVG 6): nobody is sent
    away for saying no.
    Raises OtherOrganisationError when the decision is no longer the one that the yes was for, and
    `front_door.NotOpenError` for a partnership without triage.
    """
    front = front_door.of(partnership)
    chosen = preview(partnership=partnership, asked=asked, now=now, door=door)
    if asked.shares and asked.shares_with != chosen.shares_with:
        raise OtherOrganisationError(chosen)
    for attempt in range(5):
        reference = codes.reference_for(asked.submission_key, attempt)
        written = _Written(partnership, front, asked, chosen, door, reference, now)
        try:
            # All rows are one statement, so by itself it is one transaction; inside of another one
            # a savepoint lets that go on after a form that was sent twice.
            with transaction.atomic() if connection.in_atomic_block else nullcontext():
                insert_together(written.rows(), unless_there=written.messages)
                outbox.nudge_on_commit(urgent=written.question.maybe_danger)
        except IntegrityError as error:
            known = _already(asked, partnership)
            if known is not None:
                return known
            if "reference" not in str(error):
                raise
            continue
        return written.receipt()
    raise RuntimeError("no free reference in five tries")


def _already(asked: Asked, partnership: Partnership) -> Receipt | None:
    """The receipt of the question that this form has made before, if it has."""
    question = (
        Question.objects.filter(submission_key=asked.submission_key, partnership=partnership)
        .select_related("lead", "lead_team")
        .first()
    )
    if question is None:
        return None
    code = codes.first_code(asked.submission_key)
    decision = question.decisions.order_by("at").first()
    return Receipt(
        question=question,
        reference=question.reference,
        code=code if codes.matches(question.id, code, question.code_digest) else "",
        organisation=question.lead,
        team=question.lead_team,
        reason=decision.reason if decision else "",
        promised_on=question.promised_on,
        repeated=True,
    )


def offer_now(front: FrontDoor) -> Offer:
    """Today's load, read when a rule that looks for a fitting service is reached: three queries.

    Most questions are decided before that, so most take none.
    """
    return _WhenAsked(front) if front.needs_offer else NO_OFFER


class _WhenAsked(Offer):
    """The offer of the moment at which it is first asked for."""

    def __init__(self, front: FrontDoor) -> None:
        super().__init__()
        self.__dict__["front"] = front

    def fitting(
        self, facts: Facts, layers: frozenset[int], taking_part: Iterable[str]
    ) -> ServiceOffer | None:
        """As `Offer.fitting`, of the load as it is now."""
        return self._now.fitting(facts, layers, taking_part)

    @cached_property
    def _now(self) -> Offer:
        front: FrontDoor = self.__dict__["front"]
        open_ones = Question.objects.open().filter(partnership_id=front.partnership_id).order_by()
        return front.offer(
            dict(open_ones.values_list("lead").annotate(n=Count("*"))),
            dict(open_ones.exclude(service=None).values_list("service").annotate(n=Count("*"))),
        )


class _Written:
    """The rows of one question, made but not saved."""

    def __init__(
        self,
        partnership: Partnership,
        front: FrontDoor,
        asked: Asked,
        chosen: Preview,
        door: Door,
        reference: str,
        now: datetime,
    ) -> None:
        self.partnership, self.front, self.asked = partnership, front, asked
        self.chosen, self.door, self.now = chosen, door, now
        self.code = codes.first_code(asked.submission_key)
        shared = bool(asked.shares) and not chosen.to_triage
        self.shared = shared
        self.lead = chosen.organisation if shared else front.triage_team.organisation
        self.team = chosen.team if shared else front.triage_team
        self.asker, self.subject, self.wish, self.details = people_of(asked, partnership.id, now)
        place = place_of(asked, front)
        question_id = uuid7()
        self.question = Question(
            id=question_id,
            partnership=partnership,
            reference=reference,
            code_digest=codes.digest(question_id, self.code),
            submission_key=asked.submission_key,
            channel=asked.channel,
            words=asked.words,
            opening_answers=[list(pair) for pair in asked.opening_answers],
            about=asked.about,
            asker=self.asker,
            subject=self.subject,
            subject_knows=asked.subject_knows,
            postcode=asked.postcode,
            neighbourhood_id=place.id if place else None,
            municipality_id=place.municipality if place else None,
            urgency=urgency_of(asked),
            maybe_danger=asked.danger or asked.maybe_danger,
            kind=asked.kind,
            brought_by=door.brought_by,
            logged_by=door.user,
            lead=self.lead,
            lead_team=self.team,
            lead_since=now,
            service=self._service(),
            due_on=chosen.due_on,
            promised_on=chosen.promised_on,
            received_at=now,
            last_activity_at=now,
        )
        self.messages = self._messages()

    def _service(self) -> Service | None:
        slug = self.chosen.outcome.service
        return self.front.service_by_slug[slug] if slug and self.shared else None

    def rows(self) -> list[models.Model]:
        """Everything but the messages, grouped by table."""
        people: list[Person] = [self.asker]
        if self.subject is not self.asker:
            people.append(self.subject)
        domains = [
            QuestionLifeDomain(
                question=self.question, life_domain_id=self.front.domain_by_slug[slug].id
            )
            for slug in dict.fromkeys(self.asked.life_domains)
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
        ]

    def _basis(self) -> SharingBasis:
        common = {"question": self.question, "valid_from": self.now, "recorded_by": self.door.user}
        if not self.shared:
            return SharingBasis(
                **common,
                team=self.front.triage_team,
                team_organisations=[
                    o.id for o in self.front.team_organisations[self.front.triage_team.slug]
                ],
                kind=SharingBasis.Kind.FIRST_HANDLING,
                purpose=_("uitzoeken wie u kan helpen"),
                how=SharingBasis.How.SYSTEM,
            )
        return SharingBasis(
            **common,
            organisation=None if self.team else self.lead,
            team=self.team,
            team_organisations=[o.id for o in self.chosen.team_organisations],
            kind=SharingBasis.Kind.CONSENT,
            purpose=_("u helpen met uw vraag"),
            how=self.asked.shared_how,
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
        by_staff = self.door.user is not None
        received = TimelineEntry(
            question=self.question,
            at=self.now,
            kind=TimelineEntry.Kind.RECEIVED,
            actor_kind=TimelineEntry.Actor.STAFF if by_staff else TimelineEntry.Actor.RESIDENT,
            actor=self.door.user,
            organisation=self.door.organisation,
            text=_("Uw vraag is binnen."),
        )
        decided = TimelineEntry(
            question=self.question,
            at=self.now,
            kind=TimelineEntry.Kind.DECIDED,
            actor_kind=TimelineEntry.Actor.SYSTEM,
            text=placed(self.lead, self.team, self.chosen.outcome.reason if self.shared else ""),
        )
        return [received, decided]

    def _access(self) -> list[AccessEvent]:
        """A desk worker or partner who typed it in has seen it: that is a look as well."""
        if self.door.user is None or self.door.organisation is None:
            return []
        return [
            look.event(
                now=self.now,
                partnership_id=self.partnership.id,
                actor=self.door.user,
                organisation_id=self.door.organisation.id,
                role=Role.PARTNER_DOOR if self.door.brought_by else Role.FRONT_DESK,
                action=AccessEvent.Action.CHANGE,
                what="question",
                question_id=self.question.id,
                person_id=self.asker.id,
                reason=_("vraag opgeschreven"),
            )
        ]

    def _messages(self) -> list[Message]:
        """News for the resident; a line for who picks it up, at once where there may be danger."""
        to_resident = self._told(
            "question.received",
            Recipient.resident(self.asker.id, reach_of(self.wish, self.details)),
            "news",
        )
        danger = self.chosen.outcome.danger or self.question.maybe_danger
        to_staff = [
            row
            for recipient in (self._on_duty() if danger else [self._mailbox()])
            for row in self._told(
                "question.new",
                recipient,
                "question_urgent" if danger else "question_new",
                context={"reference": self.question.reference},
                urgent=danger,
            )
        ]
        return [*to_resident, *to_staff]

    def _told(
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

    def _mailbox(self) -> Recipient:
        if self.team is not None and self.team.id == self.front.triage_team.id:
            email = self.partnership.desk_email or self.lead.email
            return Recipient.mailbox("team", self.team.id, email=email)
        return Recipient.mailbox("organisation", self.lead.id, email=self.lead.email)

    def _on_duty(self) -> list[Recipient]:
        """Who is on duty now; nobody on duty: the whole triage team; and the desk's mailbox."""
        users = [
            duty.user
            for duty in Duty.objects.filter(
                partnership=self.partnership,
                starts_at__lte=self.now,
                ends_at__gt=self.now,
                user__is_active=True,
            ).select_related("user")
        ]
        if not users:
            members = Membership.objects.active(local_date(self.now)).filter(
                partnership=self.partnership, team=self.front.triage_team
            )
            users = [m.user for m in members.select_related("user")]
        return [
            self._mailbox(),
            *(
                Recipient.user(u.id, email=u.email, phone=u.phone, language=u.language)
                for u in dict.fromkeys(users)
            ),
        ]

    def receipt(self) -> Receipt:
        """What the resident takes home, once it is written."""
        return Receipt(
            question=self.question,
            reference=self.question.reference,
            code=self.code,
            organisation=self.lead,
            team=self.team,
            reason=self.chosen.outcome.reason,
            promised_on=self.question.promised_on,
        )


def placed(organisation: Organisation, team: Team | None, reason: str) -> str:
    """One sentence (or two) for the resident: who has it, and why they.

    A rule's reason is a clause ("het gaat over opgroeien") or a sentence of its own.
    """
    who = team.name if team else organisation.name
    if reason and reason[0].islower():
        return _("Uw vraag ligt bij {who}, omdat {reason}.").format(
            who=who, reason=reason.rstrip(".").removeprefix("omdat ")
        )
    return " ".join(filter(None, [_("Uw vraag ligt bij {who}.").format(who=who), reason]))
