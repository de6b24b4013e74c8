"""Contact moments, handovers and referrals."""

from referrals.casework_base.models import ContactMoment, Referral
from referrals.handovers.models import Handover
from welzijn.devtools.demo_data.insert_select import insert_select
from welzijn.devtools.demo_data.rows.ids import (
    ANSWERED,
    HANDOVER,
    MET,
    PROPOSED,
    QUESTION,
    SECOND_BASIS,
)


def contacts(moment: str) -> int:
    """Write one to three conversations; a fifth of the first ones follow a failed attempt."""
    at = (
        f"(SELECT i, worker, second_worker, lead, receiver, handover, received_at, result, k,"
        f" CASE WHEN result = 'no_contact' THEN picked_at + k * (end_at - picked_at) / 5"
        f" WHEN k = 0 THEN first_at - (first_at - picked_at) / 2"
        f" WHEN k = 1 THEN first_at"
        f" ELSE first_at + (end_at - first_at) * (0.2 + 0.2 * k) END AS at"
        f" FROM syn, generate_series(0, 3) k WHERE picked AND CASE k WHEN 0 THEN"
        f" pg_temp.u(i, 76) < 0.2 OR result = 'no_contact' WHEN 1 THEN true"
        f" WHEN 2 THEN pg_temp.u(i, 77) < 0.55 OR result = 'no_contact'"
        f" ELSE pg_temp.u(i, 77) < 0.25 AND result <> 'no_contact' END) c WHERE at < {moment}"
    )
    later = f"handover = 'completed' AND at >= {_met_at('c')}"
    return insert_select(
        ContactMoment,
        at.replace("picked_at + k", "picked_at + (k + 1)").replace(
            "receiver, handover", "receiver, handover, first_at"
        ),
        id="pg_temp.uid(i, 120 + k, received_at)",
        question=QUESTION,
        by=f"CASE WHEN {later} THEN second_worker ELSE worker END",
        organisation=f"CASE WHEN {later} THEN receiver ELSE lead END",
        at="at",
        way="(ARRAY['phone', 'phone', 'phone', 'visit', 'desk'])"
        "[1 + floor(pg_temp.u(i, 78 + k) * 5)::int]",
        outcome="CASE WHEN k = 0 OR result = 'no_contact' THEN (ARRAY['not_reached',"
        " 'message_left'])[1 + floor(pg_temp.u(i, 82) * 2)::int] ELSE 'spoken' END",
        agreed="CASE WHEN k = 0 OR result = 'no_contact' THEN '' ELSE (ARRAY["
        "'Wij spreken elkaar volgende week weer.', 'U belt zelf eerst uw dochter.',"
        " 'Wij zoeken dit voor u uit.', 'U komt langs op het spreekuur.'])"
        "[1 + floor(pg_temp.u(i, 83 + k) * 4)::int] END",
    )


def _met_at(alias: str) -> str:
    return f"{alias}.first_at + interval '4 days'"


def handovers() -> int:
    """Write the handovers, each with a final status."""
    ended = (
        f"CASE handover WHEN 'completed' THEN {MET} WHEN 'declined' THEN {ANSWERED}"
        f" WHEN 'refused' THEN {PROPOSED} + interval '1 day'"
        f" ELSE {MET} + interval '1 day' END"
    )
    yes = "handover <> 'refused'"
    answered = "handover IN ('completed', 'declined')"
    return insert_select(
        Handover,
        "syn WHERE handover IS NOT NULL",
        id=HANDOVER,
        question=QUESTION,
        sender="lead",
        receiver="receiver",
        proposed_by="worker",
        proposed_at=PROPOSED,
        status="handover",
        why="'Zij kunnen u hier beter bij helpen.'",
        summary="'De inwoner zoekt hulp bij het vervolg. De eerste stap is gezet.'",
        resident_yes_at=f"CASE WHEN {yes} THEN {PROPOSED} END",
        resident_yes_how=f"CASE WHEN {yes} THEN 'phone' ELSE '' END",
        resident_yes_recorded_by=f"CASE WHEN {yes} THEN worker END",
        answered_by=f"CASE WHEN {answered} THEN second_worker END",
        answered_at=f"CASE WHEN {answered} THEN {ANSWERED} END",
        decline_reason="CASE WHEN handover = 'declined' THEN 'Op dit moment geen plek.' ELSE '' END",
        met_at=f"CASE WHEN handover = 'completed' THEN {MET} END",
        met_how="CASE WHEN handover = 'completed' THEN 'phone' ELSE '' END",
        ended_at=ended,
        escalated_at=f"CASE WHEN handover = 'withdrawn' THEN {MET} END",
        basis=f"CASE WHEN handover = 'completed' THEN {SECOND_BASIS} END",
    )


def referrals() -> int:
    """Write the referrals that the trigger on the lead would make."""
    rows = insert_select(
        Referral,
        "syn",
        id="pg_temp.uid(i, 130, received_at)",
        question=QUESTION,
        organisation="lead",
        part="'lead'",
        since="received_at",
        until=f"CASE WHEN handover = 'completed' THEN {MET} END",
    )
    return rows + insert_select(
        Referral,
        "syn WHERE handover = 'completed'",
        id="pg_temp.uid(i, 131, received_at)",
        question=QUESTION,
        organisation="receiver",
        part="'lead'",
        since=MET,
    )
