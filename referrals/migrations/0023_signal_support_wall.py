"""Only a colleague of the same partnership supports a signal, also in plain SQL."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [("referrals", "0022_signals_until_sent")]

    operations = [*run_sql_files(__file__, "signal_support.sql")]
