"""The rows of every table, from the temporary table `syn`: one statement a table."""

from datetime import datetime

from django.db import connection

from intake.models import (
    ContactDetail,
    ContactWish,
    Decision,
    Person,
    Question,
    QuestionLifeDomain,
    SharingBasis,
    TimelineEntry,
)
from organisations.front_door import FrontDoor
from organisations.models import Partnership
from referrals.models import ContactMoment, FollowUp, Handover, Referral
from welzijn.audit.models import AccessEvent
from welzijn.synthesis import names, told_often
from welzijn.synthesis.bulk import insert
from welzijn.synthesis.drawing import literal, one_of, weighted
from welzijn.synthesis.lives import NEXT_STEP_IN

# No vowels and nothing that looks like something else, as in intake/codes.py.
_SIGNS = "BCDFGHJKLMNPQRSTVWXZ23456789"
# Ids by what they belong to; a salt for each.
QUESTION, ASKER, SUBJECT = (
    "pg_temp.uid(i, 100, received_at)",
    "pg_temp.uid(i, 101, received_at)",
    "pg_temp.uid(i, 102, received_at)",
)
SUBMISSION_KEY = "pg_temp.uid(i, 103, '2000-01-01'::timestamptz)"
TEMPORARY = (
    "syn",
    "syn_asked",
    "syn_decided",
    "syn_day",
    "syn_works",
    "syn_workers",
    "syn_words",
    "syn_place",
    "syn_team",
    "syn_name",
)
_HANDOVER = "pg_temp.uid(i, 104, received_at)"
_SECOND_BASIS = "pg_temp.uid(i, 105, received_at)"
_OTHER = "about <> 'self'"
_HELPED = "result IN ('helped', 'partly', 'advised', 'other_help')"
# The days on which the steps of a handover were taken, from its first conversation on.
_PROPOSED = "first_at + interval '1 hour'"
_ANSWERED = "first_at + interval '2 days'"
_MET = "first_at + interval '4 days'"


def write(*, partnership: Partnership, front: FrontDoor, now: datetime) -> int:
    """Write all rows; gives how many. Triggers are off: what they make is made here."""
    here = f"'{partnership.id}'::uuid"
    moment = f"{literal(now)}::timestamptz"
    return sum(
        (
            _people(here),
            _questions(here, partnership, front),
            _sharing(front),
            _decisions(here, front),
            _contacts(moment),
            _handovers(),
            _referrals(),
            _follow_ups(here, partnership, moment),
            _timeline(front),
            _looks(here),
            _figures(),
        )
    )


def _people(here: str) -> int:
    first = literal([name for group in names.FIRST_NAMES for name in group])
    last = literal([name for group in names.LAST_NAMES for name in group])

    def name(salt: int, share: float) -> str:
        return (
            f"CASE WHEN pg_temp.u(i, {salt}) < {share} THEN {one_of(f'({first})', salt + 1)}"
            f" || ' ' || {one_of(f'({last})', salt + 2)} ELSE '' END"
        )

    rows = insert(
        Person,
        "syn",
        id=ASKER,
        partnership=here,
        name=name(50, 0.74),
        age_band=f"CASE WHEN {_OTHER} THEN '' ELSE age_band END",
        created_at="received_at",
    )
    rows += insert(
        Person,
        f"syn WHERE {_OTHER}",
        id=SUBJECT,
        partnership=here,
        name=name(53, 0.6),
        age_band="age_band",
        created_at="received_at",
    )
    phone, email = "pg_temp.u(i, 56) < 0.85", "pg_temp.u(i, 57) < 0.35"
    rows += insert(
        ContactWish,
        "syn",
        person=ASKER,
        ways=f"array_remove(ARRAY[CASE WHEN {phone} THEN 'phone' END,"
        f" CASE WHEN {email} THEN 'email' END], NULL)::varchar[]",
        may_leave_message="pg_temp.u(i, 58) < 0.55",
        may_say_who="pg_temp.u(i, 58) < 0.35",
        no_post="pg_temp.u(i, 59) < 0.7",
        times="(ARRAY['{}', '{}', '{morning}', '{afternoon}', '{evening}'])"
        "[1 + floor(pg_temp.u(i, 60) * 5)::int]::varchar[]",
        language="language",
        interpreter="language <> 'nl' AND pg_temp.u(i, 61) < 0.6",
    )
    rows += insert(
        ContactDetail,
        f"syn WHERE {phone}",
        id="pg_temp.uid(i, 106, received_at)",
        person=ASKER,
        kind="'phone'",
        value="'+316' || lpad(floor(pg_temp.u(i, 62) * 1e8)::bigint::text, 8, '0')",
    )
    return rows + insert(
        ContactDetail,
        f"syn WHERE {email}",
        id="pg_temp.uid(i, 107, received_at)",
        person=ASKER,
        kind="'email'",
        value="'bewoner' || i || '@voordeur.example'",
    )


