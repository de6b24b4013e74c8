"""What is kept of each question: its timeline, who looked, and where it counts."""

from django.db import connection

from intake.questions.models import TimelineEntry
from organisations.front_door.configuration import FrontDoor
from welzijn.audit.models import AccessEvent
from welzijn.devtools.demo_data.bulk import insert
from welzijn.devtools.demo_data.drawing import literal
from welzijn.devtools.demo_data.rows.ids import ASKER, MET, QUESTION


def timeline(front: FrontDoor) -> int:
    named = ", ".join(f"('{o.id}'::uuid, {literal(o.name)})" for o in front.organisations.values())
    teams = ", ".join(f"('{t.id}'::uuid, {literal(t.name)})" for t in front.teams.values())
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE syn_name ON COMMIT DROP AS"
            f" SELECT * FROM (VALUES {named}, {teams}) AS n (id, name)"
        )
    steps = f"""(
        SELECT i, received_at, 150 AS salt, received_at AS moment, 'received' AS step,
            CASE WHEN logged_by IS NULL THEN 'resident' ELSE 'staff' END AS who, logged_by AS user_id,
            CASE WHEN logged_by IS NOT NULL THEN %(triage)s END AS org, 'Uw vraag is binnen.' AS said
        FROM syn
        UNION ALL
        SELECT i, received_at, 151, received_at, 'decided', 'system', NULL, NULL,
            'Uw vraag ligt bij ' || n.name || CASE WHEN shared AND reason ~ '^[a-z]'
                THEN ', omdat ' || rtrim(reason, '.') || '.' ELSE '.' END
        FROM syn JOIN syn_name n ON n.id = COALESCE(team, lead)
        UNION ALL
        SELECT i, received_at, 152, picked_at, 'picked_up', 'staff', worker, lead,
            'Uw vraag is opgepakt.' FROM syn WHERE picked
        UNION ALL
        SELECT i, received_at, 153, first_at, 'contact', 'staff', worker, lead,
            'Wij hebben u gesproken.' FROM syn WHERE spoken
        UNION ALL
        SELECT i, received_at, 154, {MET}, 'handover', 'staff', second_worker, receiver,
            n.name || ' helpt u nu verder.'
        FROM syn JOIN syn_name n ON n.id = receiver WHERE handover = 'completed'
        UNION ALL
        SELECT i, received_at, 155, closed_at, status, CASE status WHEN 'closed' THEN 'staff'
                ELSE 'resident' END, CASE status WHEN 'closed' THEN final_worker END,
            CASE status WHEN 'closed' THEN final_lead END,
            CASE status WHEN 'closed' THEN 'Uw vraag is afgerond.'
                ELSE 'U heeft uw vraag ingetrokken.' END
        FROM syn WHERE closed_at IS NOT NULL
    ) t""".replace("%(triage)s", f"'{front.triage_team.organisation_id}'::uuid")
    return insert(
        TimelineEntry,
        steps,
        id="pg_temp.uid(i, salt, moment)",
        question=QUESTION,
        at="moment",
        kind="step",
        actor_kind="who",
        actor="user_id",
        organisation="org",
        text="said",
    )


def looks(here: str) -> int:
    """Who picked it up had read it: the look is in the log."""
    return insert(
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
        reason="'hulpvraag geopend'",
    )


def figures() -> int:
    """What the triggers of the rollup make: where each counts, and the sums of that."""
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
            f"INSERT INTO referrals_reportcell ({where}, month, received, helped, departed)"
            f" SELECT {where}, month, sum(r), sum(h), false FROM ("
            f" SELECT {where}, received_month AS month, 1 AS r, 0 AS h FROM ("
            f" SELECT q.* FROM referrals_reportedquestion q JOIN (SELECT {QUESTION} AS id FROM syn)"
            " s ON s.id = q.question_id) a UNION ALL"
            f" SELECT {where}, helped_month, 0, 1 FROM ("
            f" SELECT q.* FROM referrals_reportedquestion q JOIN (SELECT {QUESTION} AS id FROM syn)"
            " s ON s.id = q.question_id) b WHERE helped_month IS NOT NULL) m"
            f" GROUP BY {where}, month"
        )
        return int(rows + cursor.rowcount)
