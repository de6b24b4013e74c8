"""While asking: who is signed in with DigiD finds the question in their list."""

from datetime import datetime

from django.http import HttpRequest

from intake.questions.models import Question
from intake.resident_sign_in import own_questions
from intake.resident_sign_in.models import OwnQuestion
from intake.resident_sign_in.session import signed_in
from organisations.partnerships.models import Partnership


def link_sent(
    request: HttpRequest, partnership: Partnership, question: Question, now: datetime
) -> None:
    """Put a question that was just sent in the list of who is signed in; else do nothing.

    The check page has said so. Without DigiD this makes no query.
    """
    account = signed_in(request, partnership, now)
    if account is not None:
        own_questions.link(account=account, question=question, how=OwnQuestion.How.ASKED, now=now)
