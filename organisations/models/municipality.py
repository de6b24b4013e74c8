"""Municipalities and their neighbourhoods."""

from django.db import models

from welzijn.ids import uuid7


class Municipality(models.Model):
    """A gemeente by its official GM code; it can end and have a successor (herindeling)."""

    code = models.CharField("GM-code", max_length=6, primary_key=True)
    name = models.CharField("naam", max_length=80)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    client_support = models.CharField(
        "onafhankelijke cliëntondersteuning",
        max_length=160,
        blank=True,
        help_text="who gives it and how to reach them; free for every resident (Wmo 2015, 2.2.4)",
    )
    partnerships = models.ManyToManyField(
        "organisations.Partnership", related_name="municipalities", blank=True
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "gemeente"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^GM[0-9]{4}$"), name="municipality_gm_code"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Neighbourhood(models.Model):
    """A wijk or kern, known by its postcodes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="neighbourhoods"
    )
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="neighbourhoods")
    slug = models.SlugField()
    name = models.CharField("naam", max_length=80)
    learning_sessions = models.JSONField(
        "leersessies", default=list, help_text="recurrences as in the partnership file"
    )
    until = models.DateField("tot en met", null=True, blank=True, help_text="ended, never deleted")

    class Meta:
        ordering = ["name"]
        verbose_name = "wijk of kern"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="neighbourhood_slug_once")
        ]

    def __str__(self) -> str:
        return self.name


class NeighbourhoodPostcode(models.Model):
    """A PC4 ('3881') or PC6 ('3881AB') of a neighbourhood.

    Two neighbourhoods may share one: a postcode can't always tell hamlets apart, and then the
    resident may choose.
    """

    id = models.BigAutoField(primary_key=True)
    neighbourhood = models.ForeignKey(Neighbourhood, models.CASCADE, related_name="postcodes")
    postcode = models.CharField(max_length=6)

    class Meta:
        ordering = ["postcode"]
        constraints = [
            models.UniqueConstraint(
                fields=["neighbourhood", "postcode"], name="neighbourhood_postcode_once"
            ),
            models.CheckConstraint(
                condition=models.Q(postcode__regex=r"^[1-9][0-9]{3}([A-Z]{2})?$"),
                name="neighbourhood_postcode_form",
            ),
        ]

    def __str__(self) -> str:
        return self.postcode