def _questions(here: str, partnership: Partnership, front: FrontDoor) -> int:
    signs = literal(list(_SIGNS))
    # 28^8 references: the first five signs are the number's own, the last three come by chance.
    # What another partnership or an earlier run has taken is passed by.
    walk = f"(((i + {Question.objects.count()}) * 7919 + 12345) % 17210368)"
    reference = " || ".join(
        [f"({signs})[1 + ({walk} / {28**power}) % 28]" for power in (4, 3, 2, 1)]
        + ["'-'", f"({signs})[1 + {walk} % 28]"]
        + [f"({signs})[1 + floor(pg_temp.u(i, {salt}) * 28)::int]" for salt in (63, 64, 65)]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE syn_words ON COMMIT DROP AS SELECT * FROM (VALUES {_said(front)})"
            " AS s (slug, said)"
        )
        cursor.execute(
            f"CREATE TEMP TABLE syn_place ON COMMIT DROP AS SELECT n.slug, n.id, n.municipality_id"
            f" FROM organisations_neighbourhood n WHERE n.partnership_id = {here}"
        )
    answered = f"{_OTHER} AND pg_temp.u(i, 66) < 0.6 AND picked"
    rows = insert(
        Question,
        "syn LEFT JOIN syn_place p ON p.slug = syn.place"
        " LEFT JOIN syn_words w ON w.slug = COALESCE(syn.domains[1], '')",
        id=QUESTION,
        partnership=here,
        reference=reference,
        code_digest="sha256(convert_to(i || 'nobody has this code', 'UTF8'))",
        submission_key=SUBMISSION_KEY,
        channel="channel",
        words=f"CASE WHEN channel = 'call_me' AND pg_temp.u(i, 67) < 0.7 THEN ''"
        f" ELSE {one_of('w.said', 68)} || {one_of(literal(list(told_often.TAILS)), 69)} END",
        about="about",
        asker=ASKER,
        subject=f"CASE WHEN {_OTHER} THEN {SUBJECT} ELSE {ASKER} END",
        subject_knows=f"CASE WHEN NOT {_OTHER} THEN '' WHEN pg_temp.u(i, 70) < 0.7 THEN 'yes'"
        " ELSE 'no' END",
        neighbourhood="p.id",
        municipality="p.municipality_id",
        urgency="urgency",
        kind="kind",
        brought_by="brought_by",
        logged_by="logged_by",
        status="status",
        lead="final_lead",
        lead_team="final_team",
        lead_since=f"CASE WHEN handover = 'completed' THEN {_MET} ELSE received_at END",
        service="CASE WHEN shared AND handover IS DISTINCT FROM 'completed'"
        " THEN decided_service END",
        assigned_to="final_worker",
        due_on="due_on",
        promised_on="promised_on",
        subject_answer=f"CASE WHEN {answered} THEN CASE WHEN pg_temp.u(i, 71) < 0.85 THEN 'yes'"
        " ELSE 'no' END ELSE '' END",
        subject_answer_by=f"CASE WHEN {answered} THEN CASE about WHEN 'child' THEN 'parent'"
        " ELSE 'self' END ELSE '' END",
        subject_answer_how=f"CASE WHEN {answered} THEN 'phone' ELSE '' END",
        subject_answer_at=f"CASE WHEN {answered} THEN picked_at + interval '10 minutes' END",
        subject_answer_recorded_by=f"CASE WHEN {answered} THEN worker END",
        received_at="received_at",
        first_contact_at="CASE WHEN spoken THEN first_at END",
        last_activity_at="COALESCE(closed_at, CASE WHEN spoken THEN first_at END,"
        " CASE WHEN picked THEN picked_at END, received_at)",
        closed_at="closed_at",
        result="CASE WHEN status = 'closed' THEN result ELSE '' END",
        result_words=f"CASE WHEN status = 'closed' AND {_HELPED} AND pg_temp.u(i, 72) < 0.5"
        " THEN (ARRAY['Ik kan weer verder.', 'fijn geholpen', 'Het duurde lang maar het is gelukt',"
        " 'Dank jullie wel', 'gaat beter'])[1 + floor(pg_temp.u(i, 73) * 5)::int] ELSE '' END",
        verdict=f"CASE WHEN status = 'closed' AND {_HELPED} AND pg_temp.u(i, 74) < 0.55"
        " THEN (ARRAY[1, 2, 3, 3, 4, 4, 4, 4, 5, 5, 5])[1 + floor(pg_temp.u(i, 75) * 11)::int]"
        " END",
        check_code="CASE WHEN status = 'closed' THEN pg_temp.uid(i, 108, closed_at) END",
    )
    return rows + insert(
        QuestionLifeDomain,
        "syn CROSS JOIN unnest(syn.domains) WITH ORDINALITY AS l (slug, k)"
        " JOIN organisations_lifedomain d"
        f" ON d.slug = l.slug AND d.partnership_id = {here}",
        id="pg_temp.uid(i, 110 + k::int, received_at)",
        question=QUESTION,
        life_domain="d.id",
    )


