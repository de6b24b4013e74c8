"""Organisations: partnerships, their organisations, roles and routing rules."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Configuration of the app."""

    name = "organisations"
    verbose_name = "organisaties"

    def ready(self) -> None:
        """Register messages, and let the outbox use each partnership's own working days."""
        from organisations.administration import stuck_rows
        from organisations.colleagues import account, requests
        from organisations.front_door import configuration as front_door
        from organisations.learning_sessions import mailing as learning_mail
        from organisations.partnership_editor import proposals as text_proposals
        from organisations.roles import duty_gaps, proposal_notices
        from organisations.rule_sets import notices as rule_notices
        from organisations.services import maintainer_mails
        from organisations.sign_on import configured, proposals
        from organisations.triage_hints import readiness  # noqa: F401 (registers its check)
        from welzijn.notifications import message_kinds
        from welzijn.single_sign_on import hooks, sources
        from welzijn.sweeps import set_aside

        message_kinds.register(requests.ASKED, still_valid=requests.still_pending, about_setup=True)
        message_kinds.register(requests.DONE, still_valid=message_kinds.always, about_setup=True)
        message_kinds.register(account.CHANGED, still_valid=message_kinds.always, about_setup=True)
        proposal_notices.register()
        rule_notices.register()
        maintainer_mails.register()
        learning_mail.register()
        message_kinds.register(duty_gaps.KIND, still_valid=duty_gaps.still_open)
        message_kinds.register(
            proposals.PROPOSED, still_valid=proposals.still_open, about_setup=True
        )
        message_kinds.register(
            text_proposals.PROPOSED, still_valid=text_proposals.still_open, about_setup=True
        )
        message_kinds.register(
            configured.REFUSED, still_valid=message_kinds.always, about_setup=True
        )
        sources.register(configured.providers)
        sources.register_shown(configured.slugs_of)
        hooks.register_check(configured.check)
        hooks.register_accepted(configured.accepted)
        hooks.register_notify(configured.notify)
        message_kinds.register(stuck_rows.KIND, still_valid=message_kinds.always, about_setup=True)
        set_aside.use_alarm(stuck_rows.notify)
        message_kinds.use_calendars(front_door.calendar_of)
