"""A front door is read anew when a municipality or a rule's supporting organisation changes."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """The triggers that Django's models can't declare."""

    dependencies = [("organisations", "0004_sign_on")]
    operations = run_sql_files(__file__, "front_door_version_2.sql")