def _said(front: FrontDoor) -> str:
    slugs = ["", *(d.slug for d in front.domains)]
    return ", ".join(
        f"({literal(slug)}, {literal(list(told_often.sentences(slug)))})" for slug in slugs
    )


def _sharing(front: FrontDoor) -> int:
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
    rows = insert(
        SharingBasis,
        "syn LEFT JOIN syn_team t ON t.id = syn.decided_team",
        id="pg_temp.uid(i, 109, received_at)",
        question=QUESTION,
        organisation="CASE WHEN shared AND decided_team IS NULL THEN lead END",
        team="team",
        team_organisations=f"CASE WHEN NOT shared THEN {triage}::uuid[]"
        " WHEN decided_team IS NOT NULL THEN t.organisations ELSE '{}' END",
        kind="CASE WHEN shared THEN 'consent' ELSE 'first_handling' END",
        purpose="CASE WHEN shared THEN 'u helpen met uw vraag'"
        " ELSE 'uitzoeken wie u kan helpen' END",
        how="CASE WHEN NOT shared THEN 'system' WHEN channel = 'phone' THEN 'phone'"
        " WHEN channel = 'partner' THEN 'partner' WHEN logged_by IS NOT NULL THEN 'spoken'"
        " ELSE 'online' END",
        given_by=f"CASE WHEN shared THEN {ASKER} END",
        recorded_by="logged_by",
        valid_from="received_at",
        ended_at=f"CASE WHEN handover = 'completed' THEN {_MET} END",
        ended_why="CASE WHEN handover = 'completed' THEN 'handed_over' ELSE '' END",
    )
    return rows + insert(
        SharingBasis,
        "syn WHERE handover = 'completed'",
        id=_SECOND_BASIS,
        question=QUESTION,
        organisation="receiver",
        team_organisations="'{}'",
        kind="'consent'",
        purpose="'u helpen met uw vraag'",
        how="'phone'",
        given_by=ASKER,
        recorded_by="worker",
        valid_from=_ANSWERED,
    )


