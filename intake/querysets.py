"""Which questions a user may see, and how much of them (invariants 3, 6 and 8).

Two scopes, declared here once and used by lists, pages, search, counts and exports alike:

* `visible_to(user)`: the whole question, person and words. Needs a sharing basis that is valid now
  and a part in the work: intake worker, assigned worker, or member of the team the basis is for.
* `listed_for(user)`: the person-free row (reference, organisation, neighbourhood, life domain,
  status, clock). For the coordinators of the partnership and the lead of the neighbourhood, besides
  everything visible.

`intake/rules.py` says the same as predicates over one question; a property test holds them equal.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, Func, OuterRef, Q

from organisations.models import Membership, Role
from welzijn.accounts.models import User

if TYPE_CHECKING:
    from intake.models import Question  # noqa: F401 - named in quotes below

CASE_ROLES = (Role.PROFESSIONAL, Role.COORDINATOR, Role.TEAM_MEMBER)
INTAKE_ROLES = (Role.PROFESSIONAL, Role.COORDINATOR)


class OrganisationAsArray(Func):
    """One organisation's id as an array of one, to ask whether a list contains it."""

    function = "ARRAY"
    template = "ARRAY[%(expressions)s]"
    output_field = ArrayField(models.UUIDField())


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions by who may see them."""

    def open(self) -> Self:
        """Those for which somebody still has to do something."""
        return self.filter(status__in=["new", "picked_up"])

    def visible_to(self, user: User | AnonymousUser, on: date | None = None) -> Self:
        """Those that `user` may read whole on a day (Europe/Amsterdam; today when left out)."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        from intake.models import SharingBasis

        mine = Membership.objects.active(on).filter(user=user)
        valid = SharingBasis.objects.filter(question=OuterRef("pk"), ended_at__isnull=True)
        as_intake = valid.filter(
            Exists(
                mine.filter(
                    partnership=OuterRef("question__partnership"),
                    organisation=OuterRef("organisation"),
                    role__in=INTAKE_ROLES,
                    reads_new=True,
                )
            )
        )
        as_assigned = valid.filter(
            Exists(
                mine.filter(
                    partnership=OuterRef("question__partnership"),
                    organisation=OuterRef("organisation"),
                    role__in=CASE_ROLES,
                )
            )
        )
        as_team = valid.filter(
            Exists(
                mine.annotate(
                    named=ExpressionWrapper(
                        OuterRef("team_organisations"), ArrayField(models.UUIDField())
                    )
                ).filter(
                    partnership=OuterRef("question__partnership"),
                    team=OuterRef("team"),
                    role=Role.TEAM_MEMBER,
                    named__contains=OrganisationAsArray(F("organisation")),
                )
            )
        )
        return self.filter(
            Exists(as_intake) | Q(assigned_to=user) & Exists(as_assigned) | Exists(as_team)
        )

    def listed_for(self, user: User | AnonymousUser, on: date | None = None) -> Self:
        """Those of which `user` may see the person-free row."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        mine = Membership.objects.active(on).filter(user=user)
        coordinated = mine.filter(partnership=OuterRef("partnership"), role=Role.COORDINATOR)
        own_neighbourhood = mine.filter(
            partnership=OuterRef("partnership"),
            role=Role.NEIGHBOURHOOD_LEAD,
            neighbourhood=OuterRef("neighbourhood"),
        )
        led = mine.filter(
            partnership=OuterRef("partnership"),
            organisation=OuterRef("lead"),
            role__in=INTAKE_ROLES,
            reads_new=True,
        )
        seen = self.model._default_manager.visible_to(user, on)
        return self.filter(
            Exists(coordinated)
            | Exists(own_neighbourhood)
            | Exists(led)
            | Exists(seen.filter(pk=OuterRef("pk")))
        )

    def logged_by_user(self, user: User) -> Self:
        """Those that a desk worker logged: they may read their own entry and its status."""
        return self.filter(logged_by=user)

    def overdue(self, on: date) -> Self:
        """Open ones whose next step should have been taken before `on`."""
        return self.open().filter(due_on__lt=on)

    def received_between(self, start: datetime, end: datetime) -> Self:
        """Those that came in from `start` up to but not including `end` (aware datetimes)."""
        return self.filter(received_at__gte=start, received_at__lt=end)

    def with_people(self) -> Self:
        """Joins what a page shows of a question it may show whole."""
        return self.select_related(
            "asker__contact_wish", "subject", "lead", "lead_team", "assigned_to", "neighbourhood"
        )
