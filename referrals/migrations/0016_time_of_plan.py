"""A plan can have a time of day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0015_invitations_sent")]

    operations = [
        migrations.AddField(
            "followup",
            "at_time",
            models.TimeField(blank=True, help_text="the time of a plan, if it has one", null=True),
        ),
    ]
