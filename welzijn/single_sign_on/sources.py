"""Where providers come from: the settings, and what other apps keep (Beheer)."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.conf import settings

from welzijn.single_sign_on.provider_settings import ProviderSettings

Source = Callable[[], Iterable[ProviderSettings]]
Shown = Callable[[UUID], frozenset[str]]

_sources: list[Source] = []
_shown: list[Shown] = []


def register(source: Source) -> None:
    """Add a source of providers. Called from AppConfig.ready."""
    if source not in _sources:
        _sources.append(source)


def register_shown(shown: Shown) -> None:
    """Add the function that gives the organisations (slugs) of a partnership."""
    if shown not in _shown:
        _shown.append(shown)


def providers() -> list[ProviderSettings]:
    """Return every provider of this installation; those of the settings win over the same id."""
    found = {one.id: one for source in _sources for one in source()}
    found.update({one.id: one for one in settings.SIGN_ON_PROVIDERS})
    return list(found.values())


def provider(provider_id: str) -> ProviderSettings | None:
    """Return a provider by its id."""
    return next((one for one in providers() if one.id == provider_id), None)


def for_partnership(partnership_id: UUID | None) -> list[ProviderSettings]:
    """Return the providers that the sign-in page of a partnership shows.

    Those of its organisations and those of no organisation; all on the bare host.
    """
    found = providers()
    if partnership_id is None or not any(one.organisation for one in found):
        return found
    slugs = {slug for shown in _shown for slug in shown(partnership_id)}
    return [one for one in found if not one.organisation or one.organisation in slugs]


def required_for(address: str) -> ProviderSettings | None:
    """Return the provider that somebody with this address has to sign in at, if any."""
    return next((one for one in providers() if one.only and one.serves(address)), None)
