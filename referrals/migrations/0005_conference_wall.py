"""An MDO stays inside its partnership: its questions, and the organisations that are invited."""

from django.db import migrations

SQL = """
CREATE FUNCTION referrals_agenda_inside_wall() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM referrals_conference c
        JOIN intake_question q ON q.partnership_id = c.partnership_id
        WHERE c.id = NEW.conference_id AND q.id = NEW.question_id
    ) THEN
        RAISE EXCEPTION 'agenda_inside_wall: this question is of another partnership'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT OR UPDATE OF question_id, conference_id
    ON referrals_agendaitem DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION referrals_agenda_inside_wall();

CREATE FUNCTION referrals_participant_inside_wall() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM referrals_conference c
        JOIN organisations_participation p ON p.partnership_id = c.partnership_id
        WHERE c.id = NEW.conference_id AND p.organisation_id = NEW.organisation_id
    ) THEN
        RAISE EXCEPTION 'participant_inside_wall: this organisation does not take part'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT ON referrals_participant
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.organisation_id IS NOT NULL)
    EXECUTE FUNCTION referrals_participant_inside_wall();
"""

UNDO = """
DROP TRIGGER inside_wall ON referrals_participant;
DROP FUNCTION referrals_participant_inside_wall();
DROP TRIGGER inside_wall ON referrals_agendaitem;
DROP FUNCTION referrals_agenda_inside_wall();
"""


class Migration(migrations.Migration):
    """What Django's own constraints can't say."""

    dependencies = [("referrals", "0004_rollup"), ("intake", "0004_household_wall")]
    operations = [migrations.RunSQL(SQL, UNDO)]
