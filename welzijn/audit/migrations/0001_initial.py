import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import welzijn.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=welzijn.core.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[
                            ("staff", "medewerker"),
                            ("resident", "inwoner"),
                            ("system", "systeem"),
                        ],
                        default="staff",
                        max_length=10,
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=30)),
                ("on_behalf_of", models.CharField(blank=True, max_length=80)),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("read", "gelezen"),
                            ("search", "gevonden met zoeken"),
                            ("list", "gezien in een lijst"),
                            ("export", "gedownload"),
                            ("print", "afgedrukt"),
                            ("change", "gewijzigd"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        help_text="which data: question, person, history, ...", max_length=40
                    ),
                ),
                ("question_id", models.UUIDField(null=True)),
                ("person_id", models.UUIDField(null=True)),
                ("basis", models.CharField(blank=True, max_length=30)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("emergency", models.BooleanField(default=False)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["question_id", "at"], name="access_question_at"),
                    models.Index(fields=["actor", "at"], name="access_actor_at"),
                    models.Index(fields=["partnership", "at"], name="access_partnership_at"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("actor_kind__in", ["staff", "resident", "system"])),
                        name="access_actor_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("action__in", ["read", "search", "list", "export", "print", "change"])
                        ),
                        name="access_action_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("actor_kind", "staff"), _negated=True),
                            models.Q(("actor__isnull", False), ("organisation__isnull", False)),
                            _connector="OR",
                        ),
                        name="access_staff_is_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withholding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=welzijn.core.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("requested_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("review_on", models.DateField()),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="withholding",
                        to="audit.accessevent",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="withholding_second_approver",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="withholding_approved_whole",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="907f565a4fbd3b72e98f6ad2b080ccb1395934b3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_718eb",
                    table="audit_accessevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessevent",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: % only grows', TG_TABLE_NAME;",
                    hash="8bf66dcf43210cf4bb7bd685fe9781b57d0ff422",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_f0e45",
                    table="audit_accessevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
