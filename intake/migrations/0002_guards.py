"""What keeps questions inside their partnership, and the count of open work."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """The triggers and constraints that Django's models can't declare."""

    dependencies = [("intake", "0001_initial"), ("organisations", "0002_guards")]
    operations = run_sql_files(
        __file__,
        "partnership_isolation.sql",
        "open_work.sql",
    )
