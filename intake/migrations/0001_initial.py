import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
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
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactDetail",
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
                    "kind",
                    models.CharField(
                        choices=[("phone", "telefoon"), ("email", "e-mail"), ("post", "post")],
                        max_length=5,
                    ),
                ),
                ("value", models.CharField(max_length=254)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("bounced_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "value"], name="contact_detail_value")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["phone", "email", "post"])),
                        name="contact_detail_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
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
                ("name", models.CharField(blank=True, max_length=120, verbose_name="naam")),
                (
                    "age_band",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("0-11", "jonger dan 12"),
                            ("12-15", "12 tot en met 15"),
                            ("16-17", "16 of 17"),
                            ("18-26", "18 tot en met 26"),
                            ("27-66", "27 tot en met 66"),
                            ("67+", "67 of ouder"),
                            ("", "zeg ik liever niet"),
                        ],
                        max_length=6,
                        verbose_name="leeftijd",
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("name"), name="gin_trgm_ops"
                        ),
                        name="person_name_trgm",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "age_band__in",
                                ["0-11", "12-15", "16-17", "18-26", "27-66", "67+", ""],
                            )
                        ),
                        name="person_age_band_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessAttempt",
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
                ("subject", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                ("succeeded", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "at"], name="attempt_subject_at")],
            },
        ),
        migrations.CreateModel(
            name="ContactWish",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="contact_wish",
                        serialize=False,
                        to="intake.person",
                    ),
                ),
                (
                    "ways",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        default=list,
                        help_text="phone, sms, email, post",
                        size=None,
                    ),
                ),
                (
                    "may_leave_message",
                    models.BooleanField(default=False, verbose_name="bericht inspreken mag"),
                ),
                (
                    "may_say_who",
                    models.BooleanField(default=False, verbose_name="zeggen wie wij zijn mag"),
                ),
                ("no_post", models.BooleanField(default=True, verbose_name="geen post")),
                (
                    "times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        default=list,
                        help_text="morning, afternoon, evening",
                        size=None,
                    ),
                ),
                (
                    "times_note",
                    models.CharField(blank=True, max_length=200, verbose_name="wanneer"),
                ),
                ("language", models.CharField(default="nl", max_length=10, verbose_name="taal")),
                ("interpreter", models.BooleanField(default=False, verbose_name="tolk")),
                ("says_je", models.BooleanField(default=False, verbose_name="je en jij")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ways__contained_by", ["phone", "sms", "email", "post"])
                        ),
                        name="contact_wish_ways_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("times__contained_by", ["morning", "afternoon", "evening"])
                        ),
                        name="contact_wish_times_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactDetailEvent",
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
                    "kind",
                    models.CharField(
                        choices=[("phone", "telefoon"), ("email", "e-mail"), ("post", "post")],
                        max_length=5,
                    ),
                ),
                ("value", models.CharField(max_length=254)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("bounced_at", models.DateTimeField(null=True)),
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
                        to="intake.contactdetail",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="intake.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="contactdetail",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contact_details",
                to="intake.person",
            ),
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("payload", models.BinaryField()),
                ("touched_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["touched_at"], name="draft_touched")],
            },
        ),
        migrations.CreateModel(
            name="Household",
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
                ("created_at", models.DateTimeField()),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="organisations.partnership",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HouseholdLink",
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
                ("agreed_at", models.DateTimeField()),
                ("agreed_how", models.CharField(max_length=10)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="intake.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="household_links",
                        to="intake.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person",),
                        name="household_one_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonEvent",
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
                ("name", models.CharField(blank=True, max_length=120, verbose_name="naam")),
                (
                    "age_band",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("0-11", "jonger dan 12"),
                            ("12-15", "12 tot en met 15"),
                            ("16-17", "16 of 17"),
                            ("18-26", "18 tot en met 26"),
                            ("27-66", "27 tot en met 66"),
                            ("67+", "67 of ouder"),
                            ("", "zeg ik liever niet"),
                        ],
                        max_length=6,
                        verbose_name="leeftijd",
                    ),
                ),
                ("created_at", models.DateTimeField()),
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
                        to="intake.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Question",
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
                ("reference", models.CharField(max_length=12, unique=True, verbose_name="kenmerk")),
                ("code_digest", models.BinaryField(max_length=32)),
                (
                    "submission_key",
                    models.UUIDField(
                        help_text="one key a form: sending twice makes one question", unique=True
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("online", "online"),
                            ("call_me", "bel mij"),
                            ("phone", "telefoon"),
                            ("walk_in", "inloop"),
                            ("email", "e-mail"),
                            ("letter", "brief"),
                            ("chat", "chat"),
                            ("outreach", "op straat of thuis"),
                            ("partner", "partner"),
                        ],
                        max_length=10,
                        verbose_name="ingang",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="in eigen woorden")),
                (
                    "opening_answers",
                    models.JSONField(blank=True, default=list, verbose_name="openingsvragen"),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("self", "mijzelf"),
                            ("child", "mijn kind"),
                            ("parent", "mijn vader of moeder"),
                            ("partner", "mijn partner"),
                            ("other", "iemand anders"),
                        ],
                        max_length=10,
                        verbose_name="over wie",
                    ),
                ),
                (
                    "subject_knows",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "ja"), ("no", "nee"), ("", "niet gevraagd")],
                        max_length=5,
                    ),
                ),
                ("postcode", models.CharField(blank=True, max_length=6, verbose_name="postcode")),
                (
                    "urgency",
                    models.CharField(
                        choices=[("normal", "gewoon"), ("soon", "snel"), ("danger", "gevaar")],
                        max_length=10,
                        verbose_name="spoed",
                    ),
                ),
                (
                    "maybe_danger",
                    models.BooleanField(
                        default=False,
                        help_text="words that may mean danger: a human judges it the same day",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("advice", "advies"),
                            ("welfare", "welzijn"),
                            ("wmo", "melding Wmo"),
                            ("debts", "schulden"),
                            ("debts_threat", "schulden met een dreigende datum"),
                            ("youth_care", "jeugdhulp"),
                        ],
                        default="welfare",
                        max_length=15,
                        verbose_name="soort",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "nieuw"),
                            ("picked_up", "opgepakt"),
                            ("closed", "afgerond"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("lead_since", models.DateTimeField()),
                (
                    "due_on",
                    models.DateField(
                        help_text="the working day of the next step", verbose_name="uiterlijk"
                    ),
                ),
                (
                    "promised_on",
                    models.DateField(
                        help_text="the working day by which the resident hears from somebody",
                        verbose_name="beloofd",
                    ),
                ),
                (
                    "subject_answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "ja"), ("no", "nee"), ("", "nog niet gevraagd")],
                        max_length=5,
                        verbose_name="antwoord van degene om wie het gaat",
                    ),
                ),
                (
                    "subject_answer_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self", "zelf"),
                            ("parent", "ouder met gezag"),
                            ("mentor", "mentor"),
                            ("curator", "curator"),
                            ("", "nog niemand"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject_answer_how", models.CharField(blank=True, max_length=10)),
                ("subject_answer_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                ("first_contact_at", models.DateTimeField(null=True)),
                ("last_activity_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("helped", "geholpen"),
                            ("partly", "deels geholpen"),
                            ("advised", "advies gegeven"),
                            ("other_help", "andere hulp gevonden"),
                            ("no_contact", "geen contact na drie keer proberen"),
                            ("moved", "verhuisd"),
                            ("died", "overleden"),
                            ("to_wmo", "verder bij de Wmo"),
                            ("to_youth_care", "verder bij jeugdhulp"),
                            ("", "nog open"),
                        ],
                        max_length=15,
                        verbose_name="uitkomst",
                    ),
                ),
                (
                    "result_words",
                    models.TextField(blank=True, verbose_name="uitkomst in eigen woorden"),
                ),
                (
                    "verdict",
                    models.PositiveSmallIntegerField(
                        help_text="the resident's own verdict: 1 (bad) to 5 (good)", null=True
                    ),
                ),
                (
                    "check_code",
                    models.UUIDField(
                        help_text="the key of the check after closing, in its mail",
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            "words", config="dutch"
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked",
                        to="intake.person",
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_questions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_questions",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "lead_team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_questions",
                        to="organisations.team",
                    ),
                ),
                (
                    "logged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="logged_questions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.municipality",
                    ),
                ),
                (
                    "neighbourhood",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="organisations.neighbourhood",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="organisations.service",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions_about",
                        to="intake.person",
                    ),
                ),
                (
                    "subject_answer_recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "hulpvraag",
                "ordering": ["-received_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ["new", "picked_up"])),
                        fields=["partnership", "due_on", "id"],
                        name="question_open_due",
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ["new", "picked_up"])),
                        fields=["partnership", "lead", "due_on"],
                        name="question_open_lead",
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ["new", "picked_up"])),
                        fields=["assigned_to", "due_on"],
                        name="question_open_assigned",
                    ),
                    models.Index(fields=["partnership", "received_at"], name="question_received"),
                    models.Index(fields=["logged_by", "received_at"], name="question_logged_by"),
                    models.Index(fields=["partnership", "due_on", "id"], name="question_due"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search"], name="question_search"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("status__in", ["new", "picked_up"])),
                        fields=["search"],
                        name="question_open_search",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["new", "picked_up", "closed", "withdrawn"])
                        ),
                        name="question_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("status__in", ["closed", "withdrawn"]),
                            ),
                            models.Q(
                                ("closed_at__isnull", True), ("status__in", ["new", "picked_up"])
                            ),
                            _connector="OR",
                        ),
                        name="question_closed_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "closed"), models.Q(("result", ""), _negated=True)),
                            models.Q(models.Q(("status", "closed"), _negated=True), ("result", "")),
                            _connector="OR",
                        ),
                        name="question_closed_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "picked_up"), _negated=True),
                            ("assigned_to__isnull", False),
                            _connector="OR",
                        ),
                        name="question_picked_up_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict__isnull", True), ("verdict__range", (1, 5)), _connector="OR"
                        ),
                        name="question_verdict_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject_answer", ""), ("subject_answer_at__isnull", True)),
                            models.Q(
                                models.Q(("subject_answer", ""), _negated=True),
                                models.Q(("subject_answer_by", ""), _negated=True),
                                ("subject_answer_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="question_subject_answer_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgency__in", ["normal", "soon", "danger"])),
                        name="question_urgency_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                    "rule_key",
                    models.CharField(blank=True, help_text="empty: nothing matched", max_length=60),
                ),
                ("facts", models.JSONField()),
                ("reason", models.CharField(max_length=400)),
                ("fault", models.CharField(blank=True, max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="organisations.ruleset",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="organisations.service",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="organisations.team",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="decisions",
                        to="intake.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "toedeling",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["partnership", "at"], name="decision_partnership_at")
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionEvent",
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
                ("reference", models.CharField(max_length=12, verbose_name="kenmerk")),
                (
                    "submission_key",
                    models.UUIDField(help_text="one key a form: sending twice makes one question"),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("online", "online"),
                            ("call_me", "bel mij"),
                            ("phone", "telefoon"),
                            ("walk_in", "inloop"),
                            ("email", "e-mail"),
                            ("letter", "brief"),
                            ("chat", "chat"),
                            ("outreach", "op straat of thuis"),
                            ("partner", "partner"),
                        ],
                        max_length=10,
                        verbose_name="ingang",
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("self", "mijzelf"),
                            ("child", "mijn kind"),
                            ("parent", "mijn vader of moeder"),
                            ("partner", "mijn partner"),
                            ("other", "iemand anders"),
                        ],
                        max_length=10,
                        verbose_name="over wie",
                    ),
                ),
                (
                    "subject_knows",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "ja"), ("no", "nee"), ("", "niet gevraagd")],
                        max_length=5,
                    ),
                ),
                ("postcode", models.CharField(blank=True, max_length=6, verbose_name="postcode")),
                (
                    "urgency",
                    models.CharField(
                        choices=[("normal", "gewoon"), ("soon", "snel"), ("danger", "gevaar")],
                        max_length=10,
                        verbose_name="spoed",
                    ),
                ),
                (
                    "maybe_danger",
                    models.BooleanField(
                        default=False,
                        help_text="words that may mean danger: a human judges it the same day",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("advice", "advies"),
                            ("welfare", "welzijn"),
                            ("wmo", "melding Wmo"),
                            ("debts", "schulden"),
                            ("debts_threat", "schulden met een dreigende datum"),
                            ("youth_care", "jeugdhulp"),
                        ],
                        default="welfare",
                        max_length=15,
                        verbose_name="soort",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "nieuw"),
                            ("picked_up", "opgepakt"),
                            ("closed", "afgerond"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("lead_since", models.DateTimeField()),
                (
                    "due_on",
                    models.DateField(
                        help_text="the working day of the next step", verbose_name="uiterlijk"
                    ),
                ),
                (
                    "promised_on",
                    models.DateField(
                        help_text="the working day by which the resident hears from somebody",
                        verbose_name="beloofd",
                    ),
                ),
                (
                    "subject_answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "ja"), ("no", "nee"), ("", "nog niet gevraagd")],
                        max_length=5,
                        verbose_name="antwoord van degene om wie het gaat",
                    ),
                ),
                (
                    "subject_answer_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self", "zelf"),
                            ("parent", "ouder met gezag"),
                            ("mentor", "mentor"),
                            ("curator", "curator"),
                            ("", "nog niemand"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject_answer_how", models.CharField(blank=True, max_length=10)),
                ("subject_answer_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                ("first_contact_at", models.DateTimeField(null=True)),
                ("last_activity_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("helped", "geholpen"),
                            ("partly", "deels geholpen"),
                            ("advised", "advies gegeven"),
                            ("other_help", "andere hulp gevonden"),
                            ("no_contact", "geen contact na drie keer proberen"),
                            ("moved", "verhuisd"),
                            ("died", "overleden"),
                            ("to_wmo", "verder bij de Wmo"),
                            ("to_youth_care", "verder bij jeugdhulp"),
                            ("", "nog open"),
                        ],
                        max_length=15,
                        verbose_name="uitkomst",
                    ),
                ),
                (
                    "result_words",
                    models.TextField(blank=True, verbose_name="uitkomst in eigen woorden"),
                ),
                (
                    "verdict",
                    models.PositiveSmallIntegerField(
                        help_text="the resident's own verdict: 1 (bad) to 5 (good)", null=True
                    ),
                ),
                (
                    "asker",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="intake.person",
                    ),
                ),
                (
                    "assigned_to",
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
                    "brought_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "lead_team",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.team",
                    ),
                ),
                (
                    "logged_by",
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
                    "municipality",
                    models.ForeignKey(
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
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.neighbourhood",
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
                        to="intake.question",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.service",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="intake.person",
                    ),
                ),
                (
                    "subject_answer_recorded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuestionLifeDomain",
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
                    "life_domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="question_links",
                        to="organisations.lifedomain",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="domain_links",
                        to="intake.question",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question", "life_domain"), name="question_life_domain_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="question",
            name="life_domains",
            field=models.ManyToManyField(
                related_name="questions",
                through="intake.QuestionLifeDomain",
                to="organisations.lifedomain",
            ),
        ),
        migrations.CreateModel(
            name="SharingBasis",
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
                    "team_organisations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        help_text="the organisations that the yes to a team named",
                        size=None,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("consent", "toestemming"),
                            ("first_handling", "eerste behandeling"),
                            ("danger", "acuut gevaar"),
                            ("legal_duty", "wettelijke plicht"),
                        ],
                        max_length=15,
                    ),
                ),
                ("purpose", models.CharField(max_length=200)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("online", "online"),
                            ("spoken", "aan de balie of op straat"),
                            ("phone", "aan de telefoon"),
                            ("paper", "op papier"),
                            ("partner", "via de partner die de vraag bracht"),
                            ("system", "vanzelf"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("valid_from", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.CharField(blank=True, max_length=20)),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given_bases",
                        to="intake.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sharing_bases",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sharing_bases",
                        to="intake.question",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sharing_bases",
                        to="organisations.team",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["organisation", "question"],
                        name="sharing_basis_valid_org",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["team", "question"],
                        name="sharing_basis_valid_team",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("organisation__isnull", False)
                        ),
                        fields=("question", "organisation"),
                        name="sharing_basis_one_an_organisation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("team__isnull", False)),
                        fields=("question", "team"),
                        name="sharing_basis_one_a_team",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", False), ("team__isnull", True)),
                            models.Q(("organisation__isnull", True), ("team__isnull", False)),
                            _connector="OR",
                        ),
                        name="sharing_basis_for_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["consent", "first_handling", "danger", "legal_duty"])
                        ),
                        name="sharing_basis_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "consent"), _negated=True),
                            ("given_by__isnull", False),
                            _connector="OR",
                        ),
                        name="sharing_basis_consent_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["danger", "legal_duty"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sharing_basis_reasoned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="sharing_basis_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingBasisEvent",
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
                    "team_organisations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        default=list,
                        help_text="the organisations that the yes to a team named",
                        size=None,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("consent", "toestemming"),
                            ("first_handling", "eerste behandeling"),
                            ("danger", "acuut gevaar"),
                            ("legal_duty", "wettelijke plicht"),
                        ],
                        max_length=15,
                    ),
                ),
                ("purpose", models.CharField(max_length=200)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("online", "online"),
                            ("spoken", "aan de balie of op straat"),
                            ("phone", "aan de telefoon"),
                            ("paper", "op papier"),
                            ("partner", "via de partner die de vraag bracht"),
                            ("system", "vanzelf"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("valid_from", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.CharField(blank=True, max_length=20)),
                (
                    "given_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="intake.person",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
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
                        to="intake.sharingbasis",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="intake.question",
                    ),
                ),
                (
                    "recorded_by",
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
                    "team",
                    models.ForeignKey(
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
        migrations.CreateModel(
            name="TimelineEntry",
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
                    "kind",
                    models.CharField(
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
                            ("safety", "veiligheid"),
                            ("closed", "afgerond"),
                            ("reopened", "heropend"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[
                            ("resident", "inwoner"),
                            ("staff", "medewerker"),
                            ("system", "systeem"),
                        ],
                        max_length=8,
                    ),
                ),
                ("sentence", models.CharField(max_length=60)),
                ("parameters", models.JSONField(blank=True, default=dict)),
                ("note", models.TextField(blank=True)),
                ("for_resident", models.BooleanField(default=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="timeline",
                        to="intake.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "tijdlijn",
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["question", "at"], name="timeline_question_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("actor_kind", "staff"), _negated=True),
                            models.Q(("actor__isnull", False), ("organisation__isnull", False)),
                            _connector="OR",
                        ),
                        name="timeline_staff_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sentence__regex", "^[a-z_]+\\.[a-z_]+$")),
                        name="timeline_sentence_is_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactWishEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "ways",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        default=list,
                        help_text="phone, sms, email, post",
                        size=None,
                    ),
                ),
                (
                    "may_leave_message",
                    models.BooleanField(default=False, verbose_name="bericht inspreken mag"),
                ),
                (
                    "may_say_who",
                    models.BooleanField(default=False, verbose_name="zeggen wie wij zijn mag"),
                ),
                ("no_post", models.BooleanField(default=True, verbose_name="geen post")),
                (
                    "times",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        default=list,
                        help_text="morning, afternoon, evening",
                        size=None,
                    ),
                ),
                (
                    "times_note",
                    models.CharField(blank=True, max_length=200, verbose_name="wanneer"),
                ),
                ("language", models.CharField(default="nl", max_length=10, verbose_name="taal")),
                ("interpreter", models.BooleanField(default=False, verbose_name="tolk")),
                ("says_je", models.BooleanField(default=False, verbose_name="je en jij")),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        serialize=False,
                        to="intake.person",
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
                        to="intake.contactwish",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactwish",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "intake_contactwishevent" ("interpreter", "language", "may_leave_message", "may_say_who", "no_post", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "says_je", "times", "times_note", "ways") VALUES (OLD."interpreter", OLD."language", OLD."may_leave_message", OLD."may_say_who", OLD."no_post", OLD."person_id", _pgh_attach_context(), NOW(), \'update\', OLD."person_id", OLD."says_je", OLD."times", OLD."times_note", OLD."ways"); RETURN NULL;',
                    hash="1f0f694a71c18ac7346c9b77ce0199c0d18cb5ce",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d9c80",
                    table="intake_contactwish",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "intake_personevent" ("age_band", "created_at", "id", "name", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."age_band", OLD."created_at", OLD."id", OLD."name", OLD."partnership_id", _pgh_attach_context(), NOW(), \'update\', OLD."id"); RETURN NULL;',
                    hash="08f2242ccfaebc768e84f5f547d2d99622bbaccf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_deffe",
                    table="intake_person",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="contactdetail",
            constraint=models.UniqueConstraint(
                fields=("person", "kind", "value"), name="contact_detail_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactdetail",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "intake_contactdetailevent" ("bounced_at", "confirmed_at", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") VALUES (OLD."bounced_at", OLD."confirmed_at", OLD."id", OLD."kind", OLD."person_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."value"); RETURN NULL;',
                    hash="eb78b8ea7b722ce88cd72f6a1d8b8a97d9a10f4d",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_68a38",
                    table="intake_contactdetail",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contactdetail",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "intake_contactdetailevent" ("bounced_at", "confirmed_at", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") VALUES (OLD."bounced_at", OLD."confirmed_at", OLD."id", OLD."kind", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."value"); RETURN NULL;',
                    hash="24910b8f2a52d5e3de86a84dd08095f2ad432416",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a6d13",
                    table="intake_contactdetail",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f10c17501bc5e602abc953b439b6d8559619c2e3",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7f448",
                    table="intake_decision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: % only grows', TG_TABLE_NAME;",
                    hash="e4bc816fc5172db088650e8bad07be4f33d1f112",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_3deb9",
                    table="intake_decision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="question",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."asker_id" IS DISTINCT FROM (NEW."asker_id") OR OLD."assigned_to_id" IS DISTINCT FROM (NEW."assigned_to_id") OR OLD."brought_by_id" IS DISTINCT FROM (NEW."brought_by_id") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."first_contact_at" IS DISTINCT FROM (NEW."first_contact_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."last_activity_at" IS DISTINCT FROM (NEW."last_activity_at") OR OLD."lead_id" IS DISTINCT FROM (NEW."lead_id") OR OLD."lead_since" IS DISTINCT FROM (NEW."lead_since") OR OLD."lead_team_id" IS DISTINCT FROM (NEW."lead_team_id") OR OLD."logged_by_id" IS DISTINCT FROM (NEW."logged_by_id") OR OLD."maybe_danger" IS DISTINCT FROM (NEW."maybe_danger") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."neighbourhood_id" IS DISTINCT FROM (NEW."neighbourhood_id") OR OLD."partnership_id" IS DISTINCT FROM (NEW."partnership_id") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."promised_on" IS DISTINCT FROM (NEW."promised_on") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."result_words" IS DISTINCT FROM (NEW."result_words") OR OLD."service_id" IS DISTINCT FROM (NEW."service_id") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."subject_id" IS DISTINCT FROM (NEW."subject_id") OR OLD."subject_answer" IS DISTINCT FROM (NEW."subject_answer") OR OLD."subject_answer_at" IS DISTINCT FROM (NEW."subject_answer_at") OR OLD."subject_answer_by" IS DISTINCT FROM (NEW."subject_answer_by") OR OLD."subject_answer_how" IS DISTINCT FROM (NEW."subject_answer_how") OR OLD."subject_answer_recorded_by_id" IS DISTINCT FROM (NEW."subject_answer_recorded_by_id") OR OLD."subject_knows" IS DISTINCT FROM (NEW."subject_knows") OR OLD."submission_key" IS DISTINCT FROM (NEW."submission_key") OR OLD."urgency" IS DISTINCT FROM (NEW."urgency") OR OLD."verdict" IS DISTINCT FROM (NEW."verdict"))',
                    func='INSERT INTO "intake_questionevent" ("about", "asker_id", "assigned_to_id", "brought_by_id", "channel", "closed_at", "due_on", "first_contact_at", "id", "kind", "last_activity_at", "lead_id", "lead_since", "lead_team_id", "logged_by_id", "maybe_danger", "municipality_id", "neighbourhood_id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "promised_on", "received_at", "reference", "result", "result_words", "service_id", "status", "subject_answer", "subject_answer_at", "subject_answer_by", "subject_answer_how", "subject_answer_recorded_by_id", "subject_id", "subject_knows", "submission_key", "urgency", "verdict") VALUES (OLD."about", OLD."asker_id", OLD."assigned_to_id", OLD."brought_by_id", OLD."channel", OLD."closed_at", OLD."due_on", OLD."first_contact_at", OLD."id", OLD."kind", OLD."last_activity_at", OLD."lead_id", OLD."lead_since", OLD."lead_team_id", OLD."logged_by_id", OLD."maybe_danger", OLD."municipality_id", OLD."neighbourhood_id", OLD."partnership_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."postcode", OLD."promised_on", OLD."received_at", OLD."reference", OLD."result", OLD."result_words", OLD."service_id", OLD."status", OLD."subject_answer", OLD."subject_answer_at", OLD."subject_answer_by", OLD."subject_answer_how", OLD."subject_answer_recorded_by_id", OLD."subject_id", OLD."subject_knows", OLD."submission_key", OLD."urgency", OLD."verdict"); RETURN NULL;',
                    hash="2770b56c4d60d5d24bad7ed2955b86bb047bf021",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_67641",
                    table="intake_question",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sharingbasis",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "intake_sharingbasisevent" ("ended_at", "ended_why", "given_by_id", "how", "id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "question_id", "reason", "recorded_by_id", "team_id", "team_organisations", "valid_from") VALUES (OLD."ended_at", OLD."ended_why", OLD."given_by_id", OLD."how", OLD."id", OLD."kind", OLD."organisation_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."purpose", OLD."question_id", OLD."reason", OLD."recorded_by_id", OLD."team_id", OLD."team_organisations", OLD."valid_from"); RETURN NULL;',
                    hash="ddb946f20b6a1251df22a332b09c61c9d16e43bd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3b210",
                    table="intake_sharingbasis",
                    when="AFTER",
                ),
            ),
        ),
    ]
