"""A partnership that its own people try before its door opens."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0026_going_to_a_service")]

    operations = [
        migrations.AddField(
            model_name="partnership",
            name="rehearsing_since",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="in rehearsal since; empty: not in rehearsal",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("live", False), ("rehearsing_since__isnull", True), _connector="OR"
                ),
                name="partnership_rehearses_closed",
            ),
        ),
    ]
