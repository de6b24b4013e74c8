"""Questions and their life domains."""

from django.db import connection

from intake.questions.models import Question, QuestionLifeDomain
from organisations.front_door.configuration import FrontDoor
from welzijn.devtools.demo_data.demo_questions import load_phrases
from welzijn.devtools.demo_data.insert_select import insert_select
from welzijn.devtools.demo_data.random_sql import literal, uniform_choice
from welzijn.devtools.demo_data.rows.ids import (
    ASKER,
    HELPED,
    MET,
    OTHER,
    QUESTION,
    SUBJECT,
    SUBMISSION_KEY,
)

# The alphabet of references: no vowels, no look-alikes. As in intake/resident_access/codes.py.
_CHARACTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"


def questions(here: str, front: FrontDoor) -> int:
    """Write the questions and their life domains."""
    characters = literal(list(_CHARACTERS))
    # The first five characters follow from the question's number, offset by the questions that
    # exist already, so that references are unique; the last three are random.
    position = f"(((i + {Question.objects.count()}) * 7919 + 12345) % 17210368)"
    reference = " || ".join(
        [f"({characters})[1 + ({position} / {28**power}) % 28]" for power in (4, 3, 2, 1)]
        + ["'-'", f"({characters})[1 + {position} % 28]"]
        + [f"({characters})[1 + floor(pg_temp.u(i, {salt}) * 28)::int]" for salt in (63, 64, 65)]
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE syn_words ON COMMIT DROP AS SELECT * FROM (VALUES {_phrases(front)})"
            " AS s (slug, said)"
        )
        cursor.execute(
            f"CREATE TEMP TABLE syn_place ON COMMIT DROP AS SELECT n.slug, n.id, n.municipality_id"
            f" FROM organisations_neighbourhood n WHERE n.partnership_id = {here}"
        )
    answered = f"{OTHER} AND pg_temp.u(i, 66) < 0.6 AND picked"
    rows = insert_select(
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
        f" ELSE {uniform_choice('w.said', 68)} || {uniform_choice(literal(list(load_phrases().endings)), 69)} END",
        about="about",
        asker=ASKER,
        subject=f"CASE WHEN {OTHER} THEN {SUBJECT} ELSE {ASKER} END",
        subject_knows=f"CASE WHEN NOT {OTHER} THEN '' WHEN pg_temp.u(i, 70) < 0.7 THEN 'yes'"
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
        lead_since=f"CASE WHEN handover = 'completed' THEN {MET} ELSE received_at END",
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
        result_words=f"CASE WHEN status = 'closed' AND {HELPED} AND pg_temp.u(i, 72) < 0.5"
        " THEN (ARRAY['Ik kan weer verder.', 'fijn geholpen', 'Het duurde lang maar het is gelukt',"
        " 'Dank jullie wel', 'gaat beter'])[1 + floor(pg_temp.u(i, 73) * 5)::int] ELSE '' END",
        verdict=f"CASE WHEN status = 'closed' AND {HELPED} AND pg_temp.u(i, 74) < 0.55"
        " THEN (ARRAY[1, 2, 3, 3, 4, 4, 4, 4, 5, 5, 5])[1 + floor(pg_temp.u(i, 75) * 11)::int]"
        " END",
        check_code="CASE WHEN status = 'closed' THEN pg_temp.uid(i, 108, closed_at) END",
    )
    return rows + insert_select(
        QuestionLifeDomain,
        "syn CROSS JOIN unnest(syn.domains) WITH ORDINALITY AS l (slug, k)"
        " JOIN organisations_lifedomain d"
        f" ON d.slug = l.slug AND d.partnership_id = {here}",
        id="pg_temp.uid(i, 110 + k::int, received_at)",
        question=QUESTION,
        life_domain="d.id",
    )


def _phrases(front: FrontDoor) -> str:
    """SQL rows of (life domain, its phrases)."""
    phrases = load_phrases()
    slugs = ["", *(d.slug for d in front.domains)]
    return ", ".join(f"({literal(slug)}, {literal(list(phrases.of(slug)))})" for slug in slugs)
