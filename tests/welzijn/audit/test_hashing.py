"""The hashes that verification computes are those that the database writes, whatever the text."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.welzijn.audit import protected_rows
from welzijn.audit.chain import hashing
from welzijn.audit.protection.tables import BY_TABLE

# What PostgreSQL can hold: no NUL, no half character.
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
MOMENT = st.datetimes(datetime(1900, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SHORT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=10)
ID = st.none() | st.uuids()


def of_database(function: str, values: dict[str, Any]) -> bytes:
    row = ", ".join(f'%({name})s AS "{name}"' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {function}(jsonb_populate_record(NULL::audit_accessevent, to_jsonb(r)))"  # noqa: S608
            f" FROM (SELECT {row}) r",
            values,
        )
        return bytes(cursor.fetchone()[0])


class SameHashes(TestCase):
    @settings(max_examples=60)
    @given(at=MOMENT, actor=ID, organisation=ID, texts=st.lists(SHORT, min_size=5, max_size=5),
           emergency=st.booleans(), question=ID, person=ID, reason=TEXT, behalf=TEXT)  # fmt: skip
    def test_of_a_line(
        self, at: datetime, actor: uuid.UUID | None, organisation: uuid.UUID | None,
        texts: list[str], emergency: bool, question: uuid.UUID | None, person: uuid.UUID | None,
        reason: str, behalf: str,
    ) -> None:  # fmt: skip
        line, partnership = uuid.uuid4(), uuid.uuid4()
        names = ("actor_kind", "role", "action", "what", "basis")
        values = {"id": line, "at": at, "partnership_id": partnership, "actor_id": actor,
                  "organisation_id": organisation, **dict(zip(names, texts, strict=True)),
                  "emergency": emergency, "question_id": question, "person_id": person,
                  "reason": reason, "on_behalf_of": behalf}  # fmt: skip
        cast = {
            name: str(one) if isinstance(one, uuid.UUID) else one for name, one in values.items()
        }
        kept = hashing.kept(
            line=line, at=at, ids=(partnership, actor, organisation), texts=(*texts, emergency)
        )
        erasable = hashing.erasable(
            line=line, question=question, person=person, reason=reason, on_behalf_of=behalf
        )
        assert of_database("audit_kept_hash", cast) == kept
        assert of_database("audit_erasable_hash", cast) == erasable
        assert of_database("audit_leaf", cast) == hashing.leaf(kept, erasable)


@pytest.mark.django_db
def test_every_column_of_a_line_is_in_its_hash() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT prosrc FROM pg_proc WHERE proname IN ('audit_kept_hash', 'audit_erasable_hash')"
        )
        source = " ".join(row[0] for row in cursor.fetchall())
    columns = {f.column for f in protected_rows.columns(BY_TABLE["audit_accessevent"])}
    assert {name for name in columns if f"e.{name}" not in source} == {"erased_hash"}
