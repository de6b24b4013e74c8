"""A family with an MDO, on which the tests of the MDO stand; and the invitations of one."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q

from intake.questions.models import Question, SharingBasis
from intake.submission.submission import ContactChoices
from organisations.roles.models import Membership
from referrals.casework import pick_up
from referrals.conferences import invitations as conference_invitations
from referrals.conferences import (
    minutes as conference_minutes,
)
from referrals.conferences import (
    notifications as conference_notifications,
)
from referrals.conferences import (
    page as conference_page,
)
from referrals.conferences import (
    planning as conference_planning,
)
from referrals.conferences.models import AgendaItem, Conference
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.notifications.models import Message
from welzijn.notifications.recipients import RecipientKind

STARTS = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=1)
PHONE = SharingBasis.How.PHONE


class Family:
    """Parents at Stimenz, their son of 16 at Jeugd-Punt, an MDO about the parents' question."""

    def __init__(self, now: datetime = make.TUESDAY) -> None:
        self.now = now
        self.here = make.world()
        self.worker = make.intake_worker(self.here, "stimenz")
        self.youth = make.intake_worker(self.here, "jeugd-punt")
        self.parents = make.submitted(
            self.here,
            "geld",
            now=now,
            postcode="3881",
            words="huur te hoog",
            reach=ContactChoices(email="amal@voordeur.example", ways=("email",)),
        )
        self.son = make.submitted(
            self.here, "opgroeien", now=now, age_band="16-17", words="ruzie met mijn vader"
        )
        self.question = Question.objects.get(pk=self.parents.question.pk)
        self.sons = Question.objects.get(pk=self.son.question.pk)
        pick_up.pick_up(question=self.question, by=self.worker, now=now)
        pick_up.pick_up(question=self.sons, by=self.youth, now=now)

    def proposed(self) -> Conference:
        return conference_planning.propose(
            question=self.question, why="Over de huur.", by=self.worker, now=self.now
        )

    def member(self, user: User) -> Membership:
        return Membership.objects.get(user=user)

    def invited(self) -> Conference:
        """With Jeugd-Punt invited, without any yes."""
        found = self.proposed()
        conference_invitations.invite(
            conference=found, member=self.member(self.youth), by=self.worker, now=self.now
        )
        return found

    def planned(self, starts: datetime = STARTS) -> Conference:
        return conference_planning.plan(
            conference=self.invited(),
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            place="Het Trefpunt",
            by=self.worker,
            now=self.now,
        )

    def share(self) -> SharingBasis:
        """The parents say yes to Jeugd-Punt, on the phone."""
        return conference_planning.share(
            item=self.item(),
            organisation=self.here["jeugd-punt"],
            how=PHONE,
            by=self.worker,
            now=self.now,
        )

    def sees(self, user: User, conference: Conference) -> list[str] | None:
        seen = conference_page.view_for(conference=conference, user=user, now=self.now)
        return None if seen is None else [i.item.question.reference for i in seen.items]

    def item(self) -> AgendaItem:
        return AgendaItem.objects.get(question=self.question)

    def write(self, **changes: Any) -> AgendaItem:
        values: dict[str, Any] = {
            "item": self.item(),
            "answers": [("Wat wil je?", "rust in huis")],
            "plan": "Wij bellen de verhuurder.",
            "best": "yes",
            "best_words": "ja, samen",
            "minutes": "Besproken: de huur.",
            "by": self.worker,
            "now": max(self.now, STARTS),
        }
        return conference_minutes.write(**{**values, **changes})


def invitations(conference: Conference) -> list[Message]:
    """Every invitation of an MDO with its appointment, changes and endings too, oldest first."""
    theirs = Q(calendar__contains=f"mdo-{conference.pk}")
    for item in conference.agenda.all():
        appointment = conference_notifications.invitation_of(conference, 0, make.TUESDAY, item)
        if appointment is not None:
            theirs |= Q(calendar__contains=appointment.uid_for(RecipientKind.RESIDENT))
    return list(Message.objects.filter(theirs).order_by("created_at", "id"))
