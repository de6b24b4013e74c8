"""What happens with a question then."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Handovers, follow-up, work list, caseload, signals and reports."""

    name = "referrals"
    verbose_name = "opvolging"

    def ready(self) -> None:
        """Declare the permissions, and say which messages are still true when they are sent."""
        # The rules declare themselves when they are imported.
        from referrals.casework_base import (  # noqa: F401
            permissions as casework_base_permissions,
        )
        from referrals.conferences import notifications as conferences
        from referrals.external_handovers import (  # noqa: F401
            services as external_handover_services,
        )
        from referrals.handovers import (  # noqa: F401
            meetings as handover_meetings,
        )
        from referrals.privacy import (  # noqa: F401
            withholding,
        )
        from referrals.reminders import (  # noqa: F401
            delivery_failure,
            escalation_plan,
        )
        from referrals.reminders import (
            validity as reminder_validity,
        )
        from referrals.signals import (  # noqa: F401
            services as signal_services,
        )
        from welzijn.notifications import message_kinds

        message_kinds.register("referrals.happened", still_true=message_kinds.always)
        for name in escalation_plan.KINDS:
            message_kinds.register(name, still_true=reminder_validity.still_due)
        message_kinds.register("quiet", still_true=reminder_validity.still_quiet)
        message_kinds.register("duty", still_true=reminder_validity.still_unjudged)
        message_kinds.register("check", still_true=reminder_validity.still_due)
        message_kinds.register(handover_meetings.KIND, still_true=handover_meetings.still_so)
        message_kinds.register("handover", still_true=reminder_validity.still_offered)
        message_kinds.register("consultation", still_true=reminder_validity.still_unanswered)
        message_kinds.register("consultation.late", still_true=reminder_validity.still_unanswered)
        message_kinds.register(conferences.PLANNED, still_true=conferences.still_planned)
        message_kinds.register(conferences.OVER, still_true=conferences.still_over)
        message_kinds.register(conferences.MINUTES, still_true=message_kinds.always)
        message_kinds.register(
            external_handover_services.KIND, still_true=external_handover_services.still_offered
        )
        message_kinds.register(withholding.KIND, still_true=withholding.still_waiting)
        message_kinds.register(delivery_failure.KIND, still_true=message_kinds.always)
        message_kinds.register(signal_services.KIND, still_true=message_kinds.always)
        message_kinds.register(signal_services.SENT, still_true=message_kinds.always)
        message_kinds.hear_bounces(delivery_failure.tell_worker)
        message_kinds.hear_not_arrived(delivery_failure.tell_worker_not_arrived)
