"""Texts for residents take two people."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """The triggers of proposals and revisions."""

    dependencies = [("organisations", "0019_partnership_revisions")]
    operations = run_sql_files(__file__, "partnership_revisions.sql")
