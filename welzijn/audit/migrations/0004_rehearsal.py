"""The door through which the rehearsal of a partnership is wiped."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """`referrals.0024` puts the changed rules on the tables."""

    dependencies = [("audit", "0003_evidence")]
    operations = run_sql_files(__file__, "rehearsal.sql")
