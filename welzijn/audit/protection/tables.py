"""The one list: which tables prove something, and what may be done with their rows.

Triggers (`install`) and the rights of the running role (`grants`) both follow from it. A table is
here or in `ordinary.ORDINARY` (tests/welzijn/audit/test_protected_tables.py walks all models). A
change here takes a migration that calls `install.install`.

Rows may always be added, never truncated. A condition is SQL about OLD, the row as it is now.
"""

from __future__ import annotations

from welzijn.audit.protection.rule import (
    OF_QUESTION,
    OF_REHEARSAL,
    Rule,
    history,
    of_question,
)

_LOG_OVER = "evidence_log_over(OLD.partnership_id, OLD.at)"

RULES: tuple[Rule, ...] = (
    # The access log and its chain.
    Rule(
        "audit_accessevent",
        "who looked at whose data",
        once=("erased_hash",),
        cleared=("question_id", "person_id", "reason", "on_behalf_of"),
        clear="(evidence_erasing(OLD.question_id) OR (OLD.question_id IS NULL"
        " AND evidence_gone('intake_person', OLD.person_id)))",
        erase=_LOG_OVER,
    ),
    Rule(
        "audit_withholding",
        "why an entry is hidden from the resident, and who approved it",
        changes=("reason", "approved_by_id", "approved_at", "review_on"),
        erase="evidence_erasing_event(OLD.event_id)",
    ),
    Rule("audit_logblock", "the chain over the access log", written_by_database=True),
    Rule(
        "audit_logerasure",
        "what retention took from the log",
        once=("block_id",),
        written_by_database=True,
    ),
    Rule(
        "audit_unsealedevent",
        "lines that wait for their block",
        erase="true",
        written_by_database=True,
    ),
    Rule(
        "audit_erasurepermit",
        "the open door of retention",
        erase="true",
        written_by_database=True,
    ),
    # Questions and what happened with them.
    Rule(
        "intake_question",
        "what the resident asked",
        fixed=(
            "partnership_id",
            "reference",
            "submission_key",
            "channel",
            "words",
            "opening_answers",
            "asker_id",
            "received_at",
        ),
        erase="evidence_erasing(OLD.id)",
    ),
    of_question("intake_timelineentry", "what happened, as staff and resident read it"),
    of_question("intake_struckentry", "what was struck through, by whom and why"),
    of_question(
        "intake_sharingbasis", "why an organisation may read", once=("ended_at", "ended_why")
    ),
    Rule(
        "intake_decision",
        "why a question came where it is",
        cleared=("question_id",),
        clear=OF_QUESTION,
        erase=OF_REHEARSAL,
    ),
    of_question(
        "intake_setaside",
        "what was taken for a flood, and who judged it",
        changes=("cleared_at", "released_at", "decided_by_id"),
    ),
    Rule(
        "intake_attachment",
        "which photos and PDFs were there, from whom and until when",
        changes=("scan", "scanned_at", "wrapped_key", "key_mark"),
        once=("removed_at",),
        cleared=("payload",),
        # NEW is the row as it becomes: the file goes only with the word why.
        clear="(NEW.removed_at IS NOT NULL OR NEW.scan = 'infected')",
        erase=OF_QUESTION,
    ),
    of_question("intake_hearddanger", "danger that was heard", changes=("answer", "answered_at")),
    Rule(
        "intake_householdlink",
        "who agreed to be in a household",
        changes=("household_id", "agreed_how"),
        once=("ended_at",),
        erase="(evidence_erasing(OLD.person_id) OR evidence_erasing(OLD.household_id))",
    ),
    Rule(
        "intake_person",
        "who asked; its history proves what was said",
        fixed=("partnership_id", "created_at"),
        erase="evidence_erasing(OLD.id)",
    ),
    of_question("referrals_contactmoment", "each talk with the resident"),
    of_question("referrals_meldcodestep", "the steps of the Meldcode"),
    of_question("referrals_outsidechange", "by whom and why", once=("seen_at", "seen_by_id")),
    of_question(
        "referrals_referral",
        "which organisation was involved, and how long",
        once=("until",),
    ),
    of_question(
        "referrals_handover",
        "a handover; its history holds each change",
        fixed=("question_id", "sender_id", "receiver_id", "proposed_by_id", "proposed_at"),
        once=("ended_at",),
    ),
    Rule(
        "referrals_handovertalk",
        "what sender and receiver said before the answer",
        once=(
            "resident_yes_at",
            "resident_yes_how",
            "resident_yes_recorded_by_id",
            "refused_at",
        ),
        erase="evidence_erasing_in('referrals_handover', OLD.handover_id)",
    ),
    of_question(
        "referrals_outsidehandover",
        "a handover outside; its history holds each change",
        fixed=("question_id", "sender_id", "sent_by_id", "sent_at", "name", "email", "yes_how"),
        once=("ended_at", "opened_at"),
    ),
    Rule(
        "referrals_consultation",
        "what colleagues asked and answered",
        changes=("question_id", "follow_up_id"),
        once=("answer", "answered_by_id", "answered_at"),
        erase="(evidence_erasing(OLD.question_id) OR (OLD.question_id IS NULL"
        f" AND (evidence_log_over(OLD.partnership_id, OLD.asked_at) OR {OF_REHEARSAL})))",
    ),
    Rule(
        "referrals_followup",
        "what was due; what was done stands on the timeline",
        fixed=("partnership_id", "question_id"),
        erase=OF_QUESTION,
    ),
    Rule(
        "referrals_conference",
        "a conference; its history holds each change",
        fixed=("partnership_id", "proposed_by_id", "proposed_at"),
        erase="evidence_erasing(OLD.id)",
    ),
    Rule(
        "referrals_agendaitem",
        "what was agreed; its history holds each change",
        fixed=("conference_id", "question_id", "added_at"),
        erase=OF_QUESTION,
    ),
    Rule(
        "referrals_participant",
        "who was invited",
        fixed=("conference_id", "user_id", "organisation_id"),
        erase="evidence_erasing(OLD.conference_id)",
    ),
    # Oversight.
    Rule(
        "referrals_finding",
        "what the privacy officer found",
        erase=f"({OF_QUESTION} OR {OF_REHEARSAL})",
    ),
    Rule(
        "referrals_datarequest",
        "a resident's request for access or erasure; a file can be given again",
        changes=("status", "reason", "answered_by_id", "answered_at"),
        final="OLD.status = 'refused'",
        erase=f"({OF_QUESTION} OR {OF_REHEARSAL})",
    ),
    Rule("referrals_deletionproof", "proof of deletion"),
    Rule(
        "referrals_erasedquestion",
        "what a restored backup has to erase again",
        erase="OLD.at < evidence_now() - interval '400 days'",
    ),
    Rule("referrals_correction", "where a decision was wrong", erase=OF_REHEARSAL),
    Rule("referrals_reportpublication", "figures as they were published", erase=OF_REHEARSAL),
    Rule(
        "referrals_signal",
        "what professionals signalled (sent_signals.sql holds the rest)",
        changes=(
            "bundle_id",
            "aside_why",
            "aside_by_id",
            "aside_at",
            "kind",
            "text",
            "edited_by_id",
            "edited_at",
            "withdrawn_at",
        ),
        erase=OF_REHEARSAL,
    ),
    Rule(
        "referrals_signalbundle",
        "what was sent to the meeting, and its answer (sent_signals.sql holds the rest)",
        fixed=("partnership_id", "municipality_id", "made_by_id", "made_at"),
        once=("sent_at", "sent_by_id"),
        erase=OF_REHEARSAL,
    ),
    Rule(
        "referrals_answerstep",
        "what became of the meeting's answer",
        erase="evidence_gone('referrals_signalbundle', OLD.bundle_id)",
    ),
    Rule(
        "referrals_goalstory",
        "what partners said about a goal, and the municipality's answer",
        changes=("answer", "answered_by_id", "answered_at"),
        erase=OF_REHEARSAL,
    ),
    # Roles and rules.
    Rule(
        "organisations_membership",
        "who had which role when; its history holds each change",
        fixed=("user_id", "partnership_id", "organisation_id", "role"),
        once=("until",),
        final="OLD.until IS NOT NULL",
        erase="OLD.until IS NULL",
    ),
    Rule(
        "organisations_roleproposal",
        "who proposed and approved a role (role_approval.sql holds the rest)",
        fixed=("partnership_id", "organisation_id", "role", "proposed_by_id", "proposed_at"),
        final="OLD.decision <> ''",
    ),
    Rule(
        "organisations_accountrequest",
        "what two people did to an account",
        fixed=("partnership_id", "kind", "user_id", "new_email", "asked_by_id", "asked_at"),
        final="OLD.decided_at IS NOT NULL",
        erase="OLD.decided_at IS NULL",
    ),
    Rule(
        "organisations_signonsetting",
        "how people sign in, and who approved it",
        fixed=("partnership_id", "organisation_id", "kind", "provider_id"),
        once=("approved_by_id", "approved_at", "ended_at"),
        final="OLD.ended_at IS NOT NULL",
        erase="OLD.approved_at IS NULL",
    ),
    Rule(
        "organisations_ruleset",
        "rules that decided (published_rules.sql holds the rest)",
        fixed=("partnership_id", "created_at", "created_by_id"),
        erase="OLD.status = 'draft'",
    ),
    Rule("accounts_user", "who did it; its history holds each change", fixed=("id",)),
    # Histories: written by triggers.
    history("intake_questionevent", "intake_question", "pgh_obj_id"),
    history("intake_questionlifedomainevent", "intake_question", "question_id"),
    history("intake_personevent", "intake_person", "pgh_obj_id"),
    history("intake_contactdetailevent", "intake_person", "person_id"),
    history("intake_contactwishevent", "intake_person", "person_id"),
    history("intake_sharingbasisevent", "intake_question", "question_id"),
    history("referrals_agendaitemevent", "intake_question", "question_id"),
    history("referrals_conferenceevent", "referrals_conference", "pgh_obj_id"),
    history("referrals_handoverevent", "intake_question", "question_id"),
    history("referrals_outsidehandoverevent", "intake_question", "question_id"),
    Rule("accounts_userevent", "history of accounts"),
    Rule("organisations_membershipevent", "history of roles"),
    Rule("organisations_serviceevent", "which room a service had when, and who confirmed it"),
    Rule("organisations_partnershiprevision", "who changed what of a partnership"),
    Rule(
        "organisations_textproposal",
        "who proposed and who approved a text that residents read",
        once=("decision", "decided_by_id", "decided_at"),
    ),
    Rule(
        "pghistory_context",
        "who changed it; the request that writes it may add to it",
        changes=("metadata", "updated_at"),
        final="OLD.created_at < now() - interval '1 day'",
        erase="evidence_unused_context(OLD.id)",
    ),
)
BY_TABLE = {rule.table: rule for rule in RULES}
