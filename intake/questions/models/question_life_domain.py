"""The life domains that a resident chose for a question."""

import pghistory
from django.db import models

from intake.questions.models.question import Question
from welzijn.core.ids import uuid7


# What was removed stays in the history: staff correct it.
@pghistory.track(pghistory.DeleteEvent())
class QuestionLifeDomain(models.Model):
    """A life domain that the resident chose for a question."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey(Question, models.CASCADE, related_name="domain_links")
    life_domain = models.ForeignKey(
        "organisations.LifeDomain", models.PROTECT, related_name="question_links"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "life_domain"], name="question_life_domain_once"
            )
        ]

    def __str__(self) -> str:
        return "leefgebied van een vraag"
