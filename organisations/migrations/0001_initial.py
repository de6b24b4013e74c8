import django.contrib.postgres.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations, models

import welzijn.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Partnership",
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
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "hostname",
                    models.CharField(
                        help_text="the host in production",
                        max_length=200,
                        unique=True,
                        verbose_name="adres",
                    ),
                ),
                ("theme", models.SlugField(default="default", verbose_name="thema")),
                ("languages", models.JSONField(default=list, verbose_name="talen")),
                ("live", models.BooleanField(default=True, verbose_name="open voor inwoners")),
                ("config_version", models.BigIntegerField(default=1, editable=False)),
                ("opening_text", models.TextField(blank=True, verbose_name="welkom")),
                ("principles", models.JSONField(default=list, verbose_name="uitgangspunten")),
                (
                    "opening_questions",
                    models.JSONField(default=list, verbose_name="openingsvragen"),
                ),
                (
                    "closing_question",
                    models.CharField(blank=True, max_length=200, verbose_name="slotvraag"),
                ),
                ("glossary", models.JSONField(default=list, verbose_name="woordenlijst")),
                ("desk_name", models.CharField(max_length=120, verbose_name="naam van de balie")),
                (
                    "desk_phone",
                    models.CharField(max_length=20, verbose_name="telefoon van de balie"),
                ),
                (
                    "desk_email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="e-mail van de balie"
                    ),
                ),
                (
                    "desk_address",
                    models.CharField(blank=True, max_length=200, verbose_name="adres van de balie"),
                ),
                (
                    "reading_hours",
                    models.JSONField(
                        default=dict,
                        help_text='weekday 1-7: [["08:30", "17:00"]]',
                        verbose_name="leestijden",
                    ),
                ),
                ("invented", models.JSONField(default=list, verbose_name="verzonnen gegevens")),
                ("joint_controller_contact", models.CharField(blank=True, max_length=200)),
                ("privacy_officer_contact", models.CharField(blank=True, max_length=200)),
                ("dpia_on", models.DateField(blank=True, null=True)),
                ("retention", models.JSONField(default=dict, verbose_name="bewaartermijnen")),
                (
                    "legal_basis",
                    models.TextField(blank=True, verbose_name="grondslag eerste behandeling"),
                ),
                ("pick_up_within", models.PositiveSmallIntegerField(default=2)),
                ("contact_within", models.PositiveSmallIntegerField(default=3)),
                ("handover_answer_within", models.PositiveSmallIntegerField(default=2)),
                ("handover_escalate_after", models.PositiveSmallIntegerField(default=2)),
                ("quiet_after", models.PositiveSmallIntegerField(default=15)),
                (
                    "check_after_weeks",
                    models.PositiveSmallIntegerField(
                        default=6,
                        help_text="calendar weeks between closing and the check with the resident",
                    ),
                ),
                (
                    "good_friday",
                    models.BooleanField(default=False, verbose_name="Goede Vrijdag dicht"),
                ),
                (
                    "liberation_day",
                    models.CharField(
                        choices=[("never", "never"), ("lustrum", "lustrum"), ("yearly", "yearly")],
                        default="lustrum",
                        max_length=10,
                        verbose_name="5 mei dicht",
                    ),
                ),
                (
                    "small_number",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="smallest count that is shown",
                        validators=[django.core.validators.MinValueValidator(5)],
                    ),
                ),
                ("goals", models.JSONField(default=list, verbose_name="doelen")),
                (
                    "assignment",
                    models.JSONField(
                        default=dict,
                        help_text="contract period and contracted organisations",
                        verbose_name="opdracht",
                    ),
                ),
                (
                    "learning_sessions",
                    models.JSONField(
                        default=list,
                        help_text="those of the whole partnership",
                        verbose_name="leersessies",
                    ),
                ),
            ],
            options={
                "verbose_name": "samenwerkingsverband",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("small_number__gte", 5)),
                        name="partnership_small_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=6, primary_key=True, serialize=False, verbose_name="GM-code"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="naam")),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "client_support",
                    models.CharField(
                        blank=True,
                        help_text="who gives it and how to reach them; free for every resident (Wmo 2015, 2.2.4)",
                        max_length=160,
                        verbose_name="onafhankelijke cliëntondersteuning",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.municipality",
                    ),
                ),
                (
                    "partnerships",
                    models.ManyToManyField(
                        blank=True, related_name="municipalities", to="organisations.partnership"
                    ),
                ),
            ],
            options={
                "verbose_name": "gemeente",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^GM[0-9]{4}$")),
                        name="municipality_gm_code",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Neighbourhood",
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
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=80, verbose_name="naam")),
                (
                    "learning_sessions",
                    models.JSONField(
                        default=list,
                        help_text="recurrences as in the partnership file",
                        verbose_name="leersessies",
                    ),
                ),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="ended, never deleted",
                        null=True,
                        verbose_name="tot en met",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="neighbourhoods",
                        to="organisations.municipality",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="neighbourhoods",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "wijk of kern",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "slug"), name="neighbourhood_slug_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
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
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("welfare", "welzijnsorganisatie"),
                            ("municipality", "gemeente"),
                            ("initiative", "bewonersinitiatief"),
                            ("gp", "huisarts"),
                            ("school", "school"),
                            ("other", "andere organisatie"),
                        ],
                        default="welfare",
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True,
                        help_text="one B1 sentence for residents",
                        max_length=300,
                        verbose_name="wat zij doen",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="telefoon")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "shows_worker_names",
                    models.BooleanField(
                        default=True,
                        help_text="else residents read a worker's function",
                        verbose_name="inwoners lezen namen",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisatie",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["welfare", "municipality", "initiative", "gp", "school", "other"],
                            )
                        ),
                        name="organisation_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("front_desk", "balie"),
                            ("professional", "medewerker"),
                            ("team_member", "teamlid"),
                            ("neighbourhood_lead", "wijkaanjager"),
                            ("coordinator", "coördinator"),
                            ("municipality", "beleid gemeente"),
                            ("partner_door", "partner aan de deur"),
                            ("administrator", "functioneel beheerder"),
                            ("privacy_officer", "privacy officer (FG)"),
                        ],
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                (
                    "reads_new",
                    models.BooleanField(default=False, verbose_name="leest nieuwe vragen"),
                ),
                ("since", models.DateField(verbose_name="sinds")),
                ("until", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.municipality",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="organisations.neighbourhood",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "rol",
                "ordering": ["user__name", "role"],
                "indexes": [
                    models.Index(fields=["partnership", "organisation", "role"], name="role_at")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "neighbourhood_lead"), _negated=True),
                            ("neighbourhood__isnull", False),
                            _connector="OR",
                        ),
                        name="membership_neighbourhood_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "municipality"), _negated=True),
                            ("municipality__isnull", False),
                            _connector="OR",
                        ),
                        name="membership_municipality_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reads_new", False),
                            ("role__in", ["professional", "coordinator"]),
                            _connector="OR",
                        ),
                        name="membership_reads_new",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="membership_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LifeDomain",
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
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=60, verbose_name="naam")),
                (
                    "explanation",
                    models.CharField(blank=True, max_length=160, verbose_name="uitleg"),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        default=list,
                        size=None,
                        verbose_name="woorden",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="ended, never deleted",
                        null=True,
                        verbose_name="tot en met",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="life_domains",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "leefgebied",
                "ordering": ["position", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "slug"), name="life_domain_slug_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningSignUp",
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
                ("session", models.UUIDField()),
                ("day", models.DateField(verbose_name="dag")),
                ("at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="learning_sign_ups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="learning_sign_ups",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "aanmelding voor een leersessie",
                "ordering": ["day", "at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "session", "user"), name="learning_sign_up_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
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
                ("starts_at", models.DateTimeField(verbose_name="vanaf")),
                ("ends_at", models.DateTimeField(verbose_name="tot")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "dienst",
                "ordering": ["starts_at"],
                "indexes": [models.Index(fields=["partnership", "ends_at"], name="duty_now")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="duty_ends_later",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosingDay",
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
                ("day", models.DateField(verbose_name="dag")),
                ("name", models.CharField(max_length=80, verbose_name="naam")),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closing_days",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "ordering": ["day"],
                "constraints": [
                    models.UniqueConstraint(fields=("partnership", "day"), name="closing_day_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleSet",
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
                ("version", models.PositiveIntegerField(verbose_name="versie")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "concept"),
                            ("published", "geldt nu"),
                            ("archived", "oud"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="waarom")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rule_sets",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "verdeelregels",
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "version"), name="rule_set_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "published")),
                        fields=("partnership",),
                        name="rule_set_one_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "published", "archived"])),
                        name="rule_set_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"), ("published_at__isnull", False), _connector="OR"
                        ),
                        name="rule_set_published_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
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
                ("slug", models.SlugField(max_length=80)),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("description", models.TextField(blank=True, verbose_name="beschrijving")),
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
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        default=list,
                        help_text="age bands; empty: everybody",
                        size=None,
                        verbose_name="voor wie",
                    ),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        default=list,
                        size=None,
                        verbose_name="woorden",
                    ),
                ),
                (
                    "clock_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=15),
                        blank=True,
                        default=list,
                        help_text="kinds of question with a term of the law that this service handles",
                        size=None,
                        verbose_name="wettelijke termijnen",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="open questions it has room for; empty: no limit",
                        null=True,
                        verbose_name="plaatsen",
                    ),
                ),
                (
                    "waiting_weeks",
                    models.PositiveSmallIntegerField(default=0, verbose_name="wachttijd in weken"),
                ),
                ("url", models.URLField(blank=True, verbose_name="website")),
                ("since", models.DateField(blank=True, null=True, verbose_name="sinds")),
                ("until", models.DateField(blank=True, null=True, verbose_name="tot")),
                (
                    "life_domains",
                    models.ManyToManyField(related_name="services", to="organisations.lifedomain"),
                ),
                (
                    "neighbourhoods",
                    models.ManyToManyField(
                        blank=True, related_name="services", to="organisations.neighbourhood"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="services",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "aanbod",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "slug"), name="service_slug_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("layer__in", [1, 2, 3, 4])), name="service_layer_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
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
                ("slug", models.SlugField()),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "description",
                    models.CharField(blank=True, max_length=300, verbose_name="wat zij doen"),
                ),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="ended, never deleted",
                        null=True,
                        verbose_name="tot en met",
                    ),
                ),
                (
                    "neighbourhoods",
                    models.ManyToManyField(
                        blank=True, related_name="teams", to="organisations.neighbourhood"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        help_text="the organisation that answers for the team (its controller)",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_teams",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "organisations",
                    models.ManyToManyField(related_name="teams", to="organisations.organisation"),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teams",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "team",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("partnership", "slug"), name="team_slug_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RoutingRule",
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
                ("position", models.PositiveIntegerField(verbose_name="volgorde")),
                ("key", models.SlugField(max_length=60)),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("conditions", models.JSONField(default=dict, verbose_name="voorwaarden")),
                (
                    "target_kind",
                    models.CharField(
                        choices=[
                            ("organisation", "een organisatie"),
                            ("team", "een team"),
                            ("neighbourhood_team", "het team van de wijk"),
                            ("fitting_service", "het best passende aanbod"),
                            ("household", "wie dit huishouden al helpt"),
                            ("triage", "triage"),
                        ],
                        max_length=20,
                        verbose_name="naar",
                    ),
                ),
                (
                    "layers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        default=list,
                        help_text="for a fitting service: these layers of the pyramid only; empty: all",
                        size=None,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="one B1 sentence for the resident, after 'omdat'",
                        max_length=300,
                        verbose_name="reden",
                    ),
                ),
                ("active_from", models.DateField(blank=True, null=True, verbose_name="vanaf")),
                (
                    "active_until",
                    models.DateField(blank=True, null=True, verbose_name="tot en met"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "supporting",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="organisations.ruleset",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.team",
                    ),
                ),
            ],
            options={
                "verbose_name": "verdeelregel",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("rule_set", "position"),
                        name="rule_position_once",
                    ),
                    models.UniqueConstraint(fields=("rule_set", "key"), name="rule_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("organisation__isnull", False),
                                ("target_kind", "organisation"),
                                ("team", None),
                            ),
                            models.Q(
                                ("organisation", None),
                                ("target_kind", "team"),
                                ("team__isnull", False),
                            ),
                            models.Q(
                                ("organisation", None),
                                (
                                    "target_kind__in",
                                    [
                                        "neighbourhood_team",
                                        "fitting_service",
                                        "household",
                                        "triage",
                                    ],
                                ),
                                ("team", None),
                            ),
                            _connector="OR",
                        ),
                        name="rule_target_whole",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="partnership",
            name="triage_team",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="triage_for",
                to="organisations.team",
            ),
        ),
        migrations.CreateModel(
            name="MembershipEvent",
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
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("front_desk", "balie"),
                            ("professional", "medewerker"),
                            ("team_member", "teamlid"),
                            ("neighbourhood_lead", "wijkaanjager"),
                            ("coordinator", "coördinator"),
                            ("municipality", "beleid gemeente"),
                            ("partner_door", "partner aan de deur"),
                            ("administrator", "functioneel beheerder"),
                            ("privacy_officer", "privacy officer (FG)"),
                        ],
                        max_length=20,
                        verbose_name="rol",
                    ),
                ),
                (
                    "reads_new",
                    models.BooleanField(default=False, verbose_name="leest nieuwe vragen"),
                ),
                ("since", models.DateField(verbose_name="sinds")),
                ("until", models.DateField(blank=True, null=True, verbose_name="tot en met")),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "granted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="organisations.membership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.municipality",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.neighbourhood",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.team",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to="organisations.team",
            ),
        ),
        migrations.CreateModel(
            name="NeighbourhoodPostcode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("postcode", models.CharField(max_length=6)),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postcodes",
                        to="organisations.neighbourhood",
                    ),
                ),
            ],
            options={
                "ordering": ["postcode"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("neighbourhood", "postcode"), name="neighbourhood_postcode_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("postcode__regex", "^[1-9][0-9]{3}([A-Z]{2})?$")),
                        name="neighbourhood_postcode_form",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
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
                ("since", models.DateField(verbose_name="sinds")),
                ("until", models.DateField(blank=True, null=True, verbose_name="tot")),
                (
                    "picks_up",
                    models.BooleanField(
                        default=True,
                        help_text="false for a door that only brings questions in",
                        verbose_name="pakt vragen op",
                    ),
                ),
                (
                    "brings_in",
                    models.BooleanField(default=False, verbose_name="brengt vragen binnen"),
                ),
                ("safety_net", models.BooleanField(default=False, verbose_name="vangnet")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "deelname",
                "ordering": ["organisation__name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "organisation"), name="participation_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="participation_dates",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("live", False), ("triage_team__isnull", False), _connector="OR"
                ),
                name="partnership_live_has_triage",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=(
                    "user",
                    "partnership",
                    "organisation",
                    "role",
                    "team",
                    "neighbourhood",
                    "municipality",
                ),
                name="membership_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "front_desk",
                            "professional",
                            "team_member",
                            "neighbourhood_lead",
                            "coordinator",
                            "municipality",
                            "partner_door",
                            "administrator",
                            "privacy_officer",
                        ],
                    )
                ),
                name="membership_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "team_member"), _negated=True),
                    ("team__isnull", False),
                    _connector="OR",
                ),
                name="membership_team_named",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organisations_membershipevent" ("granted_at", "granted_by_id", "id", "municipality_id", "neighbourhood_id", "organisation_id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reads_new", "role", "since", "team_id", "until", "user_id") VALUES (NEW."granted_at", NEW."granted_by_id", NEW."id", NEW."municipality_id", NEW."neighbourhood_id", NEW."organisation_id", NEW."partnership_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reads_new", NEW."role", NEW."since", NEW."team_id", NEW."until", NEW."user_id"); RETURN NULL;',
                    hash="60764e97dd8283f510ad610d761de0a77a4f2e21",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ea1f9",
                    table="organisations_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "organisations_membershipevent" ("granted_at", "granted_by_id", "id", "municipality_id", "neighbourhood_id", "organisation_id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reads_new", "role", "since", "team_id", "until", "user_id") VALUES (OLD."granted_at", OLD."granted_by_id", OLD."id", OLD."municipality_id", OLD."neighbourhood_id", OLD."organisation_id", OLD."partnership_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."reads_new", OLD."role", OLD."since", OLD."team_id", OLD."until", OLD."user_id"); RETURN NULL;',
                    hash="4eeab5a9278ace1ff9e1363fd8d241ddad5ad17f",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8973b",
                    table="organisations_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "organisations_membershipevent" ("granted_at", "granted_by_id", "id", "municipality_id", "neighbourhood_id", "organisation_id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reads_new", "role", "since", "team_id", "until", "user_id") VALUES (OLD."granted_at", OLD."granted_by_id", OLD."id", OLD."municipality_id", OLD."neighbourhood_id", OLD."organisation_id", OLD."partnership_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reads_new", OLD."role", OLD."since", OLD."team_id", OLD."until", OLD."user_id"); RETURN NULL;',
                    hash="d2357736053c1051084dfcdb9aa0d5993c0b95f9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b591d",
                    table="organisations_membership",
                    when="AFTER",
                ),
            ),
        ),
    ]
