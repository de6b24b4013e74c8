"""Who is reminded at a step of the escalation plan, each with a path that they may open."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from intake.questions.models import Question
from organisations.roles import availability
from referrals.casework_base import notify
from referrals.follow_ups.models import FollowUp
from referrals.reminders import escalation_plan
from referrals.reminders.danger_alarm import Circle
from welzijn.accounts.models import User
from welzijn.notifications.recipients import Recipient


class Audience:
    """The recipients of reminders on one day; looks each group up once."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._absences: dict[tuple[UUID, UUID], User] | None = None
        self._found: dict[tuple[str, UUID], list[Recipient]] = {}

    def of_step(self, row: FollowUp, audience: str) -> list[Recipient]:
        if audience == escalation_plan.RECEIVER:
            return (
                [notify.mailbox(row.organisation), *self.intake_workers(row)]
                if (row.worker is None)
                else [notify.user(row.worker)]
            )
        if audience == escalation_plan.WORKER and row.worker is not None and row.worker.is_active:
            return [notify.user(self.present(row, row.worker))]
        team = row.question.lead_team
        if team is not None and row.team_id == team.id:
            return [notify.team_mailbox(team, row.partnership), *self.team_members(team.id)]
        return [notify.mailbox(row.organisation), *self.intake_workers(row)]

    def present(self, row: FollowUp, worker: User) -> User:
        """Return the worker, or who stands in for them today and may read the question."""
        if self._absences is None:
            self._absences = availability.stand_ins(self.today)
        stand_in = self._absences.get((row.partnership_id, worker.pk))
        if stand_in is None:
            return worker
        seen = Question.objects.visible_to(stand_in, self.today).filter(pk=row.question_id)
        return stand_in if seen.exists() else worker

    def coordinators(self, row: FollowUp) -> list[tuple[Recipient, str]]:
        """The wider circle with each one's own way in: they see the row, and read no case.

        The coordinators; where there is none the wijkaanjager of the neighbourhood; where there is
        neither, whoever has the question hears it again, so that nothing ends with nobody.
        """
        here, place = row.partnership_id, row.question.neighbourhood
        found = self._once(("coordinators", here), lambda: notify.coordinators(here, self.today))
        if found:
            return [(who, f"/caseload/{row.question_id}/") for who in found]
        if place is not None:
            found = self._once(
                ("wijkaanjager", place.pk), lambda: notify.neighbourhood_leads(place.pk, self.today)
            )
        if place is not None and found:
            return [(who, f"/wijk/?wijk={place.slug}") for who in found]
        return [(notify.lead_mailbox(row.question), "")]

    def alarmed(self, row: FollowUp, circle: Circle) -> list[tuple[Recipient, str]]:
        """Return the circle that hears of possible danger, each once, with their own way in."""
        team = row.question.lead_team_id
        colleagues = self.team_members(team) if team else self.intake_workers(row)
        if circle == Circle.TEAM and colleagues:
            return [(who, "") for who in colleagues]
        if circle == Circle.ADMINISTRATORS:
            here = row.partnership_id
            found = self._once(
                ("administrators", here), lambda: notify.administrators(here, self.today)
            )
            return [(who, "/beheer/dienst/") for who in found]
        recipients = {who.key: (who, path) for who, path in self.coordinators(row)}
        if circle == Circle.EVERYBODY:
            recipients |= {who.key: (who, "") for who in colleagues}
        return list(recipients.values())

    def team_members(self, team_id: UUID) -> list[Recipient]:
        return self._once(("team", team_id), lambda: notify.team_members(team_id, self.today))

    def intake_workers(self, row: FollowUp) -> list[Recipient]:
        return self._once(
            (f"intake {row.partnership_id}", row.organisation_id),
            lambda: notify.intake_workers(row.organisation_id, row.partnership_id, self.today),
        )

    def _once(self, key: tuple[str, UUID], find: Callable[[], list[User]]) -> list[Recipient]:
        if key not in self._found:
            self._found[key] = [notify.user(u) for u in find()]
        return self._found[key]
