"""Steps that were written down wrongly are struck through."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import welzijn.core.ids
from welzijn.audit.protection.install import put_on_tables


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0007_person_details"),
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
                    ("safety", "veiligheid"),
                    ("closed", "afgerond"),
                    ("reopened", "heropend"),
                    ("withdrawn", "ingetrokken"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="StruckEntry",
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
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reden")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="struck",
                        to="intake.timelineentry",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "doorgehaalde stap",
                "verbose_name_plural": "doorgehaalde stappen",
            },
        ),
        put_on_tables(),
    ]
