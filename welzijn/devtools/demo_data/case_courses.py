"""The course of each question up to now: leads, workers, times and results (table `syn`).

Every question gets times for all steps. Steps after `now` have not happened yet, which decides
whether the question is new, picked up or closed; so the open questions are the recent ones.
"""

from datetime import datetime

from django.db import connection

from intake.questions.legal_terms import LEGAL_TERMS
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from welzijn.core.working_days import local_date
from welzijn.devtools.demo_data.random_sql import uniform_choice, weighted_choice

_PICKED_UP_AFTER = ((0, 25), (1, 42), (2, 20), (3, 6), (4, 3), (6, 2), (9, 1))
_SPOKEN_AFTER = ((0, 48), (1, 30), (2, 14), (3, 5), (5, 3))
NEXT_STEP_IN = ((-3, 2), (-1, 4), (0, 9), (1, 14), (2, 15), (3, 15), (5, 20), (8, 14), (12, 7))
_RESULTS = (
    ("helped", 56),
    ("partly", 12),
    ("advised", 15),
    ("other_help", 5),
    ("no_contact", 4),
    ("moved", 2),
    ("died", 1),
    ("to_wmo", 4),
    ("to_youth_care", 1),
)
_COMES_AGAIN = 0.4  # of those who ask for themselves
_HANDOVERS = (("completed", 72), ("declined", 12), ("refused", 10), ("withdrawn", 6))


