"""Single sign-on. allauth finds the provider class in `provider.py` of this app."""

from django.apps import AppConfig


class SingleSignOnConfig(AppConfig):
    """OpenID Connect providers, the sessions they opened and logout tokens already used."""

    name = "welzijn.single_sign_on"
    label = "single_sign_on"

    def ready(self) -> None:
        """Register the notice about a changed address as a kind of message."""
        from welzijn.notifications import message_kinds
        from welzijn.single_sign_on import matching

        message_kinds.register(
            matching.ADDRESS_CHANGED, still_valid=message_kinds.always, about_setup=True
        )
