"""Possible danger that nobody opens is looked at again after the partnership's own minutes."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """Replace the function of the trigger."""

    dependencies = [
        ("referrals", "0003_erased_question"),
        ("organisations", "0008_duty_fit"),
    ]
    operations = run_sql_files(__file__, "danger_opened_within.sql")
