"""What is known of a person can be put right: a name to call them, and wishes nobody asked yet."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import welzijn.core.ids
from welzijn.audit.protection.install import put_on_tables


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0006_plain_triggers"),
        ("audit", "0003_evidence"),
        ("organisations", "0008_duty_fit"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="QuestionLifeDomainEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(
                        default=welzijn.core.ids.uuid7, editable=False, serialize=False
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="update_update",
        ),
        migrations.AddField(
            model_name="person",
            name="called",
            field=models.CharField(
                blank=True,
                help_text='how to call them: "mevrouw De Wit", "Ab"',
                max_length=60,
                verbose_name="aanspreken",
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="called",
            field=models.CharField(
                blank=True,
                help_text='how to call them: "mevrouw De Wit", "Ab"',
                max_length=60,
                verbose_name="aanspreken",
            ),
        ),
        migrations.AlterField(
            model_name="contactwish",
            name="may_leave_message",
            field=models.BooleanField(null=True, verbose_name="bericht inspreken mag"),
        ),
        migrations.AlterField(
            model_name="contactwish",
            name="may_say_who",
            field=models.BooleanField(null=True, verbose_name="zeggen wie wij zijn mag"),
        ),
        migrations.AlterField(
            model_name="contactwish",
            name="no_post",
            field=models.BooleanField(default=True, null=True, verbose_name="geen post"),
        ),
        migrations.AlterField(
            model_name="contactwishevent",
            name="may_leave_message",
            field=models.BooleanField(null=True, verbose_name="bericht inspreken mag"),
        ),
        migrations.AlterField(
            model_name="contactwishevent",
            name="may_say_who",
            field=models.BooleanField(null=True, verbose_name="zeggen wie wij zijn mag"),
        ),
        migrations.AlterField(
            model_name="contactwishevent",
            name="no_post",
            field=models.BooleanField(default=True, null=True, verbose_name="geen post"),
        ),
        migrations.AlterField(
            model_name="timelineentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("received", "binnengekomen"),
                    ("decided", "toegedeeld"),
                    ("added", "aangevuld"),
                    ("picked_up", "opgepakt"),
                    ("assigned", "toegewezen"),
                    ("moved", "verplaatst"),
                    ("judged", "beoordeeld"),
                    ("contact", "contact"),
                    ("follow_up", "afspraak"),
                    ("consulted", "even overlegd"),
                    ("handover", "overdracht"),
                    ("shared", "gedeeld"),
                    ("revoked", "delen gestopt"),
                    ("code", "nieuwe code"),
                    ("household", "gezin"),
                    ("conference", "samen overleggen"),
                    ("changed", "gegevens gewijzigd"),
                    ("safety", "veiligheid"),
                    ("closed", "afgerond"),
                    ("reopened", "heropend"),
                    ("withdrawn", "ingetrokken"),
                ],
                max_length=12,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "intake_personevent" ("age_band", "called", "created_at", "id", "name", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."age_band", OLD."called", OLD."created_at", OLD."id", OLD."name", OLD."partnership_id", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;',
                    hash="6cb0863cb83f2aea0bfb8da1e44d8c200817fb52",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_deffe",
                    table="intake_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="questionlifedomain",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "intake_questionlifedomainevent" ("id", "life_domain_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id") VALUES (OLD."id", OLD."life_domain_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."question_id"); RETURN NULL;',
                    hash="480acb526eabfe5e53251780633aed81d5e1a3af",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_881da",
                    table="intake_questionlifedomain",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="questionlifedomainevent",
            name="life_domain",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.lifedomain",
            ),
        ),
        migrations.AddField(
            model_name="questionlifedomainevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="questionlifedomainevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="intake.questionlifedomain",
            ),
        ),
        migrations.AddField(
            model_name="questionlifedomainevent",
            name="question",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="intake.question",
            ),
        ),
        put_on_tables(),
    ]
