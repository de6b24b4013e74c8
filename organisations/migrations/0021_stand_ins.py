"""Who stands in works in the same organisation, and is there."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [("organisations", "0020_partnership_revision_guards")]

    operations = [*run_sql_files(__file__, "stand_ins.sql")]