def _decisions(here: str, front: FrontDoor) -> int:
    return insert(
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


def _contacts(moment: str) -> int:
    """A try that failed before a fifth of the first conversations; then one to three of them."""
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
    later = f"handover = 'completed' AND at >= {_met_of('c')}"
    return insert(
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


def _met_of(alias: str) -> str:
    return f"{alias}.first_at + interval '4 days'"


def _handovers() -> int:
    ended = (
        f"CASE handover WHEN 'completed' THEN {_MET} WHEN 'declined' THEN {_ANSWERED}"
        f" WHEN 'refused' THEN {_PROPOSED} + interval '1 day'"
        f" ELSE {_MET} + interval '1 day' END"
    )
    yes = "handover <> 'refused'"
    answered = "handover IN ('completed', 'declined')"
    return insert(
        Handover,
        "syn WHERE handover IS NOT NULL",
        id=_HANDOVER,
        question=QUESTION,
        sender="lead",
        receiver="receiver",
        proposed_by="worker",
        proposed_at=_PROPOSED,
        status="handover",
        why="'Zij kunnen u hier beter bij helpen.'",
        summary="'De inwoner zoekt hulp bij het vervolg. De eerste stap is gezet.'",
        resident_yes_at=f"CASE WHEN {yes} THEN {_PROPOSED} END",
        resident_yes_how=f"CASE WHEN {yes} THEN 'phone' ELSE '' END",
        resident_yes_recorded_by=f"CASE WHEN {yes} THEN worker END",
        answered_by=f"CASE WHEN {answered} THEN second_worker END",
        answered_at=f"CASE WHEN {answered} THEN {_ANSWERED} END",
        decline_reason="CASE WHEN handover = 'declined' THEN 'Op dit moment geen plek.' ELSE '' END",
        met_at=f"CASE WHEN handover = 'completed' THEN {_MET} END",
        met_how="CASE WHEN handover = 'completed' THEN 'phone' ELSE '' END",
        ended_at=ended,
        escalated_at=f"CASE WHEN handover = 'withdrawn' THEN {_MET} END",
        basis=f"CASE WHEN handover = 'completed' THEN {_SECOND_BASIS} END",
    )


def _referrals() -> int:
    """What the trigger on the lead makes."""
    rows = insert(
        Referral,
        "syn",
        id="pg_temp.uid(i, 130, received_at)",
        question=QUESTION,
        organisation="lead",
        part="'lead'",
        since="received_at",
        until=f"CASE WHEN handover = 'completed' THEN {_MET} END",
    )
    return rows + insert(
        Referral,
        "syn WHERE handover = 'completed'",
        id="pg_temp.uid(i, 131, received_at)",
        question=QUESTION,
        organisation="receiver",
        part="'lead'",
        since=_MET,
    )


def _follow_ups(here: str, partnership: Partnership, moment: str) -> int:
    """What was and is due. The sweep looks at the open ones as if it had looked before."""
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
        SELECT s.*, 140 AS salt, 'pick_up' AS what_kind, 'oppakken' AS what_text, due_on AS due,
            received_at AS made_at, lead AS whose, team AS whose_team, NULL::uuid AS by_whom,
            CASE status WHEN 'new' THEN 'open' WHEN 'withdrawn' THEN 'cancelled' ELSE 'done' END
                AS state, CASE status WHEN 'withdrawn' THEN withdrawn_at ELSE picked_at END AS ended
        FROM syn s
        UNION ALL
        SELECT s.*, 141, 'first_contact', 'eerste contact', promised_on, picked_at, lead, team,
            worker, CASE WHEN spoken THEN 'done' WHEN status = 'closed' THEN 'cancelled'
                ELSE 'open' END, CASE WHEN spoken THEN first_at ELSE closed_at END
        FROM syn s WHERE picked
        UNION ALL
        SELECT s.*, 142, 'agreed', 'opnieuw spreken', w.day, first_at, final_lead, final_team,
            final_worker, 'open', NULL
        FROM syn s JOIN syn_works w ON w.number = {today} + {weighted(NEXT_STEP_IN, 85, "s.i")}
        WHERE status = 'picked_up' AND spoken
        UNION ALL
        SELECT s.*, 143, 'quiet', 'al een tijd niets gebeurd', w.day,
            CASE WHEN spoken THEN first_at ELSE picked_at END, final_lead, final_team,
            final_worker, 'open', NULL
        FROM syn s JOIN syn_works w
            ON w.number = GREATEST({today} + 1 + floor(9 * pg_temp.u(s.i, 86))::int,
                {quiet} + CASE WHEN spoken THEN spoken_number ELSE picked_number END)
        WHERE status = 'picked_up'
        UNION ALL
        SELECT s.*, 144, 'clock', 'wettelijke termijn', w.day, picked_at, final_lead, final_team,
            final_worker, CASE WHEN status = 'picked_up' AND NOT spoken THEN 'open' ELSE 'done' END,
            CASE WHEN spoken THEN first_at ELSE closed_at END
        FROM syn s JOIN syn_works w ON w.number = clock_number WHERE picked
        UNION ALL
        SELECT s.*, 145, 'check', 'navraag na afronden', w.day, closed_at, final_lead, final_team,
            final_worker, CASE WHEN w.day > ({moment} AT TIME ZONE 'Europe/Amsterdam')::date
                THEN 'open' ELSE 'done' END, (w.day + time '12:00') AT TIME ZONE 'Europe/Amsterdam'
        FROM syn s JOIN syn_day d ON d.day = (closed_at AT TIME ZONE 'Europe/Amsterdam')::date
                + {weeks} * 7
            JOIN syn_works w ON w.number = d.number + CASE WHEN d.works THEN 0 ELSE 1 END
        WHERE status = 'closed' AND result NOT IN ('died', 'no_contact')
        UNION ALL
        SELECT s.*, 146, 'duty', 'beoordelen', day, received_at, lead, team, NULL,
            CASE status WHEN 'new' THEN 'open' WHEN 'withdrawn' THEN 'cancelled' ELSE 'done' END,
            CASE status WHEN 'withdrawn' THEN withdrawn_at ELSE picked_at END
        FROM syn s WHERE urgency = 'danger'
    ) f"""
    rows = insert(
        FollowUp,
        due,
        id="pg_temp.uid(i, salt, made_at)",
        partnership=here,
        question=QUESTION,
        kind="what_kind",
        what="what_text",
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
        # The day of the next step is the first of what is open, as `follow_ups.next_step` says.
        cursor.execute(
            f"UPDATE intake_question q SET due_on = f.due FROM ("
            f" SELECT question_id, min(due_on) AS due FROM referrals_followup"
            f" WHERE partnership_id = {here} AND status = 'open' AND kind IN ('pick_up',"
            f" 'first_contact', 'agreed', 'handover', 'clock', 'quiet') GROUP BY question_id) f"
            f" WHERE q.id = f.question_id AND q.due_on <> f.due AND q.partnership_id = {here}"
            f" AND q.status IN ('new', 'picked_up')"
        )
    return rows


def _timeline(front: FrontDoor) -> int:
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
        SELECT i, received_at, 154, {_MET}, 'handover', 'staff', second_worker, receiver,
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


def _looks(here: str) -> int:
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


def _figures() -> int:
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
