"""The desk passes on what a caller asks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0007_evidence"),
    ]

    operations = [
        migrations.AlterField(
            model_name="followup",
            name="kind",
            field=models.CharField(
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
                    ("desk", "bericht van de balie"),
                ],
                max_length=15,
            ),
        ),
    ]
