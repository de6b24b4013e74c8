"""A colleague is asked to put another question on the agenda of an MDO."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import welzijn.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0014_partner_mark"),
        ("referrals", "0018_conference_causes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaRequest",
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
                (
                    "why",
                    models.CharField(help_text="without a person, for the worker", max_length=300),
                ),
                ("at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked_for",
                        to="referrals.conference",
                    ),
                ),
                (
                    "follow_up",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda_request",
                        to="referrals.followup",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked_for_agenda",
                        to="intake.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "gevraagd punt van een MDO",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("follow_up__isnull", True), ("question__isnull", True)),
                            models.Q(("follow_up__isnull", False), ("question__isnull", False)),
                            _connector="OR",
                        ),
                        name="agenda_request_due_with_its_question",
                    )
                ],
            },
        ),
    ]
