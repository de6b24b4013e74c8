"""Messages of a rehearsal get a status of their own, and are never sent."""

from django.db import migrations, models

from welzijn.core.sql_files import run_sql_files

_STATUSES = [
    ("waiting", "wacht"),
    ("sending", "wordt verstuurd"),
    ("sent", "verstuurd"),
    ("no_longer_true", "niet meer nodig"),
    ("failed", "niet gelukt"),
    ("bounced", "teruggekomen"),
    ("shown", "staat alleen op de pagina"),
    ("rehearsed", "oefening: niet verstuurd"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0003_mail_at_once"),
        ("organisations", "0027_rehearsal"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="message", name="message_status_known"),
        migrations.AlterField(
            model_name="message",
            name="status",
            field=models.CharField(choices=_STATUSES, default="waiting", max_length=20),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", [value for value, _label in _STATUSES])),
                name="message_status_known",
            ),
        ),
        *run_sql_files(__file__, "rehearsal.sql"),
    ]
