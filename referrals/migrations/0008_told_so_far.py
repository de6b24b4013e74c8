"""Invitations count for each participant from now on; those who have one go on from there."""

from django.db import migrations

TOLD = """
UPDATE referrals_participant p SET told = c.sequence
    FROM referrals_conference c
    WHERE c.id = p.conference_id AND c.sequence > 0;
UPDATE referrals_agendaitem i SET told = c.sequence
    FROM referrals_conference c
    WHERE c.id = i.conference_id AND c.sequence > 0 AND i.resident_invited;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0007_answers_and_invitations"),
    ]

    operations = [migrations.RunSQL(TOLD, migrations.RunSQL.noop)]
