import django.db.models.deletion
from django.db import migrations, models

import welzijn.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DemoMail",
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
                ("message_id", models.CharField(max_length=200)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "Email"),
                            ("sms", "Sms"),
                            ("digest", "Digest"),
                            ("none", "None"),
                        ],
                        default="email",
                        max_length=10,
                    ),
                ),
                ("recipient", models.CharField(max_length=254)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("calendar", models.TextField(blank=True)),
                ("headers", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="DigestChoice",
            fields=[
                (
                    "recipient_key",
                    models.CharField(max_length=80, primary_key=True, serialize=False),
                ),
                ("stopped_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Message",
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
                    "subject_kind",
                    models.CharField(help_text="a kind known to registry.py", max_length=60),
                ),
                ("subject_id", models.UUIDField(help_text="the row that is due")),
                (
                    "due_version",
                    models.PositiveIntegerField(default=1, help_text="raised when its date moves"),
                ),
                (
                    "recipient_key",
                    models.CharField(help_text="who, by id; never an address", max_length=80),
                ),
                (
                    "about_id",
                    models.UUIDField(
                        blank=True,
                        help_text="the question, so that retention finds this row",
                        null=True,
                    ),
                ),
                (
                    "recipient_kind",
                    models.CharField(
                        choices=[("resident", "Resident"), ("staff", "Staff")], max_length=10
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "Email"),
                            ("sms", "Sms"),
                            ("digest", "Digest"),
                            ("none", "None"),
                        ],
                        max_length=10,
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=254)),
                ("language", models.CharField(default="nl", max_length=5)),
                ("template", models.CharField(max_length=40)),
                (
                    "context",
                    models.JSONField(
                        default=dict, help_text="without a person: content.py has the keys"
                    ),
                ),
                (
                    "calendar",
                    models.TextField(blank=True, help_text="an iCalendar invitation to go along"),
                ),
                (
                    "discreet",
                    models.BooleanField(
                        default=False, help_text="no link: a host name says who we are"
                    ),
                ),
                ("urgent", models.BooleanField(default=False)),
                ("at_work", models.BooleanField(default=False, help_text="only in working hours")),
                ("contact_from", models.TimeField(blank=True, null=True)),
                ("contact_until", models.TimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("not_before", models.DateTimeField(help_text="when it is due; order of sending")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "wacht"),
                            ("sending", "wordt verstuurd"),
                            ("sent", "verstuurd"),
                            ("no_longer_true", "niet meer nodig"),
                            ("failed", "niet gelukt"),
                            ("bounced", "teruggekomen"),
                            ("shown", "staat alleen op de pagina"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                (
                    "held_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="nobody takes it before: a lease, a pause after a refusal, or a night",
                        null=True,
                    ),
                ),
                ("claimed_by", models.CharField(blank=True, max_length=80)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "error",
                    models.CharField(
                        blank=True, help_text="a class or code, no person", max_length=200
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="organisations.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "bericht",
                "verbose_name_plural": "berichten",
                "ordering": ["not_before", "id"],
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("urgent"), descending=True),
                        models.F("not_before"),
                        models.F("id"),
                        condition=models.Q(
                            ("channel__in", ["email", "sms"]),
                            ("status__in", ["waiting", "sending"]),
                        ),
                        name="message_due",
                    ),
                    models.Index(
                        condition=models.Q(("channel", "digest"), ("status", "waiting")),
                        fields=["recipient_key", "not_before"],
                        name="message_for_digest",
                    ),
                    models.Index(fields=["about_id"], name="message_about"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_id", "due_version", "recipient_key"),
                        name="message_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "waiting",
                                    "sending",
                                    "sent",
                                    "no_longer_true",
                                    "failed",
                                    "bounced",
                                    "shown",
                                ],
                            )
                        ),
                        name="message_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["email", "sms", "digest", "none"])),
                        name="message_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recipient_kind", "staff"),
                            models.Q(
                                ("recipient_kind", "resident"),
                                ("template__in", ("news", "check", "appointment")),
                            ),
                            _connector="OR",
                        ),
                        name="message_to_resident_says_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "sending"), _negated=True),
                            ("held_until__isnull", False),
                            _connector="OR",
                        ),
                        name="message_sending_has_lease",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["sent", "bounced"]), _negated=True),
                            ("sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="message_sent_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "shown"),
                            models.Q(("channel", "none"), _negated=True),
                            _connector="OR",
                        ),
                        name="message_without_channel_is_shown",
                    ),
                ],
            },
        ),
    ]
