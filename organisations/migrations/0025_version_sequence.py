"""A version of a partnership that was rolled back is never given again."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [("organisations", "0024_second_person")]

    operations = [*run_sql_files(__file__, "version_sequence.sql")]
