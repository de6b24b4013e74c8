"""Why a message did not arrive, refusals of one server, and the day of an unconfirmed address."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
        ("organisations", "0008_duty_fit"),
    ]

    operations = [
        migrations.CreateModel(
            name="Refusal",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="refusal",
                        serialize=False,
                        to="notifications.message",
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
                (
                    "destination",
                    models.CharField(help_text="a keyed hash of a domain or number", max_length=40),
                ),
                (
                    "answer",
                    models.CharField(help_text="the class of the answer, no person", max_length=80),
                ),
                ("at", models.DateTimeField()),
                (
                    "is_final",
                    models.BooleanField(
                        default=False,
                        help_text="other mail was taken since: the next refusal is the recipient's",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="message",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("address", "het e-mailadres bestaat niet (meer)"),
                    ("no_texts", "dit nummer ontvangt geen sms"),
                    ("full", "de mailbox is vol"),
                    ("too_big", "het bericht was te groot"),
                    ("refused", "de mailserver of sms-dienst weigerde het bericht"),
                    ("no_answer", "het lukte steeds niet, en de termijn is voorbij"),
                    ("fault", "er ging iets mis bij Voordeur of de sms-dienst"),
                ],
                db_default="",
                default="",
                help_text="why it did not arrive",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="reported_at",
            field=models.DateTimeField(blank=True, help_text="when that was heard", null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="reports",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, help_text="how often news of its end changed"
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="unconfirmed_on",
            field=models.DateField(
                blank=True,
                help_text="the day it took at an address that nobody confirmed",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                models.F("partnership"),
                django.db.models.functions.text.Lower("address"),
                models.F("unconfirmed_on"),
                condition=models.Q(("unconfirmed_on__isnull", False)),
                name="message_unconfirmed_once_a_day",
            ),
        ),
        migrations.RunSQL(
            "UPDATE notifications_message SET reason = CASE channel WHEN 'sms' THEN 'no_texts'"
            " ELSE 'address' END WHERE status = 'bounced'",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "",
                            "address",
                            "no_texts",
                            "full",
                            "too_big",
                            "refused",
                            "no_answer",
                            "fault",
                        ],
                    )
                ),
                name="message_reason_known",
            ),
        ),
    ]
