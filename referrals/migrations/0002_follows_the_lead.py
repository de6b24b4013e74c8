"""The referral of the lead follows the question's lead by itself, so that the two always agree."""

from django.db import migrations

SQL = """
CREATE FUNCTION referrals_follow_the_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.lead_id = OLD.lead_id THEN
            RETURN NULL;
        END IF;
        UPDATE referrals_referral SET until = NEW.lead_since
            WHERE question_id = NEW.id AND until IS NULL
            AND (part = 'lead' OR organisation_id = NEW.lead_id);
    END IF;
    INSERT INTO referrals_referral (id, question_id, organisation_id, part, since)
        VALUES (gen_random_uuid(), NEW.id, NEW.lead_id, 'lead', NEW.lead_since);
    RETURN NULL;
END $$;
CREATE TRIGGER follow_the_lead AFTER INSERT OR UPDATE OF lead_id ON intake_question
    FOR EACH ROW EXECUTE FUNCTION referrals_follow_the_lead();

CREATE FUNCTION referrals_inside_wall() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    guest uuid := CASE TG_TABLE_NAME
        WHEN 'referrals_handover' THEN (to_jsonb(NEW) ->> 'receiver_id')::uuid
        ELSE (to_jsonb(NEW) ->> 'organisation_id')::uuid END;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM intake_question q
        JOIN organisations_participation p ON p.partnership_id = q.partnership_id
        WHERE q.id = NEW.question_id AND p.organisation_id = guest
    ) THEN
        RAISE EXCEPTION 'inside_wall: this organisation does not take part'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT ON referrals_handover
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION referrals_inside_wall();
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT ON referrals_followup
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION referrals_inside_wall();
"""

UNDO = """
DROP TRIGGER inside_wall ON referrals_followup;
DROP TRIGGER inside_wall ON referrals_handover;
DROP FUNCTION referrals_inside_wall();
DROP TRIGGER follow_the_lead ON intake_question;
DROP FUNCTION referrals_follow_the_lead();
"""


class Migration(migrations.Migration):
    """What Django's own constraints can't say."""

    dependencies = [("referrals", "0001_initial"), ("intake", "0003_wall")]
    operations = [migrations.RunSQL(SQL, UNDO)]
