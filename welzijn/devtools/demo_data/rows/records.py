"""Timeline entries, access events and the report roll-up."""

from django.db import connection

from intake.questions.models import TimelineEntry
from organisations.front_door.configuration import FrontDoor
from welzijn.audit.models import AccessEvent, UnsealedEvent
from welzijn.devtools.demo_data.insert_select import insert_select
from welzijn.devtools.demo_data.rows.ids import ASKER, MET, QUESTION


def timeline(front: FrontDoor) -> int:
    """Write the steps of each question as timeline entries."""
    because = "shared AND reason ~ '^[a-z]'"
    steps = f"""(
        SELECT i, received_at, 150 AS salt, received_at AS moment, 'received' AS step,
            CASE WHEN logged_by IS NULL THEN 'resident' ELSE 'staff' END AS who, logged_by AS user_id,
            CASE WHEN logged_by IS NOT NULL THEN %(triage)s END AS org,
            'question.received' AS said, '{{}}'::jsonb AS filled
        FROM syn
        UNION ALL
        SELECT i, received_at, 151, received_at, 'decided', 'system', NULL, NULL,
            CASE WHEN {because} THEN 'question.placed_because' ELSE 'question.placed' END,
            jsonb_build_object('who', CASE WHEN team IS NULL
                THEN jsonb_build_object('organisation', lead)
                ELSE jsonb_build_object('team', team) END)
            || CASE WHEN {because}
                THEN jsonb_build_object('reason', rtrim(reason, '.')) ELSE '{{}}' END
        FROM syn
        UNION ALL
        SELECT i, received_at, 152, picked_at, 'picked_up', 'staff', worker, lead,
            'lead.picked_up', '{{}}' FROM syn WHERE picked
        UNION ALL
        SELECT i, received_at, 153, first_at, 'contact', 'staff', worker, lead,
            'contact.spoken', '{{}}' FROM syn WHERE spoken
        UNION ALL
        SELECT i, received_at, 154, {MET}, 'handover', 'staff', second_worker, receiver,
            'handover.met',
            jsonb_build_object('who', jsonb_build_object('organisation', receiver))
        FROM syn WHERE handover = 'completed'
        UNION ALL
        SELECT i, received_at, 155, closed_at, status, CASE status WHEN 'closed' THEN 'staff'
                ELSE 'resident' END, CASE status WHEN 'closed' THEN final_worker END,
            CASE status WHEN 'closed' THEN final_lead END,
            CASE status WHEN 'closed' THEN 'question.closed' ELSE 'question.withdrawn' END,
            CASE status WHEN 'closed' THEN jsonb_build_object('result', result) ELSE '{{}}' END
        FROM syn WHERE closed_at IS NOT NULL
    ) t""".replace("%(triage)s", f"'{front.triage_team.organisation_id}'::uuid")
    return insert_select(
        TimelineEntry,
        steps,
        id="pg_temp.uid(i, salt, moment)",
        question=QUESTION,
        at="moment",
        kind="step",
        actor_kind="who",
        actor="user_id",
        organisation="org",
        sentence="said",
        parameters="filled",
    )


def access_events(here: str) -> int:
    """Write the access event of the worker who read the question before picking it up.

    Triggers are off here, so its place in the queue for the log's chain is written too.
    """
    written = insert_select(
        AccessEvent,
        "syn WHERE picked",
        id="pg_temp.uid(i, 160, picked_at)",
        at="picked_at - interval '1 minute'",
        partnership=here,
        actor="worker",
        organisation="lead",
        role="CASE WHEN team IS NULL THEN 'professional' ELSE 'team_member' END",
        action="'read'",
        what="'question'",
        question_id=QUESTION,
        person_id=ASKER,
        basis="CASE WHEN shared THEN 'consent' ELSE 'first_handling' END",
        reason="'opened'",
    )
    line = "pg_temp.uid(i, 160, picked_at)"
    insert_select(UnsealedEvent, "syn WHERE picked", event_id=line, since="now()")
    return written


def report_rollup() -> int:
    """Write what the roll-up's triggers would: a report row per question and the summed cells."""
    where = (
        "partnership_id, municipality, neighbourhood, organisation, life_domain, several, channel"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO referrals_reportedquestion (question_id, {where}, received_month,"
            f" helped_month) SELECT c.question_id, {where}, received_month, helped_month"
            f" FROM (SELECT {QUESTION} AS id FROM syn) s"
            " JOIN referrals_where_it_counts() c ON c.question_id = s.id"
        )
        rows = cursor.rowcount
        cursor.execute(
            f"INSERT INTO referrals_reportcell ({where}, month, received, helped, received_keys,"
            f" helped_keys, departed) SELECT {where}, month, sum(r), sum(h), sum(r * key),"
            f" sum(h * key), false FROM ("
            f" SELECT {where}, received_month AS month, 1 AS r, 0 AS h, key FROM ("
            f" SELECT q.* FROM referrals_reportedquestion q JOIN (SELECT {QUESTION} AS id FROM syn)"
            " s ON s.id = q.question_id) a UNION ALL"
            f" SELECT {where}, helped_month, 0, 1, key FROM ("
            f" SELECT q.* FROM referrals_reportedquestion q JOIN (SELECT {QUESTION} AS id FROM syn)"
            " s ON s.id = q.question_id) b WHERE helped_month IS NOT NULL) m"
            f" GROUP BY {where}, month"
        )
        return int(rows + cursor.rowcount)
