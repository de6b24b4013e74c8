"""Support and advice stay inside the wall of a partnership (invariant 8)."""

from django.db import migrations

SQL = """
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT ON referrals_referral
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.part = 'support')
    EXECUTE FUNCTION referrals_inside_wall();
ALTER TABLE referrals_consultation ADD CONSTRAINT consultation_sender_takes_part
    FOREIGN KEY (partnership_id, sender_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE referrals_consultation ADD CONSTRAINT consultation_receiver_takes_part
    FOREIGN KEY (partnership_id, receiver_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
"""

UNDO = """
ALTER TABLE referrals_consultation DROP CONSTRAINT consultation_receiver_takes_part,
    DROP CONSTRAINT consultation_sender_takes_part;
DROP TRIGGER inside_wall ON referrals_referral;
"""


class Migration(migrations.Migration):
    """What Django's own constraints can't say."""

    dependencies = [("referrals", "0002_follows_the_lead"), ("intake", "0004_household_wall")]
    operations = [migrations.RunSQL(SQL, UNDO)]
