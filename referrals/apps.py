"""What happens with a question then."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Handovers, follow-up, work list, caseload, signals and reports."""

    name = "referrals"
    verbose_name = "opvolging"

    def ready(self) -> None:
        """Declare the permissions, and say which messages are still true when they are sent."""
        # The rules declare themselves when they are imported.
        from referrals import (  # noqa: F401
            handover_meeting,
            outside,
            practice,
            reminder_plan,
            returned,
            rules,
            still_true,
            withhold,
        )
        from referrals.conference import told as conferences
        from welzijn.notifications import registry

        registry.register("referrals.happened", still_true=registry.always)
        for name in reminder_plan.KINDS:
            registry.register(name, still_true=still_true.still_due)
        registry.register("quiet", still_true=still_true.still_quiet)
        registry.register("duty", still_true=still_true.still_unjudged)
        registry.register("check", still_true=still_true.still_due)
        registry.register(handover_meeting.KIND, still_true=handover_meeting.still_so)
        registry.register("handover", still_true=still_true.still_offered)
        registry.register("consultation", still_true=still_true.still_unanswered)
        registry.register("consultation.late", still_true=still_true.still_unanswered)
        registry.register(conferences.PLANNED, still_true=conferences.still_planned)
        registry.register(conferences.OVER, still_true=conferences.still_over)
        registry.register(conferences.MINUTES, still_true=registry.always)
        registry.register(outside.KIND, still_true=outside.still_offered)
        registry.register(withhold.KIND, still_true=withhold.still_waiting)
        registry.register(returned.KIND, still_true=registry.always)
        registry.register(practice.KIND, still_true=registry.always)
        registry.register(practice.SENT, still_true=registry.always)
        registry.hear_bounces(returned.tell_worker)
        registry.hear_not_arrived(returned.tell_worker_not_arrived)
