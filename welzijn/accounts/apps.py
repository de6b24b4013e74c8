"""Staff accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, second factors and invitations."""

    name = "welzijn.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the invitation as a kind of message."""
        from welzijn.accounts import invitation
        from welzijn.notifications import message_kinds

        message_kinds.register(invitation.KIND, still_true=invitation.still_open)
