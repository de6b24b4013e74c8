"""Who at a municipality a bundle of signals is for: policy, or a wethouder or manager as well."""

from collections.abc import Collection
from datetime import datetime

from organisations.roles.models import OF_A_MUNICIPALITY, Membership, Role
from referrals.signals.models import SignalBundle
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date


def roles_for(bundle: SignalBundle) -> Collection[Role]:
    """Return the roles at the municipality that hear of a bundle and may answer it."""
    if bundle.concerns == SignalBundle.Concerns.POLICY:
        return (Role.MUNICIPALITY,)
    return OF_A_MUNICIPALITY


def people(bundle: SignalBundle, now: datetime) -> list[User]:
    """Return who has one of these roles at the municipality of a bundle."""
    memberships = (
        Membership.objects.active(local_date(now))
        .filter(
            partnership=bundle.partnership,
            role__in=roles_for(bundle),
            municipality=bundle.municipality,
        )
        .select_related("user")
    )
    return list(dict.fromkeys(m.user for m in memberships))
