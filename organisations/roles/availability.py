"""Who is away, who stands in, and how many hours somebody has.

stand_in(user=, partnership_id=, on=)   who has the work of somebody who is away, or None
stand_ins(on)                           all of them on one day
record(...), end(...)                   an absence with dates; it ends by itself
set_hours(...)                          hours a week, and how many questions fit
"""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from organisations.partnerships.models import Partnership
from organisations.roles.availability_models import Absence, WorkingHours
from organisations.roles.memberships import clear_cache
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User

CASEWORK = (Role.PROFESSIONAL, Role.COORDINATOR, Role.TEAM_MEMBER)


def stand_in(*, user: User, partnership_id: UUID, on: date) -> User | None:
    """Return who stands in on that day; of one who is away too, their stand-in. None: nobody."""
    seen = {user.pk}
    found: User | None = None
    somebody = user
    while True:
        absence = (
            Absence.objects.on(on)
            .filter(user=somebody, partnership=partnership_id, stand_in__is_active=True)
            .select_related("stand_in")
            .order_by("-recorded_at", "-id")
            .first()
        )
        if absence is None or absence.stand_in_id in seen:
            return found
        seen.add(absence.stand_in_id)
        found = somebody = absence.stand_in


def stand_ins(on: date) -> dict[tuple[UUID, UUID], User]:
    """Return who stands in for whom on a day: by (partnership, who is away). One query."""
    found = Absence.objects.on(on).filter(stand_in__is_active=True).select_related("stand_in")
    return {
        (absence.partnership_id, absence.user_id): absence.stand_in
        for absence in found.order_by("recorded_at", "id")
    }


def own_colleagues(*, by: User, partnership: Partnership, on: date) -> QuerySet[User]:
    """Return those of the organisations that `by` coordinates: whose absence they may record."""
    here = Membership.objects.active(on).filter(partnership=partnership)
    own = here.filter(user=by, role=Role.COORDINATOR).values("organisation")
    theirs = here.filter(organisation__in=own, role__in=CASEWORK).values("user")
    return User.objects.filter(pk__in=theirs).order_by("name", "pk")


def possible_stand_ins(*, user: User, partnership: Partnership, on: date) -> QuerySet[User]:
    """Return the colleagues who can stand in: with casework in an organisation of the user."""
    here = Membership.objects.active(on).filter(partnership=partnership, role__in=CASEWORK)
    own = here.filter(user=user).values("organisation")
    theirs = here.filter(organisation__in=own).exclude(user=user).values("user")
    return User.objects.filter(pk__in=theirs, is_active=True).order_by("name", "pk")


def record(
    *,
    partnership: Partnership,
    user: User,
    stand_in: User,
    since: date,
    until: date,
    by: User,
    now: datetime,
) -> Absence:
    """Record that somebody is away from a day until and including another; and who stands in.

    Raises ValidationError, with a sentence for the form, for a stand-in who is away too, a second
    absence in the same days, and a period that doesn't fit.
    """
    if until < since:
        raise ValidationError(_("De laatste dag ligt voor de eerste."))
    if user == stand_in:
        raise ValidationError(_("Kies iemand anders als vervanger."))
    overlapping = Absence.objects.filter(
        partnership=partnership, since__lte=until, until__gte=since
    )
    already = _("{name} is dan al afwezig gemeld.").format(name=user.name)
    if overlapping.filter(user=user).exists():
        raise ValidationError(already)
    if overlapping.filter(user=stand_in).exists():
        raise ValidationError(_("{name} is dan zelf afwezig.").format(name=stand_in.name))
    try:
        with transaction.atomic():
            made = Absence.objects.create(
                partnership=partnership,
                user=user,
                stand_in=stand_in,
                since=since,
                until=until,
                recorded_by=by,
                recorded_at=now,
            )
    except IntegrityError as error:
        if "absence_stand_in_is_a_colleague" in str(error) or "same organisation" in str(error):
            raise ValidationError(_("Kies een collega van dezelfde organisatie.")) from error
        # Recorded by somebody else at the same moment.
        raise ValidationError(already) from error
    clear_cache()
    return made


def end(*, absence: Absence) -> None:
    """End it at once: the stand-in reads nothing of it any more."""
    absence.delete()
    clear_cache()


def current(*, partnership: Partnership, on: date) -> QuerySet[Absence]:
    """Return who is away now or will be."""
    return (
        Absence.objects.filter(partnership=partnership, until__gte=on)
        .select_related("user", "stand_in")
        .order_by("since", "user__name")
    )


def set_hours(
    *, partnership: Partnership, user: User, hours: int | None, most: int | None
) -> WorkingHours | None:
    """Set the hours a week of somebody, and how many questions fit; None takes them away."""
    if hours is None:
        WorkingHours.objects.filter(partnership=partnership, user=user).delete()
        return None
    found, _made = WorkingHours.objects.update_or_create(
        partnership=partnership, user=user, defaults={"hours": hours, "most": most}
    )
    return found
