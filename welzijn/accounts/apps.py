"""Staff accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, their second factor and their invitation."""

    name = "welzijn.accounts"
    label = "accounts"

    def ready(self) -> None:
        """An invitation is no longer true once its account has a password."""
        from welzijn.accounts import invitation
        from welzijn.notifications import message_kinds

        message_kinds.register(invitation.KIND, still_true=invitation.still_open)
