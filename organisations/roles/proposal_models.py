"""Proposals of roles: who proposed one, and who else approved it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.roles.models import Role
from welzijn.core.ids import uuid7


class RoleProposal(models.Model):
    """A role that one person proposed and another one decides on.

    A decided row never changes. The database refuses an approval by the proposer, by the one who
    gets the role, by a second mailbox of either, and by anybody but a coordinator of the receiving
    organisation or its contact person in the partnership file
    (`organisations/migrations/sql/role_approval.sql`).
    """

    class Source(models.TextChoices):
        ADMINISTRATOR = "administrator", _("beheerder")
        # The first coordinator of an organisation, named in the partnership file.
        FILE = "file", _("bestand van het samenwerkingsverband")
        # A table of roles by group, proposed and approved by two people (organisations.sign_on).
        TABLE = "table", _("tabel van rollen per groep")

    class Decision(models.TextChoices):
        OPEN = "", _("open")
        APPROVED = "approved", _("goedgekeurd")
        REFUSED = "refused", _("afgewezen")
        WITHDRAWN = "withdrawn", _("ingetrokken")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.CASCADE, related_name="role_proposals"
    )
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    # An unknown address gets an account only once the role is approved.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="role_proposals"
    )
    email = models.EmailField("e-mailadres")
    name = models.CharField("naam", max_length=120, help_text="as the proposer wrote it")
    function = models.CharField("functie", max_length=120, blank=True)
    role = models.CharField("rol", max_length=20, choices=Role.choices)
    reads_new = models.BooleanField("leest nieuwe vragen", default=False)
    team = models.ForeignKey("organisations.Team", models.PROTECT, null=True, related_name="+")
    municipality = models.ForeignKey(
        "organisations.Municipality", models.PROTECT, null=True, related_name="+"
    )
    source = models.CharField(max_length=15, choices=Source.choices)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decision = models.CharField(
        max_length=10, choices=Decision.choices, default=Decision.OPEN, blank=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_by_contact = models.EmailField(
        blank=True, help_text="the contact person who decided by a mailed link"
    )
    contact_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["proposed_at", "id"]
        verbose_name = "voorstel voor een rol"
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=["administrator", "file", "table"])
                & Q(decision__in=["", "approved", "refused", "withdrawn"]),
                name="role_proposal_known",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="role_proposal_decided_when",
            ),
            models.UniqueConstraint(
                fields=["partnership", "organisation", "email", "role", "team", "municipality"],
                condition=Q(decision=""),
                nulls_distinct=False,
                name="role_proposal_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.organisation}"
