"""Where two people decide, no administrator plays both."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [("organisations", "0023_rule_consent")]

    operations = [*run_sql_files(__file__, "second_person.sql")]
