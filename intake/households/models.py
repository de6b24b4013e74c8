"""A household: a link that people made or agreed to, never guessed from an address."""

from django.db import models
from django.db.models import Q

from intake.people.models import Person
from welzijn.core.ids import uuid7


class Household(models.Model):
    """A link that people have made or agreed to; never guessed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="households"
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return "huishouden"


class HouseholdLink(models.Model):
    """That a person is in a household, with who said so and how."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    household = models.ForeignKey(Household, models.CASCADE, related_name="links")
    person = models.ForeignKey(Person, models.CASCADE, related_name="household_links")
    agreed_at = models.DateTimeField()
    agreed_how = models.CharField(max_length=10)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="household_one_a_person"
            )
        ]

    def __str__(self) -> str:
        return "huishouden van een persoon"
