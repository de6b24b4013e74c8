"""Who may enter each address, written by hand; `test_permission_matrix.py` compares."""

from typing import Any

from tests.invariants.figure_rows import EMPTY_HERE, FIGURE_ROWS
from tests.invariants.offer_rows import OFFER_ROWS
from tests.invariants.partnership_rows import PARTNERSHIP_ROWS
from tests.invariants.public_rows import GET, POST, PUBLIC, PUBLIC_ROWS

__all__ = ["ACTORS", "EMPTY_HERE", "PUBLIC", "ROWS", "SIGNED_IN"]
# Actors: in the own partnership; "own" and "other" are organisations with and without a basis.
ACTORS = (
    "desk_own",
    "desk_other",
    "worker_own",
    "worker_other",
    "plain_other",
    "triage",
    "lead_of_place",
    "coordinator_own",
    "coordinator_other",
    "municipality",
    "alderman",
    "partner",
    "administrator",
    "privacy",
)
EVERYBODY = frozenset(ACTORS)
DESK = frozenset({"desk_own", "desk_other"})
CASE = frozenset({"worker_own", "coordinator_own"})
CASEWORK = frozenset(
    {"worker_own", "worker_other", "plain_other", "triage", "coordinator_own", "coordinator_other"}
)
RECEIVE = frozenset({"worker_other", "coordinator_other"})
COORDINATORS = frozenset({"coordinator_own", "coordinator_other"})
RULES = COORDINATORS | {"administrator", "privacy"}
PLACE = COORDINATORS | {"lead_of_place"}
PRACTICE = CASEWORK | DESK | {"lead_of_place"}
BOSS = frozenset({"administrator"})
SIGNED_IN = "signed in"  # about the user's own account only

