"""Rules of a file that move questions wait for the yes of who gains or loses."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from welzijn.audit.protection.install import put_on_tables
from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0029_working_together"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ruleset",
            name="asks_nobody",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="of a file: nobody who gains or loses questions has a coordinator",
            ),
        ),
        migrations.AlterField(
            model_name="ruleproposal",
            name="asked_by",
            field=models.ForeignKey(
                help_text="none: a partnership file asks",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        *run_sql_files(__file__, "file_rules_agreed.sql"),
        put_on_tables(),
    ]
