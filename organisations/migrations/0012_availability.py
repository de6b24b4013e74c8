"""Who is away and who stands in, and the hours that somebody has for the work."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import welzijn.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0011_staff_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
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
                ("since", models.DateField(verbose_name="van")),
                ("until", models.DateField(verbose_name="tot en met")),
                ("recorded_at", models.DateTimeField()),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stands_in_for",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "afwezigheid",
                "ordering": ["since", "id"],
                "indexes": [
                    models.Index(fields=["stand_in", "until"], name="absence_stand_in"),
                    models.Index(fields=["partnership", "until"], name="absence_here"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="absence_dates"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stand_in", models.F("user")), _negated=True),
                        name="absence_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingHours",
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
                ("hours", models.PositiveSmallIntegerField(verbose_name="uren per week")),
                (
                    "most",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="vragen tegelijk"
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="working_hours",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="working_hours",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "werkuren",
                "verbose_name_plural": "werkuren",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "user"), name="working_hours_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__range", (1, 60))), name="working_hours_a_week"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("most__isnull", True), ("most__range", (1, 500)), _connector="OR"
                        ),
                        name="working_hours_most",
                    ),
                ],
            },
        ),
    ]
