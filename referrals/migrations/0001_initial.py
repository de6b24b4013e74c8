import uuid

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
        ("intake", "0001_initial"),
        ("organisations", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
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
                    models.CharField(
                        help_text="a B1 sentence for the resident",
                        max_length=300,
                        verbose_name="waarover",
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "resident_invited",
                    models.BooleanField(default=True, verbose_name="inwoner uitgenodigd"),
                ),
                (
                    "not_invited_why",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom niet"),
                ),
                (
                    "told",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="how often the resident got the appointment: SEQUENCE",
                    ),
                ),
                ("answers", models.JSONField(default=list, verbose_name="openingsvragen")),
                (
                    "plan",
                    models.TextField(
                        blank=True, help_text="in the resident's own words", verbose_name="plan"
                    ),
                ),
                (
                    "best",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "ja"), ("no", "nee"), ("", "nog niet gevraagd")],
                        max_length=3,
                        verbose_name="slotvraag",
                    ),
                ),
                ("best_words", models.TextField(blank=True, verbose_name="in eigen woorden")),
                ("minutes", models.TextField(blank=True, verbose_name="verslag")),
                ("written_at", models.DateTimeField(null=True)),
                (
                    "version",
                    models.PositiveIntegerField(default=0, help_text="raised by every writing"),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda_items",
                        to="intake.question",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "punt van een MDO",
                "ordering": ["added_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("not_invited_why", ""), ("resident_invited", True)),
                            models.Q(
                                ("resident_invited", False),
                                models.Q(("not_invited_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="agenda_resident_invited_or_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("best__in", ["", "yes", "no"])),
                        name="agenda_best_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("written_at__isnull", True), ("written_by__isnull", True)),
                            models.Q(("written_at__isnull", False), ("written_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="agenda_written_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conference",
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
                ("proposed_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "voorgesteld"),
                            ("planned", "gepland"),
                            ("held", "gehouden"),
                            ("cancelled", "gaat niet door"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField(null=True, verbose_name="begint")),
                ("ends_at", models.DateTimeField(null=True, verbose_name="tot")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="waar")),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=0, help_text="raised by every change of time or place (RFC 5545)"
                    ),
                ),
                (
                    "cancelled_why",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom niet"),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conferences",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        help_text="null: the resident, on their own page",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "MDO",
                "ordering": ["-proposed_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["proposed", "planned", "held", "cancelled"])
                        ),
                        name="conference_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_at__isnull", True), ("starts_at__isnull", True)),
                            models.Q(
                                ("ends_at__gt", models.F("starts_at")), ("starts_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="conference_times",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["planned", "held"]), _negated=True),
                            ("starts_at__isnull", False),
                            _connector="OR",
                        ),
                        name="conference_planned_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "cancelled"), _negated=True),
                            models.Q(("cancelled_why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="conference_cancelled_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItemEvent",
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
                    "why",
                    models.CharField(
                        help_text="a B1 sentence for the resident",
                        max_length=300,
                        verbose_name="waarover",
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "resident_invited",
                    models.BooleanField(default=True, verbose_name="inwoner uitgenodigd"),
                ),
                (
                    "not_invited_why",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom niet"),
                ),
                (
                    "told",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="how often the resident got the appointment: SEQUENCE",
                    ),
                ),
                ("answers", models.JSONField(default=list, verbose_name="openingsvragen")),
                (
                    "plan",
                    models.TextField(
                        blank=True, help_text="in the resident's own words", verbose_name="plan"
                    ),
                ),
                (
                    "best",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "ja"), ("no", "nee"), ("", "nog niet gevraagd")],
                        max_length=3,
                        verbose_name="slotvraag",
                    ),
                ),
                ("best_words", models.TextField(blank=True, verbose_name="in eigen woorden")),
                ("minutes", models.TextField(blank=True, verbose_name="verslag")),
                ("written_at", models.DateTimeField(null=True)),
                (
                    "version",
                    models.PositiveIntegerField(default=0, help_text="raised by every writing"),
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
                        to="referrals.agendaitem",
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
                    "written_by",
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
                    "conference",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.conference",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="conference",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="agenda",
                to="referrals.conference",
            ),
        ),
        migrations.CreateModel(
            name="ConferenceEvent",
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
                ("proposed_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "voorgesteld"),
                            ("planned", "gepland"),
                            ("held", "gehouden"),
                            ("cancelled", "gaat niet door"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField(null=True, verbose_name="begint")),
                ("ends_at", models.DateTimeField(null=True, verbose_name="tot")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="waar")),
                (
                    "sequence",
                    models.PositiveIntegerField(
                        default=0, help_text="raised by every change of time or place (RFC 5545)"
                    ),
                ),
                (
                    "cancelled_why",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom niet"),
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
                        to="referrals.conference",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="null: the resident, on their own page",
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
            name="ContactMoment",
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
                    "way",
                    models.CharField(
                        choices=[
                            ("phone", "gebeld"),
                            ("visit", "op bezoek"),
                            ("desk", "aan de balie"),
                            ("video", "beeldbellen"),
                            ("email", "e-mail"),
                            ("sms", "sms"),
                            ("page", "op de eigen pagina geschreven"),
                            ("other", "anders"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("spoken", "gesproken"),
                            ("not_reached", "niet bereikt"),
                            ("message_left", "bericht ingesproken"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "agreed",
                    models.TextField(
                        blank=True, help_text="the resident reads this", verbose_name="afgesproken"
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="staff only", verbose_name="werkaantekening"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_moments",
                        to="intake.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "contactmoment",
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["question", "at"], name="contact_question_at")],
            },
        ),
        migrations.CreateModel(
            name="Correction",
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
                    models.CharField(
                        choices=[
                            ("wrong_domain", "een ander leefgebied dan gekozen"),
                            ("wrong_rule", "de verdeelregel klopt hier niet"),
                            ("no_room", "geen plek op dit moment"),
                            ("resident_wished", "de inwoner wilde het anders"),
                        ],
                        max_length=20,
                        verbose_name="waarom",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="intake.decision",
                    ),
                ),
                (
                    "from_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "to_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "correctie van een toedeling",
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "why__in",
                                ["wrong_domain", "wrong_rule", "no_room", "resident_wished"],
                            )
                        ),
                        name="correction_why_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeletionProof",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        help_text="of `organisations.partnerships.retention_terms`", max_length=15
                    ),
                ),
                ("years", models.PositiveSmallIntegerField(verbose_name="termijn in jaren")),
                ("before", models.DateField(help_text="all of it was last active before this day")),
                ("at", models.DateTimeField()),
                (
                    "rule",
                    models.CharField(
                        help_text="version: `referrals.retention.due.RULE`", max_length=10
                    ),
                ),
                ("questions", models.PositiveIntegerField()),
                ("rows", models.JSONField(help_text="how many rows went, by table")),
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
                "verbose_name": "bewijs van wissen",
                "ordering": ["-at", "id"],
                "indexes": [models.Index(fields=["partnership", "-at"], name="deletion_proof_at")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ["advice", "welfare", "wmo", "debts", "youth_care"]),
                                ("organisation__isnull", False),
                                ("questions__gte", 1),
                            ),
                            models.Q(
                                ("kind", "log"), ("organisation__isnull", True), ("questions", 0)
                            ),
                            _connector="OR",
                        ),
                        name="deletion_proof_of_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                        choices=[
                            ("pick_up", "oppakken"),
                            ("first_contact", "eerste contact"),
                            ("agreed", "afspraak"),
                            ("handover", "overdracht"),
                            ("check", "navraag na afronden"),
                            ("quiet", "lang niets gebeurd"),
                            ("duty", "dienst: mogelijk gevaar"),
                            ("consultation", "even overleggen"),
                            ("clock", "wettelijke termijn"),
                            ("action", "actie uit het MDO"),
                            ("outside", "partner buiten het samenwerkingsverband"),
                            ("review", "terugkijken naar een afscherming"),
                            ("safety", "Meldcode"),
                        ],
                        max_length=15,
                    ),
                ),
                ("sentence", models.CharField(max_length=60)),
                ("parameters", models.JSONField(blank=True, db_default={}, default=dict)),
                (
                    "for_resident",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="whether the resident reads what it is; else only the day",
                    ),
                ),
                (
                    "waits_for",
                    models.CharField(
                        choices=[
                            ("us", "de organisatie"),
                            ("sender", "de gever"),
                            ("receiver", "de ontvanger"),
                            ("resident", "de inwoner"),
                        ],
                        default="us",
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField(verbose_name="wanneer")),
                ("due_version", models.PositiveIntegerField(default=1)),
                (
                    "remind_at",
                    models.DateTimeField(
                        help_text="when the sweep next has to look at it; null: it need not",
                        null=True,
                    ),
                ),
                ("escalation", models.PositiveSmallIntegerField(default=0)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "open"), ("done", "gedaan"), ("cancelled", "vervallen")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="intake.question",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="organisations.team",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "herinnering",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("remind_at__isnull", False), ("status", "open")),
                        fields=["remind_at", "id"],
                        name="follow_up_sweep",
                    ),
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["organisation", "due_on"],
                        name="follow_up_org_due",
                    ),
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["worker", "due_on"],
                        name="follow_up_worker_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status", "open"),
                            (
                                "kind__in",
                                [
                                    "pick_up",
                                    "first_contact",
                                    "handover",
                                    "check",
                                    "quiet",
                                    "duty",
                                    "clock",
                                ],
                            ),
                        ),
                        fields=("question", "kind"),
                        name="follow_up_one_open_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("status", "open")),
                            models.Q(
                                ("done_at__isnull", False), ("status__in", ["done", "cancelled"])
                            ),
                            _connector="OR",
                        ),
                        name="follow_up_done_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sentence__regex", "^[a-z_]+\\.[a-z_]+$")),
                        name="follow_up_sentence_is_a_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
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
                ("asked_at", models.DateTimeField()),
                ("life_domains", models.CharField(blank=True, max_length=300)),
                ("neighbourhood", models.CharField(blank=True, max_length=80)),
                ("text", models.TextField(verbose_name="vraag aan uw collega")),
                ("answer", models.TextField(blank=True, verbose_name="antwoord")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consultations",
                        to="intake.question",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "follow_up",
                    models.OneToOneField(
                        help_text="reminds the one who asked while there is no answer",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="consultation",
                        to="referrals.followup",
                    ),
                ),
            ],
            options={
                "verbose_name": "even overleggen",
                "ordering": ["-asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sender", models.F("receiver")), _negated=True),
                        name="consultation_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="consultation_answered_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
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
                ("proposed_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "voorgesteld aan de inwoner"),
                            ("offered", "aangeboden"),
                            ("question", "de ontvanger vraagt iets"),
                            ("answered", "het antwoord ligt bij de inwoner"),
                            ("accepted", "aangenomen, nog kennismaken"),
                            ("completed", "overgedragen"),
                            ("declined", "niet aangenomen"),
                            ("refused", "inwoner wil het niet"),
                            ("withdrawn", "teruggetrokken"),
                            ("revoked", "gestopt door de inwoner"),
                            ("lapsed", "inwoner niet bereikt"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        help_text="a B1 sentence for the resident",
                        max_length=300,
                        verbose_name="waarom",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        help_text="without the person; the resident approved it",
                        verbose_name="wat de ander moet weten",
                    ),
                ),
                ("resident_yes_at", models.DateTimeField(null=True)),
                ("resident_yes_how", models.CharField(blank=True, max_length=10)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "decline_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom niet"),
                ),
                ("met_at", models.DateTimeField(null=True)),
                ("met_how", models.CharField(blank=True, max_length=10)),
                ("ended_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField(null=True)),
                (
                    "due_for",
                    models.CharField(
                        blank=True, help_text="resident, receiver or sender", max_length=10
                    ),
                ),
                (
                    "escalated_at",
                    models.DateTimeField(
                        help_text="nobody answered in time: the figure 'not taken up' counts these",
                        null=True,
                    ),
                ),
                (
                    "step",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="raised by every move: a message about an earlier step is not true",
                    ),
                ),
                (
                    "sender_stays",
                    models.BooleanField(
                        default=False,
                        help_text="the resident wants the sender to keep helping as well",
                    ),
                ),
                ("meeting_at", models.DateTimeField(null=True, verbose_name="kennismaking")),
                (
                    "meeting_where",
                    models.CharField(blank=True, max_length=200, verbose_name="waar"),
                ),
                ("meeting_version", models.PositiveIntegerField(default=0)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        help_text="the receiver's basis that this handover made; ends with it unless completed",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="intake.sharingbasis",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handovers",
                        to="intake.question",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "resident_yes_recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "warme overdracht",
                "ordering": ["-proposed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["proposed", "offered", "question", "answered", "accepted"],
                            )
                        ),
                        fields=("question",),
                        name="handover_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "proposed",
                                    "offered",
                                    "question",
                                    "answered",
                                    "accepted",
                                    "completed",
                                    "declined",
                                    "refused",
                                    "withdrawn",
                                    "revoked",
                                    "lapsed",
                                ],
                            )
                        ),
                        name="handover_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sender", models.F("receiver")), _negated=True),
                        name="handover_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "status__in",
                                    [
                                        "offered",
                                        "question",
                                        "answered",
                                        "accepted",
                                        "completed",
                                        "declined",
                                    ],
                                ),
                                _negated=True,
                            ),
                            ("resident_yes_at__isnull", False),
                            _connector="OR",
                        ),
                        name="handover_resident_yes_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["accepted", "completed"]), _negated=True),
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="handover_receiver_yes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "completed"), _negated=True),
                            ("met_at__isnull", False),
                            _connector="OR",
                        ),
                        name="handover_resident_met",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), _negated=True),
                            models.Q(("decline_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_decline_reasoned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                (
                                    "status__in",
                                    ["proposed", "offered", "question", "answered", "accepted"],
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "status__in",
                                        ["proposed", "offered", "question", "answered", "accepted"],
                                    ),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="handover_ended_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverEvent",
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
                ("proposed_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "voorgesteld aan de inwoner"),
                            ("offered", "aangeboden"),
                            ("question", "de ontvanger vraagt iets"),
                            ("answered", "het antwoord ligt bij de inwoner"),
                            ("accepted", "aangenomen, nog kennismaken"),
                            ("completed", "overgedragen"),
                            ("declined", "niet aangenomen"),
                            ("refused", "inwoner wil het niet"),
                            ("withdrawn", "teruggetrokken"),
                            ("revoked", "gestopt door de inwoner"),
                            ("lapsed", "inwoner niet bereikt"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        help_text="a B1 sentence for the resident",
                        max_length=300,
                        verbose_name="waarom",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        help_text="without the person; the resident approved it",
                        verbose_name="wat de ander moet weten",
                    ),
                ),
                ("resident_yes_at", models.DateTimeField(null=True)),
                ("resident_yes_how", models.CharField(blank=True, max_length=10)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "decline_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom niet"),
                ),
                ("met_at", models.DateTimeField(null=True)),
                ("met_how", models.CharField(blank=True, max_length=10)),
                ("ended_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField(null=True)),
                (
                    "due_for",
                    models.CharField(
                        blank=True, help_text="resident, receiver or sender", max_length=10
                    ),
                ),
                (
                    "escalated_at",
                    models.DateTimeField(
                        help_text="nobody answered in time: the figure 'not taken up' counts these",
                        null=True,
                    ),
                ),
                (
                    "step",
                    models.PositiveIntegerField(
                        default=1,
                        help_text="raised by every move: a message about an earlier step is not true",
                    ),
                ),
                (
                    "sender_stays",
                    models.BooleanField(
                        default=False,
                        help_text="the resident wants the sender to keep helping as well",
                    ),
                ),
                ("meeting_at", models.DateTimeField(null=True, verbose_name="kennismaking")),
                (
                    "meeting_where",
                    models.CharField(blank=True, max_length=200, verbose_name="waar"),
                ),
                ("meeting_version", models.PositiveIntegerField(default=0)),
                (
                    "answered_by",
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
                    "basis",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="the receiver's basis that this handover made; ends with it unless completed",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="intake.sharingbasis",
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
                        to="referrals.handover",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "receiver",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "resident_yes_recorded_by",
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
                    "sender",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HandoverTalk",
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
                ("text", models.TextField()),
                (
                    "needs_yes",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="an answer of the sender: about the resident",
                    ),
                ),
                ("resident_yes_at", models.DateTimeField(null=True)),
                (
                    "resident_yes_how",
                    models.CharField(blank=True, db_default="", default="", max_length=10),
                ),
                ("refused_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="talk",
                        to="referrals.handover",
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
                    "resident_yes_recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "vraag bij een overdracht",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("resident_yes_at__isnull", True),
                            ("refused_at__isnull", True),
                            _connector="OR",
                        ),
                        name="handover_talk_yes_or_no",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("resident_yes_at__isnull", True),
                            models.Q(("resident_yes_how", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_talk_yes_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeldcodeStep",
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
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "signalen in kaart brengen"),
                            (2, "overleggen met een collega en zo nodig met Veilig Thuis"),
                            (3, "praten met de betrokkenen"),
                            (4, "wegen of er (acuut) gevaar is"),
                            (5, "beslissen: melden, en hulp die past"),
                        ],
                        verbose_name="stap",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("done", "gedaan"),
                            ("skipped", "bewust niet gedaan"),
                            ("advised", "advies gevraagd aan Veilig Thuis"),
                            ("reported", "gemeld bij Veilig Thuis"),
                            ("not_reported", "niet gemeld"),
                        ],
                        max_length=12,
                        verbose_name="uitkomst",
                    ),
                ),
                ("done_on", models.DateField(verbose_name="wanneer")),
                (
                    "note",
                    models.TextField(
                        help_text="staff with a basis only",
                        verbose_name="wat is er gedaan of gezien",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "aan de telefoon"),
                            ("form", "met het formulier van Veilig Thuis"),
                            ("spoken", "in een gesprek"),
                            ("", "niet van toepassing"),
                        ],
                        max_length=6,
                        verbose_name="hoe",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("danger", "acuut gevaar"),
                            ("legal_duty", "wettelijke plicht of meldrecht"),
                            ("", "niet van toepassing"),
                        ],
                        max_length=10,
                        verbose_name="grondslag",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="waarom")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
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
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meldcode_steps",
                        to="intake.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "stap van de Meldcode",
                "ordering": ["step", "at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("step__range", (1, 5))), name="meldcode_step_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["done", "skipped"]),
                            models.Q(("outcome", "advised"), ("step__in", [2, 4, 5])),
                            models.Q(("outcome__in", ["reported", "not_reported"]), ("step", 5)),
                            _connector="OR",
                        ),
                        name="meldcode_outcome_fits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True), name="meldcode_noted"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "reported"), _negated=True),
                            models.Q(
                                models.Q(("way", ""), _negated=True),
                                ("ground__in", ["danger", "legal_duty"]),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="meldcode_report_on_a_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideHandover",
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
                ("sent_at", models.DateTimeField()),
                ("name", models.CharField(max_length=120, verbose_name="naam van de partner")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mailadres")),
                (
                    "why",
                    models.CharField(
                        help_text="a B1 sentence for the resident",
                        max_length=300,
                        verbose_name="waarom",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        help_text="without the person", verbose_name="wat de ander moet weten"
                    ),
                ),
                ("yes_how", models.CharField(max_length=10)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code_digest", models.BinaryField(max_length=32)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("offered", "gevraagd"),
                            ("accepted", "gaat helpen"),
                            ("declined", "kan niet helpen"),
                            ("withdrawn", "teruggetrokken"),
                            ("stopped", "gestopt door de inwoner"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, verbose_name="antwoord")),
                ("ended_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField(verbose_name="antwoord uiterlijk")),
                (
                    "silent_at",
                    models.DateTimeField(
                        help_text="nobody answered in time, and the coordinators were told",
                        null=True,
                    ),
                ),
                (
                    "follow_up",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="outside_handover",
                        to="referrals.followup",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outside",
                        to="intake.question",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "overdracht naar buiten",
                "ordering": ["-sent_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["offered", "accepted", "declined", "withdrawn", "stopped"],
                            )
                        ),
                        name="outside_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("status", "offered")),
                            models.Q(
                                models.Q(("status", "offered"), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="outside_ended_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="outside_decline_reasoned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("yes_how", ""), _negated=True),
                        name="outside_resident_yes_first",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "offered")),
                        fields=("question", "email"),
                        name="outside_one_open_an_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideHandoverEvent",
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
                ("sent_at", models.DateTimeField()),
                ("name", models.CharField(max_length=120, verbose_name="naam van de partner")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mailadres")),
                (
                    "why",
                    models.CharField(
                        help_text="a B1 sentence for the resident",
                        max_length=300,
                        verbose_name="waarom",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        help_text="without the person", verbose_name="wat de ander moet weten"
                    ),
                ),
                ("yes_how", models.CharField(max_length=10)),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("offered", "gevraagd"),
                            ("accepted", "gaat helpen"),
                            ("declined", "kan niet helpen"),
                            ("withdrawn", "teruggetrokken"),
                            ("stopped", "gestopt door de inwoner"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, verbose_name="antwoord")),
                ("ended_at", models.DateTimeField(null=True)),
                ("due_on", models.DateField(verbose_name="antwoord uiterlijk")),
                (
                    "silent_at",
                    models.DateTimeField(
                        help_text="nobody answered in time, and the coordinators were told",
                        null=True,
                    ),
                ),
                (
                    "follow_up",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.followup",
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
                        to="referrals.outsidehandover",
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
                    "sender",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        db_constraint=False,
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
            name="Participant",
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
                    "works_at",
                    models.CharField(blank=True, max_length=120, verbose_name="organisatie"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres"),
                ),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("invited_at", models.DateTimeField()),
                ("comes", models.BooleanField(null=True, verbose_name="komt")),
                ("answered_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "told",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="how often they got the appointment or its end: version of the message, SEQUENCE",
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="referrals.conference",
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
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "deelnemer aan een MDO",
                "ordering": ["invited_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("conference", "user"),
                        name="participant_user_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        fields=("conference", "email"),
                        name="participant_email_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("email", ""),
                                ("name", ""),
                                ("organisation__isnull", False),
                                ("user__isnull", False),
                            ),
                            models.Q(
                                ("organisation__isnull", True),
                                ("user__isnull", True),
                                models.Q(("email", ""), _negated=True),
                                models.Q(("name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="participant_inside_or_outside",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConferenceAction",
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
                ("what", models.CharField(max_length=200, verbose_name="wat")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="referrals.agendaitem",
                    ),
                ),
                (
                    "follow_up",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conference_action",
                        to="referrals.followup",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        help_text="null: the resident",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="referrals.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "actie uit een MDO",
                "ordering": ["follow_up__due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Referral",
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
                    "part",
                    models.CharField(
                        choices=[("lead", "heeft de leiding"), ("support", "helpt mee")],
                        max_length=10,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="referrals",
                        to="intake.question",
                    ),
                ),
            ],
            options={
                "ordering": ["since"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("part", "lead"), ("until__isnull", True)),
                        fields=("question",),
                        name="referral_one_lead",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("question", "organisation"),
                        name="referral_once_an_organisation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportCell",
            fields=[
                (
                    "municipality",
                    models.CharField(blank=True, help_text="empty: not known", max_length=6),
                ),
                ("neighbourhood", models.UUIDField(null=True)),
                ("organisation", models.UUIDField(help_text="the lead")),
                ("life_domain", models.UUIDField(null=True)),
                (
                    "several",
                    models.BooleanField(default=False, help_text="more than one life domain"),
                ),
                ("channel", models.CharField(max_length=10)),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("month", models.DateField(help_text="first day of the month, Europe/Amsterdam")),
                ("received", models.IntegerField(default=0)),
                ("helped", models.IntegerField(default=0)),
                (
                    "departed",
                    models.BooleanField(
                        default=False,
                        help_text="of questions that were deleted at the end of their term",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["partnership", "month"], name="report_cell_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportedQuestion",
            fields=[
                (
                    "municipality",
                    models.CharField(blank=True, help_text="empty: not known", max_length=6),
                ),
                ("neighbourhood", models.UUIDField(null=True)),
                ("organisation", models.UUIDField(help_text="the lead")),
                ("life_domain", models.UUIDField(null=True)),
                (
                    "several",
                    models.BooleanField(default=False, help_text="more than one life domain"),
                ),
                ("channel", models.CharField(max_length=10)),
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reported",
                        serialize=False,
                        to="intake.question",
                    ),
                ),
                (
                    "received_month",
                    models.DateField(help_text="first day of the month, Europe/Amsterdam"),
                ),
                (
                    "helped_month",
                    models.DateField(help_text="null: not closed as helped", null=True),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReportPublication",
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
                    "municipality",
                    models.CharField(blank=True, help_text="empty: not known", max_length=6),
                ),
                ("quarter", models.DateField(help_text="first day of the quarter")),
                ("published_at", models.DateTimeField()),
                ("threshold", models.PositiveSmallIntegerField()),
                (
                    "tables",
                    models.JSONField(help_text="referrals/reports/publishing.py has the form"),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_publications",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "gepubliceerde cijfers",
                "ordering": ["-quarter", "municipality"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "municipality", "quarter"),
                        name="report_published_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignalBundle",
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
                ("title", models.CharField(max_length=120, verbose_name="waar het over gaat")),
                (
                    "text",
                    models.TextField(help_text="without any person", verbose_name="wat wij zien"),
                ),
                (
                    "asks",
                    models.TextField(
                        help_text="of the administrators", verbose_name="wat wij vragen"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("meeting_on", models.DateField(verbose_name="bestuurlijk overleg")),
                ("sent_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, verbose_name="antwoord")),
                ("answered_on", models.DateField(null=True, verbose_name="datum van het antwoord")),
                ("answer_recorded_at", models.DateTimeField(null=True)),
                (
                    "answer_recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signal_bundles",
                        to="organisations.municipality",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signal_bundles",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bundel signalen",
                "ordering": ["-meeting_on", "-made_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="signal_bundle_sent_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answer_recorded_at__isnull", True),
                                ("answer_recorded_by__isnull", True),
                                ("answered_on__isnull", True),
                            ),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answer_recorded_at__isnull", False),
                                ("answer_recorded_by__isnull", False),
                                ("answered_on__isnull", False),
                                ("sent_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="signal_bundle_answer_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signal",
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
                        choices=[
                            ("residents", "wat inwoners nodig hebben"),
                            ("rules", "een regel of beleid dat knelt"),
                            ("cooperation", "hoe wij samenwerken"),
                            ("time", "tijd die wij nodig hebben"),
                            ("room", "ruimte om te doen wat nodig is"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(verbose_name="wat u ziet")),
                ("written_at", models.DateTimeField()),
                (
                    "aside_why",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="waarom niet naar het overleg"
                    ),
                ),
                ("aside_at", models.DateTimeField(null=True)),
                (
                    "aside_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signals",
                        to="organisations.municipality",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signals",
                        to="organisations.partnership",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "bundle",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signals",
                        to="referrals.signalbundle",
                    ),
                ),
            ],
            options={
                "verbose_name": "signaal uit de praktijk",
                "ordering": ["-written_at", "-id"],
                "indexes": [
                    models.Index(fields=["partnership", "municipality"], name="signal_where")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["residents", "rules", "cooperation", "time", "room"])
                        ),
                        name="signal_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("aside_at__isnull", True),
                                ("aside_by__isnull", True),
                                ("aside_why", ""),
                            ),
                            models.Q(
                                models.Q(("aside_why", ""), _negated=True),
                                ("aside_at__isnull", False),
                                ("aside_by__isnull", False),
                                ("bundle__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="signal_aside_reasoned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("aside_at__isnull", True),
                            ("aside_at__gte", models.F("written_at")),
                            _connector="OR",
                        ),
                        name="signal_aside_after",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="conference",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "referrals_conferenceevent" ("cancelled_why", "ends_at", "id", "partnership_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "proposed_at", "proposed_by_id", "sequence", "starts_at", "status") VALUES (OLD."cancelled_why", OLD."ends_at", OLD."id", OLD."partnership_id", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."place", OLD."proposed_at", OLD."proposed_by_id", OLD."sequence", OLD."starts_at", OLD."status"); RETURN NULL;',
                    hash="f47a69eaa26cf53ec5a5c7b9e3d546f34ab3c44c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b2671",
                    table="referrals_conference",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                fields=("conference", "question"), name="agenda_question_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="agendaitem",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "referrals_agendaitemevent" ("added_at", "answers", "best", "best_words", "conference_id", "id", "minutes", "not_invited_why", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "question_id", "resident_invited", "told", "version", "why", "written_at", "written_by_id") VALUES (OLD."added_at", OLD."answers", OLD."best", OLD."best_words", OLD."conference_id", OLD."id", OLD."minutes", OLD."not_invited_why", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."plan", OLD."question_id", OLD."resident_invited", OLD."told", OLD."version", OLD."why", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                    hash="920c06ac72b4cbbf321f36c4f27235634a78ac19",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_05a10",
                    table="referrals_agendaitem",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d5d95bb2f98dd2e352322623bb9b1449cfdb41d5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a2c9d",
                    table="referrals_correction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="correction",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: % only grows', TG_TABLE_NAME;",
                    hash="6014defc289330e4d8d192c09d6b69c868863c93",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_afd1c",
                    table="referrals_correction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deletionproof",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d744a11e403e01cd27703e23aab419de748b762b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b58fa",
                    table="referrals_deletionproof",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="deletionproof",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: % only grows', TG_TABLE_NAME;",
                    hash="643ca04cf0927213e14e997d912b48e3b74ec60f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_76be2",
                    table="referrals_deletionproof",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="handover",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "referrals_handoverevent" ("answered_at", "answered_by_id", "basis_id", "decline_reason", "due_for", "due_on", "ended_at", "escalated_at", "id", "meeting_at", "meeting_version", "meeting_where", "met_at", "met_how", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "question_id", "receiver_id", "resident_yes_at", "resident_yes_how", "resident_yes_recorded_by_id", "sender_id", "sender_stays", "status", "step", "summary", "why") VALUES (OLD."answered_at", OLD."answered_by_id", OLD."basis_id", OLD."decline_reason", OLD."due_for", OLD."due_on", OLD."ended_at", OLD."escalated_at", OLD."id", OLD."meeting_at", OLD."meeting_version", OLD."meeting_where", OLD."met_at", OLD."met_how", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."proposed_at", OLD."proposed_by_id", OLD."question_id", OLD."receiver_id", OLD."resident_yes_at", OLD."resident_yes_how", OLD."resident_yes_recorded_by_id", OLD."sender_id", OLD."sender_stays", OLD."status", OLD."step", OLD."summary", OLD."why"); RETURN NULL;',
                    hash="0d3bead153128c5bcb5330970cb8581b944b70b3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1465d",
                    table="referrals_handover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="meldcodestep",
            trigger=pgtrigger.compiler.Trigger(
                name="unchanged",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="84d389aaf81bf2a8e1892fbda2c8ed8df604fcec",
                    operation="UPDATE",
                    pgid="pgtrigger_unchanged_512a0",
                    table="referrals_meldcodestep",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="outsidehandover",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."follow_up_id" IS DISTINCT FROM (NEW."follow_up_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."question_id" IS DISTINCT FROM (NEW."question_id") OR OLD."sender_id" IS DISTINCT FROM (NEW."sender_id") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_by_id" IS DISTINCT FROM (NEW."sent_by_id") OR OLD."silent_at" IS DISTINCT FROM (NEW."silent_at") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."token" IS DISTINCT FROM (NEW."token") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."yes_how" IS DISTINCT FROM (NEW."yes_how"))',
                    func='INSERT INTO "referrals_outsidehandoverevent" ("answer", "due_on", "email", "ended_at", "follow_up_id", "id", "name", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "sender_id", "sent_at", "sent_by_id", "silent_at", "status", "summary", "token", "why", "yes_how") VALUES (OLD."answer", OLD."due_on", OLD."email", OLD."ended_at", OLD."follow_up_id", OLD."id", OLD."name", OLD."opened_at", _pgh_attach_context(), NOW(), \'update\', OLD."id", OLD."question_id", OLD."sender_id", OLD."sent_at", OLD."sent_by_id", OLD."silent_at", OLD."status", OLD."summary", OLD."token", OLD."why", OLD."yes_how"); RETURN NULL;',
                    hash="ee7aee8b64f7a7976c501e91efec8c41812e3330",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_abf9a",
                    table="referrals_outsidehandover",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportpublication",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="04ec481ae6808c03a5cb6fc7ec76eb23424da111",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4a2f6",
                    table="referrals_reportpublication",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportpublication",
            trigger=pgtrigger.compiler.Trigger(
                name="no_truncate",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: % only grows', TG_TABLE_NAME;",
                    hash="08e888953bdca8ddc8ca26f5091854c9f704467c",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_no_truncate_1ec50",
                    table="referrals_reportpublication",
                    when="BEFORE",
                ),
            ),
        ),
    ]