ROWS: dict[str, tuple[str, Any]] = {
    **PUBLIC_ROWS,
    **FIGURE_ROWS,
    **OFFER_ROWS,
    **PARTNERSHIP_ROWS,
    **dict.fromkeys(["home_for_staff", "account_profile"], (GET, SIGNED_IN)),
    "end_session": (POST, SIGNED_IN),
    # Its form key says whose draft it is.
    "draft_save": (POST, PUBLIC),
    **dict.fromkeys(["draft_discard", "stay_signed_in"], (POST, SIGNED_IN)),
    "desk": (GET, DESK),
    "desk_answer": (POST, DESK),
    "desk_saved": (GET, {"desk_own"}),
    "desk_earlier": (POST, DESK),
    **dict.fromkeys(["desk_reference", "desk_proposal"], (POST, DESK)),
    **dict.fromkeys(["desk_new_code", "desk_message"], (GET, DESK)),
    "desk_done": (GET, {"desk_own"}),
    **dict.fromkeys(["desk_card", "desk_person", "desk_subject_details"], (GET, {"desk_own"})),
    "desk_attach": (GET, {"desk_own"}),
    "desk_attachment_remove": (GET, set()),  # only what one added oneself
    "desk_code": (GET, set()),  # only in the session in which the code was made
    "partner_door": (GET, {"partner"}),
    "partner_door_answer": (POST, {"partner"}),
    # Of a question that somebody else brought in.
    "partner_mark": (POST, set()),
    "work": (GET, CASEWORK),
    **dict.fromkeys(["recently_viewed", "own_absence"], (GET, CASEWORK)),
    "own_absence_end": (POST, set()),  # only what one reported oneself
    "search": (POST, PRACTICE),
    **dict.fromkeys(["asked", "asked_count", "agenda"], (GET, PRACTICE)),
    **dict.fromkeys(["asked_seen", "asked_choice", "agenda_feed_address"], (POST, PRACTICE)),
    "consultations": (GET, CASEWORK),
    "case_place": (POST, {"coordinator_own"}),
    "consultation": (GET, RECEIVE),
    "handover": (GET, RECEIVE),
    **dict.fromkeys(["case", "case_why", "case_new_code", "case_family"], (GET, CASE)),
    **dict.fromkeys(["case_withhold", "case_conference", "case_outside"], (GET, CASE)),
    **dict.fromkeys(["case_person", "case_subject_details"], (GET, CASE)),
    **dict.fromkeys(["case_meldcode", "case_meldcode_step"], (GET, CASE)),
    **dict.fromkeys(["case_attach", "case_attachment"], (GET, CASE)),
    "case_attachment_remove": (GET, {"worker_own"}),
    "conferences": (GET, EVERYBODY),
    **dict.fromkeys(
        [
            "conference",
            "conference_time",
            "conference_invite",
            "conference_question",
            "conference_cancel",
            "conference_title",
            "conference_ask",
        ],
        (GET, PLACE | {"worker_own"}),
    ),
    **dict.fromkeys(
        ["agenda_write", "agenda_action", "agenda_share", "agenda_resident"], (GET, CASE)
    ),
    # Nothing was asked for.
    "case_join": (POST, set()),
    # Asked for by worker_own: the second person is a colleague of the same organisation.
    "withholding": (GET, {"coordinator_own"}),
    **dict.fromkeys(
        [
            "case_contact",
            "case_note",
            "case_write",
            "case_plan",
            "case_handover",
            "case_answer",
            "case_meeting",
            "case_met",
            "case_give_back",
            "case_consult",
            "case_bring_in",
            "case_kind",
            "case_judge",
            "case_subject",
            "case_close",
            "case_check",
            "case_reopen",
            "case_withdraw",
            "case_resident_says",
            "case_stop_handover",
            "case_take_back",
            "case_put_back",
            "case_pick_up",
            "case_due",
        ],
        (POST, CASE),
    ),
    "case_undo": (POST, CASE | COORDINATORS),
    # A step that somebody else wrote is not theirs to strike through.
    "case_strike": (GET, set()),
    "caseload": (GET, COORDINATORS),
    **dict.fromkeys(
        ["caseload_balance", "caseload_spread", "caseload_dashboard"], (GET, COORDINATORS)
    ),
    **dict.fromkeys(
        [
            "caseload_step",
            "caseload_export",
            "caseload_outside_seen",
            "caseload_remind",
            "caseload_view_save",
        ],
        (POST, COORDINATORS),
    ),
    "caseload_away": (GET, COORDINATORS),
    "caseload_hours": (POST, COORDINATORS),
    # Nothing was divided or saved yet, and nobody is away.
    "caseload_view": (GET, set()),
    **dict.fromkeys(["caseload_undo", "caseload_away_end", "caseload_view_forget"], (POST, set())),
    "caseload_divide": (GET, COORDINATORS),
    "caseload_set_aside": (GET, COORDINATORS),
    "caseload_clear": (POST, COORDINATORS),
    "caseload_release": (POST, COORDINATORS),
    "caseload_one": (GET, COORDINATORS),
    "caseload_assign": (POST, COORDINATORS),
    "caseload_move": (POST, COORDINATORS),
    **dict.fromkeys(["neighbourhood", "conference_new"], (GET, PLACE)),
    # In the neighbourhood of the wijkaanjager.
    **dict.fromkeys(["learning_plan", "learning_change"], (GET, PLACE)),
    **dict.fromkeys(["learning_cancel", "learning_hold", "learning_mail"], (POST, PLACE)),
    "learning_outcomes": (GET, EVERYBODY),
    # Of a session that has been; the one of the matrix is still to come.
    "learning_outcome": (GET, set()),
    **dict.fromkeys(
        ["working_together", "offer_agreements", "movable_tasks", "group_work"], (GET, EVERYBODY)
    ),
    **dict.fromkeys(["way_of_working", "shared_success"], (GET, PLACE)),
    "joint_actions": (GET, COORDINATORS),
    # Nothing was written there yet.
    "movable_task": (GET, set()),
    **dict.fromkeys(
        ["joint_action_done", "offer_agreement_end", "shared_success_remove", "group_work_remove"],
        (POST, set()),
    ),
    **dict.fromkeys(["rules", "rules_version"], (GET, RULES)),
    "rules_start": (POST, COORDINATORS),
    "rules_draft": (GET, COORDINATORS),
    "rules_tried": (GET, COORDINATORS),
    "rules_publish": (POST, COORDINATORS),
    "rules_answer": (POST, COORDINATORS),
    "rules_put_back": (POST, COORDINATORS),
    "rules_discard": (POST, COORDINATORS),
    **dict.fromkeys(["rules_new_rule", "rules_edit_rule"], (GET, COORDINATORS)),
    "rules_order": (POST, COORDINATORS),
    **dict.fromkeys(["services_overview", "learning_sessions"], (GET, EVERYBODY)),
    # Who keeps no service sees an empty list, and may change none.
    "services_kept": (GET, EVERYBODY),
    "learning_session": (GET, EVERYBODY),
    # Nothing is signed up for without naming a session.
    "learning_attend": (POST, set()),
    **dict.fromkeys(["administration_people", "administration_invite"], (GET, BOSS)),
    "administration_grant": (GET, BOSS),
    "administration_invite_again": (POST, BOSS),
    "administration_end": (POST, BOSS),
    "role_proposals": (GET, COORDINATORS | {"administrator", "privacy"}),
    # Without a decision nothing is there, for whoever may decide too.
    "role_proposal_decide": (POST, set()),
    "administration_duty": (GET, BOSS),
    "administration_end_duty": (POST, BOSS),
    "administration_stuck": (GET, BOSS),
    **dict.fromkeys(["colleague", "colleague_details"], (GET, BOSS)),
    **dict.fromkeys(
        ["colleague_reset", "colleague_unlink", "colleague_end", "colleague_reopen"], (POST, BOSS)
    ),
    "sign_on_end": (POST, BOSS),
    "account_requests": (GET, BOSS | COORDINATORS),
    "account_request_decide": (POST, BOSS | COORDINATORS),
    **dict.fromkeys(["privacy_inspect", "privacy_proofs"], (GET, {"privacy"})),
    **dict.fromkeys(
        [
            "privacy_log",
            "privacy_log_download",
            "privacy_unusual",
            "privacy_earlier",
            "data_requests",
            "data_request",
        ],
        (GET, {"privacy"}),
    ),
    "privacy_finding": (POST, {"privacy"}),
    "signals": (GET, PRACTICE | {"municipality", "alderman"}),
    "signal_new": (GET, PRACTICE),
    **dict.fromkeys(["signal_aside", "signal_bundle_new"], (GET, COORDINATORS)),
    "signal_edit": (GET, COORDINATORS),
    "signal_act": (POST, PRACTICE),
    "signal_bundle_change": (GET, COORDINATORS),
    # It was sent: its municipality reads it, and who wrote a signal in it.
    "signal_bundle": (GET, COORDINATORS | {"municipality", "alderman", "worker_own"}),
}
