"""When the administrator heard of a row that was set aside: `notified_at`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("sweeps", "0001_initial"),
    ]

    operations = [
        migrations.RenameField(
            model_name="setaside",
            old_name="told_at",
            new_name="notified_at",
        ),
    ]
