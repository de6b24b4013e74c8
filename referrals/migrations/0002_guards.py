"""What follows a lead, stays inside a partnership, stands once sent, and is counted."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """The triggers and constraints that Django's models can't declare."""

    dependencies = [("referrals", "0001_initial"), ("intake", "0002_guards")]
    operations = run_sql_files(
        __file__,
        "lead_follow_ups.sql",
        "partnership_isolation.sql",
        "report_rollup.sql",
        "sent_signals.sql",
    )
