"""The functions of retention's door and of the chain over the access log."""

from django.db import migrations

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """Guards that no setting switches off; `referrals.0007` puts them on the tables."""

    dependencies = [("audit", "0002_log_chain")]
    operations = run_sql_files(__file__, "evidence.sql", "log_chain.sql")
