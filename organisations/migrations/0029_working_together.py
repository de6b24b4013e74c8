"""What the partners keep together, and what came of a learning session."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import welzijn.core.ids
from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0028_alderman_seat"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JointAction",
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
                ("what", models.CharField(max_length=300, verbose_name="wat")),
                ("due_on", models.DateField(verbose_name="voor")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="klaar op")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="wie",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "gezamenlijke actie",
                "ordering": [
                    models.OrderBy(models.F("done_on"), descending=True, nulls_first=True),
                    "due_on",
                    "id",
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedSuccess",
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
                ("title", models.CharField(max_length=120, verbose_name="wat lukte")),
                ("text", models.CharField(max_length=600, verbose_name="wat hielp")),
                (
                    "by",
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
                        blank=True,
                        help_text="none: of the whole partnership",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.neighbourhood",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "gedeeld succes",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="WayOfWorking",
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
                ("text", models.TextField(max_length=8000, verbose_name="tekst")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "werkwijze",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="CollectiveWork",
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
                ("day", models.DateField(verbose_name="dag")),
                ("what", models.CharField(max_length=120, verbose_name="wat")),
                ("people", models.PositiveIntegerField(verbose_name="hoeveel mensen kwamen")),
                (
                    "volunteers",
                    models.PositiveIntegerField(
                        default=0, verbose_name="hoeveel vrijwilligers hielpen"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "life_domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.lifedomain",
                        verbose_name="leefgebied",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.neighbourhood",
                        verbose_name="wijk of kern",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "groepswerk",
                "ordering": ["-day", "-id"],
                "indexes": [
                    models.Index(fields=["partnership", "day"], name="collective_work_days")
                ],
            },
        ),
        migrations.CreateModel(
            name="MovableTask",
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
                ("what", models.CharField(max_length=200, verbose_name="taak")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("could", "kan verschuiven"),
                            ("agreed", "afgesproken"),
                            ("moved", "verschoven"),
                            ("stays", "blijft"),
                        ],
                        default="could",
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                ("since", models.DateField(verbose_name="sinds")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="movable_tasks",
                        to="organisations.service",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="naar",
                    ),
                ),
            ],
            options={
                "verbose_name": "taak die kan verschuiven",
                "ordering": ["service__name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["could", "agreed", "moved", "stays"])),
                        name="movable_task_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["agreed", "moved"]), _negated=True),
                            ("to__isnull", False),
                            _connector="OR",
                        ),
                        name="movable_task_goes_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferAgreement",
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
                    "layer",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "uzelf en uw netwerk"),
                            (2, "de buurt"),
                            (3, "basishulp"),
                            (4, "gespecialiseerde hulp"),
                        ],
                        verbose_name="laag",
                    ),
                ),
                (
                    "agreed",
                    models.BooleanField(
                        default=False, help_text="else a note", verbose_name="afgesproken"
                    ),
                ),
                ("text", models.CharField(max_length=600, verbose_name="wat")),
                (
                    "review_on",
                    models.DateField(blank=True, null=True, verbose_name="opnieuw bekijken op"),
                ),
                (
                    "ended_on",
                    models.DateField(blank=True, null=True, verbose_name="niet meer sinds"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "life_domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.lifedomain",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "afspraak over het aanbod",
                "ordering": ["life_domain__position", "layer", "-at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("layer__in", [1, 2, 3, 4])),
                        name="offer_agreement_layer_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionOutcome",
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
                ("session", models.UUIDField(help_text="uid of the session")),
                ("day", models.DateField(verbose_name="dag")),
                ("name", models.CharField(max_length=80, verbose_name="naam")),
                ("theme", models.CharField(blank=True, max_length=120, verbose_name="thema")),
                ("cases", models.CharField(blank=True, max_length=1000, verbose_name="casussen")),
                ("tips", models.CharField(max_length=1000, verbose_name="tips")),
                ("at", models.DateTimeField()),
                (
                    "by",
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
                        related_name="session_outcomes",
                        to="organisations.neighbourhood",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="session_outcomes",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "opbrengst van een leersessie",
                "ordering": ["-day", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "session"), name="session_outcome_once"
                    )
                ],
            },
        ),
        *run_sql_files(__file__, "working_together.sql"),
    ]
