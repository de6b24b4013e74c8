"""Possible danger is due to be judged from its first commit on; support and advice stay inside.

Extends the trigger of 0004: a question with danger gets a follow-up "duty" beside the one for
picking up. The sweep looks at it half an hour later, day and night, until somebody has judged it.
"""

from django.db import migrations

SQL = """
CREATE OR REPLACE FUNCTION referrals_follow_the_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.lead_id = OLD.lead_id AND NEW.lead_team_id IS NOT DISTINCT FROM OLD.lead_team_id THEN
            RETURN NULL;
        END IF;
        IF NEW.lead_id <> OLD.lead_id THEN
            UPDATE referrals_referral SET until = NEW.lead_since
                WHERE question_id = NEW.id AND until IS NULL
                AND (part = 'lead' OR organisation_id = NEW.lead_id);
            INSERT INTO referrals_referral (id, question_id, organisation_id, part, since)
                VALUES (gen_random_uuid(), NEW.id, NEW.lead_id, 'lead', NEW.lead_since);
        END IF;
        UPDATE referrals_followup SET organisation_id = NEW.lead_id, team_id = NEW.lead_team_id
            WHERE question_id = NEW.id AND status = 'open' AND kind IN ('pick_up', 'duty');
        RETURN NULL;
    END IF;
    INSERT INTO referrals_referral (id, question_id, organisation_id, part, since)
        VALUES (gen_random_uuid(), NEW.id, NEW.lead_id, 'lead', NEW.lead_since);
    IF NEW.status = 'new' THEN
        INSERT INTO referrals_followup (id, partnership_id, question_id, kind, what,
                organisation_id, team_id, waits_for, due_on, due_version, remind_at, escalation,
                status, created_at)
            VALUES (gen_random_uuid(), NEW.partnership_id, NEW.id, 'pick_up', 'oppakken',
                NEW.lead_id, NEW.lead_team_id, 'us', NEW.due_on, 1,
                (NEW.due_on + 1 + time '06:00') AT TIME ZONE 'Europe/Amsterdam', 0,
                'open', NEW.received_at);
    END IF;
    IF NEW.status = 'new' AND NEW.urgency = 'danger' THEN
        INSERT INTO referrals_followup (id, partnership_id, question_id, kind, what,
                organisation_id, team_id, waits_for, due_on, due_version, remind_at, escalation,
                status, created_at)
            VALUES (gen_random_uuid(), NEW.partnership_id, NEW.id, 'duty', 'beoordelen',
                NEW.lead_id, NEW.lead_team_id, 'us',
                (NEW.received_at AT TIME ZONE 'Europe/Amsterdam')::date, 1,
                NEW.received_at + interval '30 minutes', 0, 'open', NEW.received_at);
    END IF;
    RETURN NULL;
END $$;
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

    dependencies = [("referrals", "0005_handover_talk_and_corrections")]
    operations = [migrations.RunSQL(SQL, UNDO)]
