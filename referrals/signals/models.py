"""Signals from practitioners to policy, the bundle they are sent in, and its dated answer."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from organisations.roles.models import OF_A_MUNICIPALITY, Membership, Role
from welzijn.accounts.models import User
from welzijn.core.ids import uuid7


def _roles_here(user: User, on: date, *roles: Role) -> models.QuerySet[Membership]:
    """Return a user's memberships with one of these roles in the outer row's partnership."""
    return Membership.objects.active(on).filter(
        user=user, role__in=roles, partnership=OuterRef("partnership")
    )


def _works_here(user: User, on: date) -> Exists:
    return Exists(
        Membership.objects.active(on).filter(user=user, partnership=OuterRef("partnership"))
    )


class SignalBundleQuerySet(models.QuerySet["SignalBundle"]):
    """Bundles by who may read them."""

    def visible_to(self, user: User, on: date) -> SignalBundleQuerySet:
        """Return the bundles that a user may read.

        Coordinators: all of their partnership. Policy officers and wethouders: what was sent to
        their municipality. Writers of a signal: its bundle, once sent.
        """
        officer = _roles_here(user, on, *OF_A_MUNICIPALITY).filter(
            municipality=OuterRef("municipality")
        )
        own = Signal.objects.filter(bundle=OuterRef("pk"), written_by=user)
        return self.filter(apart_at__isnull=True).filter(
            Exists(_roles_here(user, on, Role.COORDINATOR))
            | Q(sent_at__isnull=False) & Exists(officer)
            | Q(sent_at__isnull=False) & Exists(own) & _works_here(user, on)
        )


class SignalQuerySet(models.QuerySet["Signal"]):
    """Signals by who may read them."""

    def visible_to(self, user: User, on: date) -> SignalQuerySet:
        """Return the signals that a user may read.

        Coordinators: all of their partnership. Writers: their own, while they have a role there.
        Policy officers and wethouders: those in a bundle that was sent to their municipality.
        """
        officer = _roles_here(user, on, *OF_A_MUNICIPALITY).filter(
            municipality=OuterRef("municipality")
        )
        return self.filter(
            Exists(_roles_here(user, on, Role.COORDINATOR))
            | Q(written_by=user) & _works_here(user, on)
            | Q(bundle__sent_at__isnull=False) & Exists(officer)
        )

    def waiting(self) -> SignalQuerySet:
        """Return those that are neither bundled, set aside nor withdrawn."""
        return self.filter(bundle__isnull=True, aside_at__isnull=True, withdrawn_at__isnull=True)

    def to_support(self, user: User, on: date) -> SignalQuerySet:
        """Return what colleagues wrote and no bundle holds yet, for somebody who works here.

        It names no person; who wrote it is not shown either.
        """
        return self.waiting().exclude(written_by=user).filter(_works_here(user, on))


class SignalBundle(models.Model):
    """Signals about one thing, for the administrators' meeting of one municipality.

    A draft until it is sent; after that only the meeting's answer is added, once (triggers in
    migrations/sql/sent_signals.sql). Changes only through `referrals.signals.services`.
    """

    class Concerns(models.TextChoices):
        POLICY = "policy", _("beleid")
        ALDERMAN = "alderman", _("de wethouder")
        MANAGER = "manager", _("een manager")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="signal_bundles"
    )
    municipality = models.ForeignKey(
        "organisations.Municipality", models.PROTECT, related_name="signal_bundles"
    )
    title = models.CharField("waar het over gaat", max_length=120)
    text = models.TextField("wat wij zien", help_text="without any person")
    asks = models.TextField("wat wij vragen", help_text="of the administrators")
    concerns = models.CharField(
        "wie het aangaat",
        max_length=10,
        choices=Concerns.choices,
        default=Concerns.POLICY,
        db_default=Concerns.POLICY,
    )
    about_figure = models.CharField(
        "bij welk cijfer",
        max_length=60,
        blank=True,
        db_default="",
        help_text="a ready-made question, or doel: and the key of a goal; shown beside it",
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    meeting_on = models.DateField("bestuurlijk overleg")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    answer = models.TextField("antwoord", blank=True)
    answered_on = models.DateField("datum van het antwoord", null=True)
    answer_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer_recorded_at = models.DateTimeField(null=True)
    apart_at = models.DateTimeField("uit elkaar gehaald", null=True)
    apart_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = SignalBundleQuerySet.as_manager()

    class Meta:
        ordering = ["-meeting_on", "-made_at"]
        verbose_name = "bundel signalen"
        constraints = [
            models.CheckConstraint(
                condition=Q(concerns__in=["policy", "alderman", "manager"]),
                name="signal_bundle_concerns_known",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="signal_bundle_sent_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    answer="",
                    answered_on__isnull=True,
                    answer_recorded_by__isnull=True,
                    answer_recorded_at__isnull=True,
                )
                | ~Q(answer="")
                & Q(
                    answered_on__isnull=False,
                    answer_recorded_by__isnull=False,
                    answer_recorded_at__isnull=False,
                    sent_at__isnull=False,
                ),
                name="signal_bundle_answer_dated",
            ),
            models.CheckConstraint(
                condition=Q(apart_at__isnull=True, apart_by__isnull=True)
                | Q(apart_at__isnull=False, apart_by__isnull=False, sent_at__isnull=True),
                name="signal_bundle_apart_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Signal(models.Model):
    """One signal of one professional to one municipality; it names no person."""

    class Kind(models.TextChoices):
        RESIDENTS = "residents", _("wat inwoners nodig hebben")
        RULES = "rules", _("een regel of beleid dat knelt")
        COOPERATION = "cooperation", _("hoe wij samenwerken")
        TIME = "time", _("tijd die wij nodig hebben")
        ROOM = "room", _("ruimte om te doen wat nodig is")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partnership = models.ForeignKey(
        "organisations.Partnership", models.PROTECT, related_name="signals"
    )
    municipality = models.ForeignKey(
        "organisations.Municipality", models.PROTECT, related_name="signals"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField("wat u ziet")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signals")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    bundle = models.ForeignKey(SignalBundle, models.PROTECT, null=True, related_name="signals")
    aside_why = models.CharField("waarom niet naar het overleg", max_length=300, blank=True)
    aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    aside_at = models.DateTimeField(null=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    edited_at = models.DateTimeField("gewijzigd", null=True)
    withdrawn_at = models.DateTimeField("ingetrokken", null=True)

    objects = SignalQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        verbose_name = "signaal uit de praktijk"
        indexes = [
            models.Index(fields=["partnership", "municipality"], name="signal_where"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["residents", "rules", "cooperation", "time", "room"]),
                name="signal_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(aside_why="", aside_by__isnull=True, aside_at__isnull=True)
                | ~Q(aside_why="")
                & Q(aside_by__isnull=False, aside_at__isnull=False, bundle__isnull=True),
                name="signal_aside_reasoned",
            ),
            models.CheckConstraint(
                condition=Q(aside_at__isnull=True) | Q(aside_at__gte=F("written_at")),
                name="signal_aside_after",
            ),
            models.CheckConstraint(
                condition=Q(edited_at__isnull=True, edited_by__isnull=True)
                | Q(edited_at__isnull=False, edited_by__isnull=False),
                name="signal_edited_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(bundle__isnull=True, aside_at__isnull=True),
                name="signal_withdrawn_free",
            ),
        ]

    def __str__(self) -> str:
        return "signaal uit de praktijk"

    @property
    def redacted(self) -> bool:
        """Whether somebody else than the writer changed the text."""
        return self.edited_by_id is not None and self.edited_by_id != self.written_by_id


class SignalSupport(models.Model):
    """A colleague sees the same as a signal says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="support")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        verbose_name = "steun voor een signaal"
        constraints = [models.UniqueConstraint(fields=["signal", "by"], name="signal_support_once")]

    def __str__(self) -> str:
        return "ziet dit ook"
