"""Follow-ups."""

from django.db import connection

from organisations.partnerships.models import Partnership
from referrals.follow_ups.models import FollowUp
from welzijn.devtools.demo_data.case_courses import NEXT_STEP_IN
from welzijn.devtools.demo_data.insert_select import insert_select
from welzijn.devtools.demo_data.random_sql import weighted_choice
from welzijn.devtools.demo_data.rows.ids import QUESTION


def follow_ups(here: str, partnership: Partnership, moment: str) -> int:
    """Write open and finished follow-ups; open ones are reminded of from the next morning on."""
    next_morning = (
        f"(GREATEST(due, ({moment} AT TIME ZONE 'Europe/Amsterdam')::date) + 1 + time '08:00')"
        " AT TIME ZONE 'Europe/Amsterdam'"
    )
    today = (
        f"(SELECT number FROM syn_day WHERE day = ({moment} AT TIME ZONE 'Europe/Amsterdam')::date)"
    )
    quiet = partnership.quiet_after
    weeks = partnership.check_after_weeks
    due = f"""(
        SELECT s.*, 140 AS salt, 'pick_up' AS what_kind, 'follow_up.pick_up' AS said,
            '{{}}'::jsonb AS filled, due_on AS due,
            received_at AS made_at, lead AS whose, team AS whose_team, NULL::uuid AS by_whom,
            CASE status WHEN 'new' THEN 'open' WHEN 'withdrawn' THEN 'cancelled' ELSE 'done' END
                AS state, CASE status WHEN 'withdrawn' THEN withdrawn_at ELSE picked_at END AS ended
        FROM syn s
        UNION ALL
        SELECT s.*, 141, 'first_contact', 'follow_up.first_contact', '{{}}', promised_on, picked_at, lead, team,
            worker, CASE WHEN spoken THEN 'done' WHEN status = 'closed' THEN 'cancelled'
                ELSE 'open' END, CASE WHEN spoken THEN first_at ELSE closed_at END
        FROM syn s WHERE picked
        UNION ALL
        SELECT s.*, 142, 'agreed', 'follow_up.agreed',
            jsonb_build_object('what', 'opnieuw spreken'), w.day, first_at, final_lead, final_team,
            final_worker, 'open', NULL
        FROM syn s JOIN syn_works w ON w.number = {today} + {weighted_choice(NEXT_STEP_IN, 85, "s.i")}
        WHERE status = 'picked_up' AND spoken
        UNION ALL
        SELECT s.*, 143, 'quiet', 'follow_up.quiet', '{{}}', w.day,
            CASE WHEN spoken THEN first_at ELSE picked_at END, final_lead, final_team,
            final_worker, 'open', NULL
        FROM syn s JOIN syn_works w
            ON w.number = GREATEST({today} + 1 + floor(9 * pg_temp.u(s.i, 86))::int,
                {quiet} + CASE WHEN spoken THEN spoken_number ELSE picked_number END)
        WHERE status = 'picked_up'
        UNION ALL
        SELECT s.*, 144, 'clock', 'clock.' || kind, '{{}}', w.day, picked_at, final_lead, final_team,
            final_worker, CASE WHEN status = 'picked_up' AND NOT spoken THEN 'open' ELSE 'done' END,
            CASE WHEN spoken THEN first_at ELSE closed_at END
        FROM syn s JOIN syn_works w ON w.number = clock_number WHERE picked
        UNION ALL
        SELECT s.*, 145, 'check', 'follow_up.check', '{{}}', w.day, closed_at, final_lead, final_team,
            final_worker, CASE WHEN w.day > ({moment} AT TIME ZONE 'Europe/Amsterdam')::date
                THEN 'open' ELSE 'done' END, (w.day + time '12:00') AT TIME ZONE 'Europe/Amsterdam'
        FROM syn s JOIN syn_day d ON d.day = (closed_at AT TIME ZONE 'Europe/Amsterdam')::date
                + {weeks} * 7
            JOIN syn_works w ON w.number = d.number + CASE WHEN d.works THEN 0 ELSE 1 END
        WHERE status = 'closed' AND result NOT IN ('died', 'no_contact')
        UNION ALL
        SELECT s.*, 146, 'duty', 'follow_up.judge', '{{}}', day, received_at, lead, team, NULL,
            CASE status WHEN 'new' THEN 'open' WHEN 'withdrawn' THEN 'cancelled' ELSE 'done' END,
            CASE status WHEN 'withdrawn' THEN withdrawn_at ELSE picked_at END
        FROM syn s WHERE urgency = 'danger'
    ) f"""
    rows = insert_select(
        FollowUp,
        due,
        id="pg_temp.uid(i, salt, made_at)",
        partnership=here,
        question=QUESTION,
        kind="what_kind",
        sentence="said",
        parameters="filled",
        organisation="whose",
        team="whose_team",
        worker="by_whom",
        due_on="due",
        remind_at=f"CASE WHEN state = 'open' THEN {next_morning} END",
        status="state",
        created_at="made_at",
        done_at="CASE WHEN state <> 'open' THEN ended END",
    )
    with connection.cursor() as cursor:
        # A question is due on its earliest open follow-up, as in `follow_ups.next_step`.
        cursor.execute(
            f"UPDATE intake_question q SET due_on = f.due FROM ("
            f" SELECT question_id, min(due_on) AS due FROM referrals_followup"
            f" WHERE partnership_id = {here} AND status = 'open' AND kind IN ('pick_up',"
            f" 'first_contact', 'agreed', 'handover', 'clock', 'quiet') GROUP BY question_id) f"
            f" WHERE q.id = f.question_id AND q.due_on <> f.due AND q.partnership_id = {here}"
            f" AND q.status IN ('new', 'picked_up')"
        )
    return rows
