"""Somebody is away once at a time: two absences at once would give two stand-ins the same work."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import migrations, models

from organisations.roles.availability_models import Days


class Migration(migrations.Migration):
    dependencies = [("organisations", "0013_translations")]

    operations = [
        migrations.AddConstraint(
            model_name="absence",
            constraint=ExclusionConstraint(
                name="absence_once_a_day",
                expressions=[
                    ("user", "="),
                    ("partnership", "="),
                    (Days("since", "until", models.Value("[]")), "&&"),
                ],
            ),
        )
    ]
