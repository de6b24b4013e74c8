"""Plain triggers on every table that proves something (welzijn/audit/protection/tables.py)."""

import pgtrigger.migrations
from django.db import migrations

from welzijn.audit.protection.install import put_on_tables


class Migration(migrations.Migration):
    """In the place of pgtrigger's, which a setting silences."""

    dependencies = [
        ("referrals", "0006_set_aside"),
        ("intake", "0006_plain_triggers"),
        ("organisations", "0008_duty_fit"),
        ("accounts", "0003_signed_out"),
        ("audit", "0003_evidence"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]
    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="correction",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="correction",
            name="no_truncate",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="deletionproof",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="deletionproof",
            name="no_truncate",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="finding",
            name="unchanged",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="meldcodestep",
            name="unchanged",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="reportpublication",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="reportpublication",
            name="no_truncate",
        ),
        put_on_tables(),
    ]
