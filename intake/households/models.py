"""Households: links that people made or agreed to, never inferred from an address."""

from django.db import models
from django.db.models import Q

from intake.people.models import Person
from welzijn.core.ids import uuid7


class Household(models.Model):
    """People who said that their questions belong together."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="households"
    )
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return "huishouden"


class HouseholdLink(models.Model):
    """The membership of a person in a household, with when and how they agreed."""

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
