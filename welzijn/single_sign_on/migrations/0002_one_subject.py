"""One subject per user."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """What allauth's models don't declare."""

    dependencies = [
        ("single_sign_on", "0001_initial"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]
    operations = run_sql_files(__file__, "one_subject.sql")
