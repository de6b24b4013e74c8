"""Perform a step from a view and offer to undo it."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from intake.questions.models import Question
from referrals.casework import undo
from welzijn.staff_forms import undo_offers


def offering(
    request: HttpRequest, question: Question, perform: Callable[[], object], now: datetime
) -> None:
    """Perform a step and offer to undo it. What it raises goes on to the caller."""
    before = undo.state(question)
    perform()
    after = undo.state(question)
    if before != after:
        undo_offers.offer(
            request,
            url=reverse("case_undo", args=[question.pk]),
            data={"before": before, "after": after},
            now=now,
        )