def create_cases(*, partnership: Partnership, front: FrontDoor, now: datetime) -> None:
    """Create `syn` from `syn_submission` and `syn_decided`."""
    _workers(partnership, front, now)
    terms = " ".join(f"WHEN '{kind.value}' THEN {days}" for kind, days in LEGAL_TERMS.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE TEMP TABLE syn ON COMMIT DROP AS
            WITH led AS (
                SELECT a.*, r.result, d.organisation AS decided_org, d.team AS decided_team,
                    d.service AS decided_service, d.rule_key, d.reason,
                    a.says_yes AND NOT d.to_triage AS shared,
                    CASE WHEN a.says_yes AND NOT d.to_triage THEN d.organisation
                        ELSE %(triage_org)s END AS lead,
                    CASE WHEN a.says_yes AND NOT d.to_triage THEN d.team
                        ELSE %(triage_team)s END AS team,
                    CASE WHEN a.channel = 'call_me' OR a.urgency = 'danger' THEN
                            CASE WHEN a.works THEN 0 ELSE 1 END
                        WHEN a.urgency = 'soon' OR a.kind = 'debts_threat' THEN 1
                        ELSE %(pick_up)s END AS due_in,
                    {weighted_choice(_PICKED_UP_AFTER, 30, "a.i")} AS picked_in,
                    {weighted_choice(_SPOKEN_AFTER, 31, "a.i")} AS spoken_in,
                    -- Without contact a question is closed soon, after three attempts.
                    1 + floor(CASE WHEN r.result = 'no_contact' THEN 7 ELSE 58 END
                        * power(pg_temp.u(a.i, 32), 2.2))::int AS closed_in,
                    pg_temp.u(a.i, 34) < 0.04 AS withdraws
                FROM syn_submission a JOIN syn_decided d ON d.as_text = a.facts,
                    LATERAL (SELECT {weighted_choice(_RESULTS, 33, "a.i")} AS result) r
            ), timed AS (
                SELECT l.*, w.users,
                    {uniform_choice("w.users", 35, "l.i")} AS worker,
                    number + due_in AS due_number,
                    number + GREATEST(due_in, %(contact)s) AS promised_number,
                    number + GREATEST(picked_in, CASE WHEN works THEN 0 ELSE 1 END) AS picked_number
                FROM led l LEFT JOIN syn_workers w
                    ON w.organisation = l.lead AND w.team IS NOT DISTINCT FROM l.team
            ), dated AS (
                SELECT t.*, due.day AS due_on,
                    CASE WHEN channel = 'call_me' OR urgency = 'danger' THEN due.day
                        ELSE promised.day END AS promised_on,
                    GREATEST({_at("picked.day", 36, "t.i")}, received_at + interval '35 minutes')
                        AS picked_at,
                    {_at("spoken.day", 37, "t.i")} AS spoken_day_at,
                    {_at("closed.day", 38, "t.i")} AS closed_day_at,
                    picked_number + spoken_in AS spoken_number,
                    picked_number + spoken_in + closed_in AS closed_number,
                    received_at + interval '20 minutes' + pg_temp.u(t.i, 39) * interval '30 hours'
                        AS withdrawn_at
                FROM timed t
                    JOIN syn_works due ON due.number = due_number
                    JOIN syn_works promised ON promised.number = promised_number
                    JOIN syn_works picked ON picked.number = picked_number
                    JOIN syn_works spoken ON spoken.number = picked_number + spoken_in
                    JOIN syn_works closed ON closed.number = picked_number + spoken_in + closed_in
            ), ordered AS (
                SELECT d.*,
                    GREATEST(spoken_day_at, picked_at + interval '25 minutes') AS first_at,
                    GREATEST(closed_day_at, spoken_day_at + interval '3 hours',
                        picked_at + interval '4 hours') AS end_at
                FROM dated d
            ), ended AS (
                SELECT o.*,
                    CASE WHEN withdraws AND withdrawn_at < %(now)s THEN 'withdrawn'
                        WHEN worker IS NULL OR picked_at >= %(now)s THEN 'new'
                        WHEN end_at >= %(now)s THEN 'picked_up' ELSE 'closed' END AS status
                FROM ordered o
            )
            SELECT e.*,
                status <> 'withdrawn' AND status <> 'new' AS picked,
                status IN ('picked_up', 'closed') AND result <> 'no_contact' AND first_at < %(now)s
                    AS spoken,
                CASE status WHEN 'closed' THEN end_at WHEN 'withdrawn' THEN withdrawn_at END
                    AS closed_at,
                CASE WHEN status = 'closed' AND shared AND decided_team IS NULL
                    AND result <> 'no_contact' AND closed_in >= 9 AND pg_temp.u(i, 40) < 0.12
                    THEN {weighted_choice(_HANDOVERS, 41)} END AS handover,
                number + CASE kind {terms} END AS clock_number
            FROM ended e ORDER BY i
            """,
            {
                "now": now,
                "triage_org": front.triage_team.organisation_id,
                "triage_team": front.triage_team.id,
                "pick_up": partnership.pick_up_within,
                "contact": partnership.contact_within,
            },
        )
        _second_leads(front)
        _known_askers()
        cursor.execute("CREATE UNIQUE INDEX ON syn (i); ANALYZE syn")


def _known_askers() -> None:
    """Let some who ask for themselves be somebody who asked before, in the same neighbourhood.

    `person_i` is the question with which they came first, `person_at` its moment.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            ALTER TABLE syn ADD person_i bigint, ADD person_at timestamptz;
            WITH numbered AS (
                SELECT i, received_at, about, age_band, language, place,
                    count(*) FILTER (WHERE pg_temp.u(i, 44) >= %s) OVER (
                        PARTITION BY about, age_band, language, place ORDER BY received_at, i
                    ) AS nr
                FROM syn
            ), first AS (
                SELECT i, about = 'self' AND nr > 0 AS known,
                    first_value(i) OVER one AS person_i,
                    first_value(received_at) OVER one AS person_at
                FROM numbered WINDOW one AS (
                    PARTITION BY about, age_band, language, place, nr ORDER BY received_at, i
                )
            )
            UPDATE syn SET person_i = CASE WHEN known THEN first.person_i ELSE first.i END,
                person_at = CASE WHEN known THEN first.person_at ELSE syn.received_at END
                FROM first WHERE syn.i = first.i
            """,
            [_COMES_AGAIN],
        )


def _at(day: str, salt: int, of: str) -> str:
    """SQL for a random time within office hours on `day`."""
    return (
        f"(({day} + interval '9 hours' + pg_temp.u({of}, {salt}) * interval '7 hours')"
        " AT TIME ZONE 'Europe/Amsterdam')"
    )


def _second_leads(front: FrontDoor) -> None:
    """Choose the receiver and worker of each handover: another organisation with workers."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            ALTER TABLE syn ADD receiver uuid, ADD second_worker uuid, ADD final_lead uuid,
                ADD final_team uuid, ADD final_worker uuid;
            WITH organisations AS (
                SELECT array_agg(organisation ORDER BY organisation) AS ids FROM syn_workers
                WHERE team IS NULL
            ), chosen AS (
                SELECT s.i, {uniform_choice("array_remove(o.ids, s.lead)", 42, "s.i")} AS receiver
                FROM syn s, organisations o WHERE s.handover IS NOT NULL
            )
            UPDATE syn SET receiver = c.receiver,
                second_worker = {uniform_choice("w.users", 43, "c.i")}
                FROM chosen c JOIN syn_workers w ON w.organisation = c.receiver AND w.team IS NULL
                WHERE syn.i = c.i;
            UPDATE syn SET handover = NULL WHERE receiver IS NULL AND handover IS NOT NULL;
            UPDATE syn SET final_lead = CASE WHEN handover = 'completed' THEN receiver ELSE lead END,
                final_team = CASE WHEN handover = 'completed' THEN NULL ELSE team END,
                final_worker = CASE WHEN NOT picked THEN NULL
                    WHEN handover = 'completed' THEN second_worker ELSE worker END;
            """
        )


def _workers(partnership: Partnership, front: FrontDoor, now: datetime) -> None:
    """Create `syn_workers`: the users that can be assigned, by organisation and by team."""
    found: dict[tuple[str, str | None], list[str]] = {}
    members = (
        Membership.objects.active(local_date(now))
        .filter(partnership=partnership, role__in=[Role.PROFESSIONAL, Role.TEAM_MEMBER])
        .select_related("team")
        .order_by("user__email")
    )
    for member in members:
        if member.team is None:
            found.setdefault((str(member.organisation_id), None), []).append(str(member.user_id))
        else:
            key = (str(member.team.organisation_id), str(member.team_id))
            found.setdefault(key, []).append(str(member.user_id))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE syn_workers (organisation uuid, team uuid, users uuid[])"
            " ON COMMIT DROP"
        )
        cursor.executemany(
            "INSERT INTO syn_workers VALUES (%s, %s, %s::uuid[])",
            [(organisation, team, users) for (organisation, team), users in found.items()],
        )
