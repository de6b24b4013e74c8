"""Askers and subjects, with contact wishes and contact details."""

from intake.people.models import ContactDetail, ContactWish, Person
from welzijn.devtools.demo_data import names
from welzijn.devtools.demo_data.insert_select import insert_select
from welzijn.devtools.demo_data.random_sql import literal, uniform_choice
from welzijn.devtools.demo_data.rows.ids import ASKER, FIRST, OTHER, SUBJECT


def people(here: str) -> int:
    """Write the people of each question."""
    first = literal([name for group in names.FIRST_NAMES for name in group])
    last = literal([name for group in names.LAST_NAMES for name in group])

    def name(salt: int, share: float) -> str:
        return (
            f"CASE WHEN pg_temp.u(i, {salt}) < {share} THEN {uniform_choice(f'({first})', salt + 1)}"
            f" || ' ' || {uniform_choice(f'({last})', salt + 2)} ELSE '' END"
        )

    rows = insert_select(
        Person,
        f"syn WHERE {FIRST}",
        id=ASKER,
        partnership=here,
        name=name(50, 0.74),
        age_band=f"CASE WHEN {OTHER} THEN '' ELSE age_band END",
        created_at="received_at",
    )
    rows += insert_select(
        Person,
        f"syn WHERE {OTHER}",
        id=SUBJECT,
        partnership=here,
        name=name(53, 0.6),
        age_band="age_band",
        created_at="received_at",
    )
    phone, email = "pg_temp.u(i, 56) < 0.85", "pg_temp.u(i, 57) < 0.35"
    rows += insert_select(
        ContactWish,
        f"syn WHERE {FIRST}",
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
    rows += insert_select(
        ContactDetail,
        f"syn WHERE {FIRST} AND {phone}",
        id="pg_temp.uid(i, 106, received_at)",
        person=ASKER,
        kind="'phone'",
        value="'+316' || lpad(floor(pg_temp.u(i, 62) * 1e8)::bigint::text, 8, '0')",
    )
    return rows + insert_select(
        ContactDetail,
        f"syn WHERE {FIRST} AND {email}",
        id="pg_temp.uid(i, 107, received_at)",
        person=ASKER,
        kind="'email'",
        value="'bewoner' || i || '@voordeur.example'",
    )
