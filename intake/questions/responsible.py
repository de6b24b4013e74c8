"""Who is responsible for a question, as the recipient of a message."""

from intake.questions.models import Question
from organisations.directory.models import Organisation, Team
from organisations.partnerships.models import Partnership
from welzijn.accounts.models import User
from welzijn.notifications.recipients import Recipient


def user(somebody: User) -> Recipient:
    """Return a colleague as a recipient."""
    return Recipient.user(
        somebody.id, email=somebody.email, phone=somebody.phone, language=somebody.language
    )


def mailbox(organisation: Organisation) -> Recipient:
    """Return the shared mailbox of an organisation."""
    return Recipient.mailbox("organisation", organisation.id, email=organisation.email)


def team_mailbox(team: Team, partnership: Partnership) -> Recipient:
    """Return the mailbox of a team: the desk's for triage, else that of its organisation."""
    email = team.organisation.email
    if team.id == partnership.triage_team_id:
        email = partnership.desk_email or email
    return Recipient.mailbox("team", team.id, email=email)


def lead_mailbox(question: Question) -> Recipient:
    """Return the mailbox of the leading team, else of the leading organisation."""
    if question.lead_team is not None:
        return team_mailbox(question.lead_team, question.partnership)
    return mailbox(question.lead)


def responsible(question: Question) -> Recipient:
    """Return the assigned worker if active, else the mailbox of the lead."""
    worker = question.assigned_to
    return user(worker) if worker is not None and worker.is_active else lead_mailbox(question)
