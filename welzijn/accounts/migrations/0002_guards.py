"""The table of the shared cache."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """The triggers and constraints that Django's models can't declare."""

    dependencies = [("accounts", "0001_initial")]
    operations = run_sql_files(
        __file__,
        "cache_table.sql",
    )
