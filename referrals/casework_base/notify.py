"""Queue notifications about what happened: the recipients and the message.

Everything goes through the outbox, in the caller's transaction. A message about a thing that
happened is keyed on its timeline entry, so it exists once; one about a thing that is due is keyed
on the follow-up or handover and its version, and is asked again whether it is still true.
Nothing here can say what a question is about: the templates hold a reference and a way in.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from intake.people.contact_preferences import resident as resident_recipient
from intake.questions.models import Question, TimelineEntry
from intake.questions.models.querysets import INTAKE_ROLES
from intake.questions.responsible import lead_mailbox, mailbox, responsible, team_mailbox, user
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.notifications import outbox
from welzijn.notifications.calendar_invites import Invitation
from welzijn.notifications.recipients import Recipient

# Re-exports the recipients: `notify.staff(question, entry, [notify.responsible(question)], ...)`.
__all__ = [
    "administrators",
    "coordinators",
    "intake_workers",
    "lead_mailbox",
    "mailbox",
    "neighbourhood_leads",
    "path_of",
    "resident",
    "responsible",
    "staff",
    "team_mailbox",
    "team_members",
    "user",
]

HAPPENED = "referrals.happened"


def path_of(question: Question) -> str:
    """Return the URL path of the question for staff."""
    return f"/vraagstuk/{question.id}/"


def intake_workers(organisation_id: UUID, partnership_id: UUID, on: date) -> list[User]:
    """Return those who read the new questions of an organisation, each once."""
    found = (
        Membership.objects.active(on)
        .filter(
            partnership_id=partnership_id,
            organisation_id=organisation_id,
            role__in=INTAKE_ROLES,
            reads_new=True,
        )
        .select_related("user")
        .order_by("granted_at", "id")
    )
    return list(dict.fromkeys(m.user for m in found))


def coordinators(partnership_id: UUID, on: date) -> list[User]:
    """Return the coordinators of a partnership, each once."""
    found = (
        Membership.objects.active(on)
        .filter(partnership_id=partnership_id, role=Role.COORDINATOR)
        .select_related("user")
        .order_by("granted_at", "id")
    )
    return list(dict.fromkeys(m.user for m in found))


def administrators(partnership_id: UUID, on: date) -> list[User]:
    """The administrators of a partnership, each once."""
    found = (
        Membership.objects.active(on)
        .filter(partnership_id=partnership_id, role=Role.ADMINISTRATOR)
        .select_related("user")
        .order_by("granted_at", "id")
    )
    return list(dict.fromkeys(m.user for m in found))


def neighbourhood_leads(neighbourhood_id: UUID, on: date) -> list[User]:
    """Return the neighbourhood leads (wijkaanjagers) of a neighbourhood, each once."""
    found = (
        Membership.objects.active(on)
        .filter(neighbourhood_id=neighbourhood_id, role=Role.NEIGHBOURHOOD_LEAD)
        .select_related("user")
        .order_by("granted_at", "id")
    )
    return list(dict.fromkeys(m.user for m in found))


def team_members(team_id: UUID, on: date) -> list[User]:
    """Return the members of a team, each once."""
    found = (
        Membership.objects.active(on)
        .filter(team_id=team_id, role=Role.TEAM_MEMBER)
        .select_related("user")
        .order_by("granted_at", "id")
    )
    return list(dict.fromkeys(m.user for m in found))


def resident(
    question: Question,
    entry: TimelineEntry,
    now: datetime,
    *,
    template: str = "news",
    invitation: Invitation | None = None,
) -> None:
    """Notify the asker of news, within their contact preferences."""
    outbox.queue(
        partnership_id=question.partnership_id,
        subject_kind="question.news",
        subject_id=entry.id,
        recipient=resident_recipient(question.asker),
        template=template,
        about_id=question.id,
        invitation=invitation,
        now=now,
    )


def staff(
    question: Question,
    entry: TimelineEntry,
    recipients: Iterable[Recipient],
    template: str,
    now: datetime,
    *,
    exclude: User | None = None,
    urgent: bool = False,
    path: str = "",
    invitation: Invitation | None = None,
) -> None:
    """Notify colleagues of an event, except the one who caused it (`exclude`)."""
    skip = f"user:{exclude.id}" if exclude is not None else ""
    rows = [
        row
        for recipient in {r.key: r for r in recipients}.values()
        if recipient.key != skip
        for row in outbox.messages_for(
            partnership_id=question.partnership_id,
            subject_kind=HAPPENED,
            subject_id=entry.id,
            recipient=recipient,
            template=template,
            context={"reference": question.reference, "path": path or path_of(question)},
            about_id=question.id,
            urgent=urgent,
            invitation=invitation,
            now=now,
        )
    ]
    outbox.save(rows)
