"""A worker can choose each mail at once instead of the daily one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_what_came_back")]

    operations = [
        migrations.AddField(
            "digestchoice",
            "at_once",
            models.BooleanField(
                db_default=False,
                default=False,
                help_text="mails in working hours instead of a digest",
            ),
        ),
    ]
