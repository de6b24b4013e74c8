"""A rehearsal begins and ends without a question."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [("intake", "0015_language_of_words"), ("organisations", "0027_rehearsal")]

    operations = [*run_sql_files(__file__, "rehearsal.sql")]
