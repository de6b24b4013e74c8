"""The people: who asks, whom it is about, and how they may be reached."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from welzijn.core.ids import uuid7


class AgeBand(models.TextChoices):
    """Age bands, cut at 12, 16 and 18, where rights change (Jeugdwet, Wgbo). No birth date."""

    UNDER_12 = "0-11", _("jonger dan 12")
    FROM_12 = "12-15", _("12 tot en met 15")
    FROM_16 = "16-17", _("16 of 17")
    FROM_18 = "18-26", _("18 tot en met 26")
    FROM_27 = "27-66", _("27 tot en met 66")
    FROM_67 = "67+", _("67 of ouder")
    UNKNOWN = "", _("zeg ik liever niet")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class Person(models.Model):
    """A human who asks or whom a question is about. A name is optional; there is no BSN.

    Two questions of one human are two Person rows until that human says they belong together:
    nothing is guessed from a phone number, an e-mail address or an address.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="people"
    )
    name = models.CharField("naam", max_length=120, blank=True)
    called = models.CharField(
        "aanspreken",
        max_length=60,
        blank=True,
        help_text='how to call them: "mevrouw De Wit", "Ab"',
    )
    age_band = models.CharField("leeftijd", max_length=6, choices=AgeBand.choices, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="person_name_trgm"),
            GinIndex(
                models.Func("name", "called", function="intake_name_keys"),
                name="person_name_keys",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_band__in=[b.value for b in AgeBand]), name="person_age_band_known"
            )
        ]

    def __str__(self) -> str:
        return f"persoon {self.id}"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class ContactDetail(models.Model):
    """A phone number (E.164) or e-mail address of a person. People may share one."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("telefoon")
        EMAIL = "email", _("e-mail")
        POST = "post", _("post")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="contact_details")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    value = models.CharField(max_length=254)
    confirmed_at = models.DateTimeField(
        null=True, help_text="when its owner first entered the code or answered a message"
    )
    bounced_at = models.DateTimeField(null=True, help_text="when we heard it doesn't exist")
    texts_closed_at = models.DateTimeField(
        null=True, help_text="when we heard that the number gets no texts; it is for calling only"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "value"], name="contact_detail_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["phone", "email", "post"]), name="contact_detail_kind_known"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "value"], name="contact_detail_value"),
            GinIndex(OpClass(Upper("value"), name="gin_trgm_ops"), name="contact_detail_part"),
        ]

    def __str__(self) -> str:
        return self.kind


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old))
class ContactWish(models.Model):
    """Safe ways and times (zo mag u mij bereiken). Every sender obeys it (invariant 9)."""

    person = models.OneToOneField(
        Person, models.CASCADE, primary_key=True, related_name="contact_wish"
    )
    ways = ArrayField(
        models.CharField(max_length=5), default=list, help_text="phone, sms, email, post"
    )
    # None: nobody asked yet. Then nothing is said or left, as with a no.
    may_leave_message = models.BooleanField("bericht inspreken mag", null=True)
    may_say_who = models.BooleanField("zeggen wie wij zijn mag", null=True)
    no_post = models.BooleanField("geen post", null=True, default=True)
    times = ArrayField(
        models.CharField(max_length=10), default=list, help_text="morning, afternoon, evening"
    )
    times_note = models.CharField("wanneer", max_length=200, blank=True)
    language = models.CharField("taal", max_length=10, default="nl")
    interpreter = models.BooleanField("tolk", default=False)
    # The form of address of the pages on which they asked; for their own page and our messages.
    says_je = models.BooleanField("je en jij", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ways__contained_by=["phone", "sms", "email", "post"]),
                name="contact_wish_ways_known",
            ),
            models.CheckConstraint(
                condition=Q(times__contained_by=["morning", "afternoon", "evening"]),
                name="contact_wish_times_known",
            ),
        ]

    def __str__(self) -> str:
        return "contactwens"
