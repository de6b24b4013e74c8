"""What is arranged about a learning session, and the case that somebody brings to it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import welzijn.core.ids
from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0016_services_confirmed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="learningsignup",
            name="case",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="the case that they bring, without a person in it",
                max_length=300,
                verbose_name="casus",
            ),
        ),
        migrations.CreateModel(
            name="ArrangedSession",
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
                ("session", models.UUIDField(help_text="uid of the session; sign-ups point at it")),
                (
                    "recurs_on",
                    models.DateField(
                        help_text="its day by the recurrence it belongs to", null=True
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="naam")),
                ("theme", models.CharField(blank=True, max_length=120, verbose_name="thema")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="waar")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "case_wanted",
                    models.CharField(blank=True, max_length=300, verbose_name="gevraagde casus"),
                ),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_why", models.CharField(blank=True, max_length=200)),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="raised by each change of moment or place; calendars go by it",
                    ),
                ),
                (
                    "mails",
                    models.PositiveIntegerField(
                        default=0, help_text="how often colleagues were mailed"
                    ),
                ),
                ("mailed_at", models.DateTimeField(null=True)),
                ("arranged_at", models.DateTimeField()),
                (
                    "arranged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        help_text="none: of the whole partnership",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="arranged_sessions",
                        to="organisations.neighbourhood",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="arranged_sessions",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "geplande leersessie",
                "ordering": ["starts_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "session"), name="arranged_session_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="arranged_session_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", False), ("cancelled_why", ""), _connector="OR"
                        ),
                        name="arranged_session_reason_is_of_cancelling",
                    ),
                ],
            },
        ),
        *run_sql_files(__file__, "arranged_sessions.sql"),
    ]
