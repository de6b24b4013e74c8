"""Teams of people of one or several organisations."""

from django.db import models

from welzijn.ids import uuid7


class Team(models.Model):
    """People who work together: a neighbourhood team, or the triage team of a partnership.

    A sharing basis for a team names the organisations that were in it at the time; one that joins
    later needs a new basis.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="teams"
    )
    slug = models.SlugField()
    name = models.CharField("naam", max_length=120)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        related_name="led_teams",
        help_text="the organisation that answers for the team (its controller)",
    )
    organisations = models.ManyToManyField("organisations.Organisation", related_name="teams")
    neighbourhoods = models.ManyToManyField(
        "organisations.Neighbourhood", related_name="teams", blank=True
    )
    description = models.CharField("wat zij doen", max_length=300, blank=True)
    until = models.DateField("tot en met", null=True, blank=True, help_text="ended, never deleted")

    class Meta:
        ordering = ["name"]
        verbose_name = "team"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="team_slug_once")
        ]

    def __str__(self) -> str:
        return self.name
