"""Only who can act on an alarm is on duty."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """The triggers that refuse an unfit duty, and end it with its role, account or team."""

    dependencies = [
        ("organisations", "0007_role_approval"),
        ("socialaccount", "0001_initial"),
    ]
    operations = run_sql_files(__file__, "duty_fit.sql")
