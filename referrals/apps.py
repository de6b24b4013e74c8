"""Casework: what happens with a question after it came in."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Handovers, follow-up, work list, caseload, signals and reports."""

    name = "referrals"
    verbose_name = "opvolging"

    def ready(self) -> None:
        """Declare permissions and sentences, and say which messages are still true when sent."""
        # Permissions and sentences declare themselves when they are imported.
        from intake.danger import alarm
        from intake.danger import unjudged as danger_lists
        from organisations.rehearsal import rehearsing
        from referrals.casework import sentences  # noqa: F401
        from referrals.casework_base import permissions  # noqa: F401
        from referrals.conferences import notifications as conferences
        from referrals.conferences import sentences as conference_sentences  # noqa: F401
        from referrals.consultations import permissions as consultation_permissions  # noqa: F401
        from referrals.consultations import sentences as consultation_sentences  # noqa: F401
        from referrals.external_handovers import partner_summary
        from referrals.external_handovers import sentences as external_sentences  # noqa: F401
        from referrals.external_handovers import services as external_handovers
        from referrals.follow_ups import gauges, unjudged
        from referrals.follow_ups import sentences as follow_up_sentences  # noqa: F401
        from referrals.handovers import meetings as handover_meetings
        from referrals.handovers import permissions as handover_permissions  # noqa: F401
        from referrals.handovers import sentences as handover_sentences  # noqa: F401
        from referrals.meldcode import sentences as meldcode_sentences  # noqa: F401
        from referrals.privacy import withholding
        from referrals.rehearsal import wiping
        from referrals.reminders import delivery_failure, escalation_plan, validity
        from referrals.reports import quarter_ready
        from referrals.reports.ready_made import signal_bundles
        from referrals.signals import report_source
        from referrals.signals import services as signals
        from welzijn.notifications import message_kinds

        gauges.register_gauges()
        rehearsing.use(wiping.wipe, wiping.count)
        danger_lists.use(unjudged.since_of)
        message_kinds.register("referrals.happened", still_valid=message_kinds.always)
        for name in escalation_plan.KINDS:
            message_kinds.register(name, still_valid=validity.still_due)
        message_kinds.register("quiet", still_valid=validity.still_quiet)
        message_kinds.register("duty", still_valid=validity.still_unjudged)
        message_kinds.register(alarm.KIND, still_valid=validity.still_in_danger)
        message_kinds.register("check", still_valid=validity.still_due)
        message_kinds.register(handover_meetings.KIND, still_valid=handover_meetings.still_current)
        message_kinds.register("handover", still_valid=validity.still_offered)
        message_kinds.register("consultation", still_valid=validity.still_unanswered)
        message_kinds.register("consultation.late", still_valid=validity.still_unanswered)
        message_kinds.register(conferences.PLANNED, still_valid=conferences.still_planned)
        message_kinds.register(conferences.OVER, still_valid=conferences.still_over)
        message_kinds.register(conferences.MINUTES, still_valid=message_kinds.always)
        message_kinds.register(external_handovers.KIND, still_valid=partner_summary.still_offered)
        message_kinds.register(withholding.KIND, still_valid=withholding.still_waiting)
        message_kinds.register(delivery_failure.KIND, still_valid=delivery_failure.still_valid)
        message_kinds.register(signals.ANSWERED, still_valid=message_kinds.always)
        message_kinds.register(signals.SENT, still_valid=message_kinds.always)
        signal_bundles.register_source(report_source.bundles)
        message_kinds.register(quarter_ready.KIND, still_valid=quarter_ready.still_read)
        message_kinds.subscribe_to_bounces(delivery_failure.notify_worker)
        message_kinds.subscribe_to_delivery_failures(delivery_failure.notify_worker)
        message_kinds.subscribe_to_arrivals(delivery_failure.notify_worker_of_arrival)
