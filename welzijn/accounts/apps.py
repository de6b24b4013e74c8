"""Staff accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, second factors and invitations."""

    name = "welzijn.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the kinds of message about accounts."""
        from welzijn.accounts import account_mail, invitation
        from welzijn.notifications import message_kinds

        message_kinds.register(invitation.KIND, still_valid=invitation.still_open, about_setup=True)
        message_kinds.register(
            account_mail.KIND, still_valid=account_mail.still_valid, about_setup=True
        )
