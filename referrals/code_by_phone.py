"""A lost code given anew by a call to the number that the question has: never to who calls us."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from intake import access, status, timeline
from intake.models import Question, TimelineEntry
from referrals import standing
from welzijn.accounts.models import User
from welzijn.audit import look
from welzijn.audit.models import AccessEvent


def give_code(*, question: Question, by: User, now: datetime) -> str:
    """A new code to read aloud to the resident, who was called on the known number.

    The old code stops working; the resident's page says who gave the new one; the act is in
    the log. It is stored nowhere. Raises NotAllowedError for
    somebody outside the work.
    """
    with transaction.atomic():
        question = status.lock(question)
        acting = standing.must_work(by, question, now)
        code = access.renew_code(question=question)
        timeline.by_staff(
            question=question,
            kind=TimelineEntry.Kind.CODE,
            user=by,
            organisation=acting.organisation,
            text=_("U heeft aan de telefoon een nieuwe code gekregen."),
            now=now,
        )
        look.record(
            look.event(
                now=now,
                partnership_id=question.partnership_id,
                actor=by,
                organisation_id=acting.organisation.id,
                role=acting.membership.role,
                action=AccessEvent.Action.CHANGE,
                what="code",
                question_id=question.id,
                person_id=question.asker_id,
                basis=acting.basis.kind,
                reason=_("nieuwe code aan de telefoon"),
            )
        )
    return code
