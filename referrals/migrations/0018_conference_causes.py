"""Why a sweep ended something of an MDO is a kind, shown in the language of who reads it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from welzijn.audit.protection.install import put_on_tables

PHRASE = "De vraag is afgerond of ingetrokken."
COLUMNS = {
    "referrals_agendaitem": ("not_invited_why", "not_invited_because"),
    "referrals_agendaitemevent": ("not_invited_why", "not_invited_because"),
    "referrals_conference": ("cancelled_why", "cancelled_because"),
    "referrals_conferenceevent": ("cancelled_why", "cancelled_because"),
}


def sentence_to_kind(apps, schema_editor):
    """Store the kind in place of the Dutch sentence that 0.1.0 wrote.

    The triggers that forbid a change, and those that would keep each as history, are off meanwhile.
    """
    with schema_editor.connection.cursor() as cursor:
        for table, (words, cause) in COLUMNS.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(
                f"UPDATE {table} SET {words} = '', {cause} = 'questions_ended' WHERE {words} = %s",
                [PHRASE],
            )
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0013_purposes"),
        ("organisations", "0014_one_absence_a_day"),
        ("referrals", "0017_notices_and_feeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="agendaitem",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="conference",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="agendaitem",
            name="agenda_resident_invited_or_why",
        ),
        migrations.RemoveConstraint(
            model_name="conference",
            name="conference_cancelled_why",
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="not_invited_because",
            field=models.CharField(
                blank=True,
                choices=[("", ""), ("questions_ended", "De vraag is afgerond of ingetrokken.")],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="agendaitemevent",
            name="not_invited_because",
            field=models.CharField(
                blank=True,
                choices=[("", ""), ("questions_ended", "De vraag is afgerond of ingetrokken.")],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="conference",
            name="cancelled_because",
            field=models.CharField(
                blank=True,
                choices=[("", ""), ("questions_ended", "De vraag is afgerond of ingetrokken.")],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="conferenceevent",
            name="cancelled_because",
            field=models.CharField(
                blank=True,
                choices=[("", ""), ("questions_ended", "De vraag is afgerond of ingetrokken.")],
                db_default="",
                default="",
                max_length=20,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "referrals_agendaitemevent" ("added_at", "answers", "best", "best_words", "conference_id", "id", "invitations_sent", "minutes", "not_invited_because", "not_invited_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "question_id", "resident_invited", "version", "why", "written_at", "written_by_id") VALUES (OLD."added_at", OLD."answers", OLD."best", OLD."best_words", OLD."conference_id", OLD."id", OLD."invitations_sent", OLD."minutes", OLD."not_invited_because", OLD."not_invited_why", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."plan", OLD."question_id", OLD."resident_invited", OLD."version", OLD."why", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                    hash="14d1d42a137d5f942806ff46ed73595860eea87d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_05a10",
                    table="referrals_agendaitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conference",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "referrals_conferenceevent" ("cancelled_because", "cancelled_why", "ends_at", "id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "proposed_at", "proposed_by_id", "sequence", "starts_at", "status", "title") VALUES (OLD."cancelled_because", OLD."cancelled_why", OLD."ends_at", OLD."id", OLD."partnership_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."place", OLD."proposed_at", OLD."proposed_by_id", OLD."sequence", OLD."starts_at", OLD."status", OLD."title"); RETURN NULL;',
                    hash="658f4d18295c7ba86f36dc3fd5eb61cbdd462d26",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b2671",
                    table="referrals_conference",
                    when="AFTER",
                ),
            ),
        ),
        put_on_tables(),
        migrations.RunPython(sentence_to_kind, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("not_invited_because", ""),
                        ("not_invited_why", ""),
                        ("resident_invited", True),
                    ),
                    models.Q(
                        ("resident_invited", False),
                        models.Q(
                            ("not_invited_because", ""), ("not_invited_why", ""), _negated=True
                        ),
                    ),
                    _connector="OR",
                ),
                name="agenda_resident_invited_or_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("not_invited_because__in", ["", "questions_ended"])),
                name="agenda_because_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "cancelled"), _negated=True),
                    models.Q(("cancelled_because", ""), ("cancelled_why", ""), _negated=True),
                    _connector="OR",
                ),
                name="conference_cancelled_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(("cancelled_because__in", ["", "questions_ended"])),
                name="conference_because_known",
            ),
        ),
    ]
