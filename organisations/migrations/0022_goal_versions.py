"""Inhabitants, borders, open data, and the goals as they were on each day."""

import django.db.models.deletion
from django.db import migrations, models

import welzijn.core.ids
from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0021_stand_ins"),
    ]

    operations = [
        migrations.AddField(
            model_name="neighbourhood",
            name="border",
            field=models.JSONField(
                blank=True,
                help_text="a GeoJSON Polygon or MultiPolygon, in degrees",
                null=True,
                verbose_name="grens",
            ),
        ),
        migrations.AddField(
            model_name="partnership",
            name="open_data",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="GM codes whose figures anybody may read",
                verbose_name="open data",
            ),
        ),
        migrations.AddField(
            model_name="partnership",
            name="population",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="source, year, and numbers by GM code and by slug of a neighbourhood",
                verbose_name="inwoners",
            ),
        ),
        migrations.CreateModel(
            name="GoalVersion",
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
                ("since", models.DateField(verbose_name="vanaf")),
                ("goals", models.JSONField(verbose_name="doelen")),
                ("assignment", models.JSONField(verbose_name="opdracht")),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goal_versions",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "doelen vanaf een dag",
                "ordering": ["-since"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "since"), name="goal_version_once_a_day"
                    )
                ],
            },
        ),
        *run_sql_files(__file__, "goal_versions.sql"),
    ]
