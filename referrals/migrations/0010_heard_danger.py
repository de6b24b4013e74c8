"""What is heard about danger after a question came in is due to be judged."""

from django.db import migrations

from welzijn.audit.protection.install import put_on_tables
from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """The trigger on what was heard, and the rule of its table."""

    dependencies = [
        ("referrals", "0009_contact_of_entry"),
        ("intake", "0009_heard_danger"),
        ("organisations", "0009_food_bank"),
    ]
    operations = [*run_sql_files(__file__, "heard_danger.sql"), put_on_tables()]
