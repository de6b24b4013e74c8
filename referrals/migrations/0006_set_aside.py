"""Keep what was set aside as a flood out of the figures."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """The figures' definition, and a trigger for what is taken out of a flood."""

    dependencies = [("referrals", "0005_privacy_findings"), ("intake", "0004_floods")]
    operations = run_sql_files(__file__, "set_aside.sql")
