"""A new question is due to be picked up from its first commit on (invariants 1 and 5).

The reminder for it is a row made by the same trigger that makes the lead's referral, so no door to
the product can forget it. The sweep looks at it the morning after the day it was due.
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
            WHERE question_id = NEW.id AND status = 'open' AND kind = 'pick_up';
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
                (NEW.due_on + 1 + time '08:00') AT TIME ZONE 'Europe/Amsterdam', 0,
                'open', NEW.received_at);
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER follow_the_lead ON intake_question;
CREATE TRIGGER follow_the_lead AFTER INSERT OR UPDATE OF lead_id, lead_team_id ON intake_question
    FOR EACH ROW EXECUTE FUNCTION referrals_follow_the_lead();
"""


class Migration(migrations.Migration):
    """What Django's own constraints can't say."""

    dependencies = [
        ("referrals", "0003_remove_followup_follow_up_one_open_a_kind_and_more"),
        ("intake", "0006_remove_question_update_update_and_more"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
