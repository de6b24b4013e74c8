"""The list of tables that prove something has the changes of a partnership."""

from django.db import migrations

from welzijn.audit.protection.install import put_on_tables


class Migration(migrations.Migration):
    """Their rows never change, and nobody deletes them."""

    dependencies = [
        ("referrals", "0019_agenda_requests"),
        ("organisations", "0020_partnership_revision_guards"),
    ]
    operations = [put_on_tables()]
