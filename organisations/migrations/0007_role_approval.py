"""Roles that read or oversee persons take two people."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """The triggers that refuse such a role without a second person's approval."""

    dependencies = [
        ("organisations", "0006_role_proposals"),
        ("accounts", "0003_signed_out"),
    ]
    operations = run_sql_files(__file__, "role_approval.sql")
