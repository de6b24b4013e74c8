"""Counts of final months, saved reports, stories beside goals, and what became of answers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import welzijn.core.ids
from welzijn.audit.protection.install import put_on_tables


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0022_goal_versions"),
        ("referrals", "0020_partnership_revisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerStep",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "toegezegd"),
                            ("in_plan", "staat in het plan"),
                            ("done", "gedaan"),
                            ("dropped", "gaat niet door"),
                        ],
                        max_length=10,
                    ),
                ),
                ("by_when", models.DateField(null=True, verbose_name="uiterlijk")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="toelichting")),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "vervolg op een antwoord",
                "ordering": ["recorded_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="DepartedFact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("fact", models.JSONField(help_text="as in reports.facts.Fact, without its month")),
            ],
        ),
        migrations.CreateModel(
            name="FinalCube",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("quarter", models.DateField(help_text="first day of the quarter")),
                (
                    "dimensions",
                    models.CharField(help_text="names in order, with commas", max_length=80),
                ),
                ("groups", models.JSONField()),
                ("sums", models.JSONField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="GoalStory",
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
                ("municipality", models.CharField(blank=True, max_length=6)),
                ("quarter", models.DateField()),
                ("goal", models.SlugField(help_text="key of the goal")),
                ("text", models.TextField(verbose_name="verhaal")),
                ("written_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, verbose_name="antwoord")),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "verhaal bij een doel",
                "ordering": ["written_at"],
            },
        ),
        migrations.CreateModel(
            name="SavedReport",
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
                ("name", models.CharField(max_length=80, verbose_name="naam")),
                ("query", models.CharField(max_length=600)),
                ("shared", models.BooleanField(default=False, verbose_name="delen")),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "bewaard rapport",
                "ordering": ["name", "-saved_at"],
            },
        ),
        migrations.AddField(
            model_name="signalbundle",
            name="about_figure",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="a ready-made question, or doel: and the key of a goal; shown beside it",
                max_length=60,
                verbose_name="bij welk cijfer",
            ),
        ),
        migrations.AddField(
            model_name="signalbundle",
            name="concerns",
            field=models.CharField(
                choices=[
                    ("policy", "beleid"),
                    ("alderman", "de wethouder"),
                    ("manager", "een manager"),
                ],
                db_default="policy",
                default="policy",
                max_length=10,
                verbose_name="wie het aangaat",
            ),
        ),
        migrations.AddConstraint(
            model_name="signalbundle",
            constraint=models.CheckConstraint(
                condition=models.Q(("concerns__in", ["policy", "alderman", "manager"])),
                name="signal_bundle_concerns_known",
            ),
        ),
        migrations.AddField(
            model_name="answerstep",
            name="bundle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="referrals.signalbundle",
            ),
        ),
        migrations.AddField(
            model_name="answerstep",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="departedfact",
            name="partnership",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.partnership",
            ),
        ),
        migrations.AddField(
            model_name="finalcube",
            name="partnership",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.partnership",
            ),
        ),
        migrations.AddField(
            model_name="goalstory",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="goalstory",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="goalstory",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goal_stories",
                to="organisations.partnership",
            ),
        ),
        migrations.AddField(
            model_name="goalstory",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="savedreport",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="savedreport",
            name="partnership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="saved_reports",
                to="organisations.partnership",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "in_plan", "done", "dropped"])),
                name="answer_step_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["planned", "in_plan"]), _negated=True),
                    ("by_when__isnull", False),
                    _connector="OR",
                ),
                name="answer_step_by_when",
            ),
        ),
        migrations.AddIndex(
            model_name="departedfact",
            index=models.Index(fields=["partnership", "month"], name="report_departed_month"),
        ),
        migrations.AddConstraint(
            model_name="finalcube",
            constraint=models.UniqueConstraint(
                fields=("partnership", "quarter", "dimensions"), name="report_cube_once"
            ),
        ),
        migrations.AddIndex(
            model_name="goalstory",
            index=models.Index(
                fields=["partnership", "municipality", "quarter"], name="story_quarter"
            ),
        ),
        migrations.AddConstraint(
            model_name="goalstory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)
                    ),
                    models.Q(
                        models.Q(("answer", ""), _negated=True),
                        ("answered_at__isnull", False),
                        ("answered_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="goal_story_answered_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedreport",
            constraint=models.UniqueConstraint(
                fields=("partnership", "owner", "name"), name="saved_report_name_once"
            ),
        ),
        put_on_tables(),
    ]
