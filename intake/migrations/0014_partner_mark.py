"""A partner's own mark beside the reference of what they brought in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import welzijn.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0013_purposes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PartnerMark",
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
                ("mark", models.CharField(max_length=10, verbose_name="aanduiding")),
                ("marked_at", models.DateTimeField()),
                (
                    "marked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partner_mark",
                        to="intake.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "eigen aanduiding van een partner",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mark", ""), _negated=True),
                        name="partner_mark_is_filled",
                    )
                ],
            },
        ),
    ]
