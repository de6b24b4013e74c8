"""What keeps partnerships apart, published rules unchanged and front doors fresh."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """The triggers and constraints that Django's models can't declare."""

    dependencies = [("organisations", "0001_initial")]
    operations = run_sql_files(
        __file__,
        "partnership_isolation.sql",
        "front_door_version.sql",
        "published_rules.sql",
    )
