"""When each scheduled task last succeeded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sweeps", "0002_notified_at"),
    ]

    operations = [
        migrations.CreateModel(
            name="SweepRun",
            fields=[
                ("task", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("succeeded_at", models.DateTimeField()),
            ],
        ),
    ]
