"""Photos and PDFs of letters, of questions and of drafts."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from welzijn.audit.protection.install import put_on_tables
from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0010_ended"),
        ("organisations", "0010_figure_noise"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="timelineentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("received", "binnengekomen"),
                    ("decided", "toegedeeld"),
                    ("added", "aangevuld"),
                    ("picked_up", "opgepakt"),
                    ("assigned", "toegewezen"),
                    ("moved", "verplaatst"),
                    ("judged", "beoordeeld"),
                    ("contact", "contact"),
                    ("note", "notitie"),
                    ("follow_up", "afspraak"),
                    ("consulted", "even overlegd"),
                    ("handover", "overdracht"),
                    ("shared", "gedeeld"),
                    ("revoked", "delen gestopt"),
                    ("code", "nieuwe code"),
                    ("household", "gezin"),
                    ("conference", "samen overleggen"),
                    ("changed", "gegevens gewijzigd"),
                    ("attached", "brief of foto"),
                    ("safety", "veiligheid"),
                    ("closed", "afgerond"),
                    ("reopened", "heropend"),
                    ("withdrawn", "ingetrokken"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="DraftAttachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("bundle", models.BinaryField(max_length=32)),
                ("slot", models.PositiveSmallIntegerField()),
                ("about", models.BinaryField()),
                ("payload", models.BinaryField()),
                ("touched_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["slot"],
                "indexes": [models.Index(fields=["touched_at"], name="draft_attachment_touched")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bundle", "slot"), name="draft_attachment_slot_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slot__range", (1, 3))), name="draft_attachment_at_most"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("resident", "inwoner"), ("staff", "medewerker")], max_length=8
                    ),
                ),
                ("slot", models.PositiveSmallIntegerField()),
                (
                    "media_type",
                    models.CharField(
                        choices=[("image/jpeg", "foto"), ("application/pdf", "PDF")], max_length=20
                    ),
                ),
                ("size", models.PositiveIntegerField(help_text="bytes, before encryption")),
                ("added_at", models.DateTimeField()),
                ("for_resident", models.BooleanField(default=True)),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("clean", "gecontroleerd"),
                            ("waiting", "wordt nog gecontroleerd"),
                            ("not_scanned", "niet gecontroleerd: er is geen virusscanner"),
                            ("infected", "niet veilig, weggegooid"),
                        ],
                        max_length=11,
                    ),
                ),
                ("scanned_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                ("wrapped_key", models.TextField()),
                ("key_mark", models.CharField(max_length=16)),
                ("payload", models.BinaryField(null=True)),
                (
                    "added_by",
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
                        related_name="attachments",
                        to="intake.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "bijlage",
                "ordering": ["added_at", "source", "slot"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("scan", "waiting")),
                        fields=["added_at"],
                        name="attachment_waiting",
                    ),
                    models.Index(fields=["key_mark"], name="attachment_key_mark"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("payload__isnull", False)),
                        fields=("question", "source", "slot"),
                        name="attachment_slot_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("slot__range", (1, 3)), ("source", "resident")),
                            models.Q(("slot__range", (1, 10)), ("source", "staff")),
                            _connector="OR",
                        ),
                        name="attachment_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("media_type__in", ["image/jpeg", "application/pdf"])),
                        name="attachment_type_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__range", (1, 10485760))),
                        name="attachment_size_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scan__in", ["clean", "waiting", "not_scanned", "infected"])
                        ),
                        name="attachment_scan_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("payload__isnull", False),
                                ("removed_at__isnull", True),
                                models.Q(("scan", "infected"), _negated=True),
                            ),
                            models.Q(
                                ("payload__isnull", True),
                                models.Q(
                                    ("removed_at__isnull", False),
                                    ("scan", "infected"),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="attachment_file_or_gone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("added_by__isnull", True),
                                ("organisation__isnull", True),
                                ("source", "resident"),
                            ),
                            models.Q(
                                ("added_by__isnull", False),
                                ("organisation__isnull", False),
                                ("source", "staff"),
                            ),
                            _connector="OR",
                        ),
                        name="attachment_staff_is_named",
                    ),
                ],
            },
        ),
        *run_sql_files(__file__, "attachment_limits.sql"),
        put_on_tables(),
    ]
