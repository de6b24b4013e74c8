"""What other apps do at a sign-in through a provider; they register it in AppConfig.ready."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from welzijn.accounts.models import User
from welzijn.single_sign_on.claims import Identity
from welzijn.single_sign_on.provider_settings import ProviderSettings
from welzijn.single_sign_on.refusals import Reason


class Hook(Protocol):
    """A function called at sign-in, in its transaction; raises Refused to refuse it."""

    def __call__(
        self, *, provider: ProviderSettings, user: User, identity: Identity, now: datetime
    ) -> None: ...


Notify = Callable[[Reason, User, datetime], None]

_checks: list[Hook] = []
_accepted: list[Hook] = []
_notify: list[Notify] = []


def register_check(hook: Hook) -> None:
    """Add a check of whether this provider may sign this user in."""
    if hook not in _checks:
        _checks.append(hook)


def register_accepted(hook: Hook) -> None:
    """Add what follows from an accepted sign-in, such as roles."""
    if hook not in _accepted:
        _accepted.append(hook)


def register_notify(notify: Notify) -> None:
    """Add the function that tells administrators of a refusal they have to know of."""
    if notify not in _notify:
        _notify.append(notify)


def check(*, provider: ProviderSettings, user: User, identity: Identity, now: datetime) -> None:
    """Run the checks. Raises Refused."""
    for hook in _checks:
        hook(provider=provider, user=user, identity=identity, now=now)


def accepted(*, provider: ProviderSettings, user: User, identity: Identity, now: datetime) -> None:
    """Run what follows from an accepted sign-in."""
    for hook in _accepted:
        hook(provider=provider, user=user, identity=identity, now=now)


def notify(reason: Reason, user: User, now: datetime) -> None:
    """Tell the administrators of `user`."""
    for function in _notify:
        function(reason, user, now)
