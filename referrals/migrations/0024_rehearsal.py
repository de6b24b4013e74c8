"""What was practised in a rehearsal may be wiped; the doors are in audit.0004."""

from django.db import migrations

from welzijn.audit.protection.install import put_on_tables


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0023_signal_support_wall"),
        ("audit", "0004_rehearsal"),
        ("intake", "0016_rehearsal"),
    ]

    operations = [put_on_tables()]
