"""Sharing bases and routing decisions."""

from django.db import connection

from intake.questions.models import Decision, SharingBasis
from organisations.front_door.configuration import FrontDoor
from welzijn.devtools.demo_data.insert_select import insert_select
from welzijn.devtools.demo_data.random_sql import literal
from welzijn.devtools.demo_data.rows.ids import ANSWERED, ASKER, MET, QUESTION, SECOND_BASIS


def sharing(front: FrontDoor) -> int:
    """Write the first basis of each question, and the receiver's after a handover."""
    triage = literal([str(o.id) for o in front.team_organisations[front.triage_team.slug]])
    teams = ", ".join(
        f"('{team.id}'::uuid, {literal([str(o.id) for o in front.team_organisations[slug]])}::uuid[])"
        for slug, team in front.teams.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE syn_team ON COMMIT DROP AS"
            f" SELECT * FROM (VALUES {teams}) AS t (id, organisations)"
        )
    written = insert_select(
        SharingBasis,
        "syn LEFT JOIN syn_team t ON t.id = syn.decided_team",
        id="pg_temp.uid(i, 109, received_at)",
        question=QUESTION,
        organisation="CASE WHEN shared AND decided_team IS NULL THEN lead END",
        team="team",
        team_organisations=f"CASE WHEN NOT shared THEN {triage}::uuid[]"
        " WHEN decided_team IS NOT NULL THEN t.organisations ELSE '{}' END",
        kind="CASE WHEN shared THEN 'consent' ELSE 'first_handling' END",
        purpose="CASE WHEN shared THEN 'help' ELSE 'sort_out' END",
        how="CASE WHEN NOT shared THEN 'system' WHEN channel = 'phone' THEN 'phone'"
        " WHEN channel = 'partner' THEN 'partner' WHEN logged_by IS NOT NULL THEN 'spoken'"
        " ELSE 'online' END",
        given_by=f"CASE WHEN shared THEN {ASKER} END",
        recorded_by="logged_by",
        valid_from="received_at",
        ended_at=f"CASE WHEN handover = 'completed' THEN {MET} END",
        ended_why="CASE WHEN handover = 'completed' THEN 'handed_over' ELSE '' END",
    )
    return written + insert_select(
        SharingBasis,
        "syn WHERE handover = 'completed'",
        id=SECOND_BASIS,
        question=QUESTION,
        organisation="receiver",
        team_organisations="'{}'",
        kind="'consent'",
        purpose="'help'",
        how="'phone'",
        given_by=ASKER,
        recorded_by="worker",
        valid_from=ANSWERED,
    )


def decisions(here: str, front: FrontDoor) -> int:
    """Write the routing decision of each question."""
    return insert_select(
        Decision,
        "syn",
        id="pg_temp.uid(i, 115, received_at)",
        partnership=here,
        question=QUESTION,
        at="received_at",
        rule_set=f"{literal(front.rule_set_id)}::uuid",
        rule_key="rule_key",
        facts="facts::jsonb",
        organisation="decided_org",
        team="decided_team",
        service="decided_service",
        reason="reason",
    )
