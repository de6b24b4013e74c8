"""A household and the people in it belong to one partnership; a link ends after it began."""

from django.db import migrations

SQL = """
CREATE FUNCTION intake_household_inside_wall() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM intake_household h
        JOIN intake_person p ON p.partnership_id = h.partnership_id
        WHERE h.id = NEW.household_id AND p.id = NEW.person_id
    ) THEN
        RAISE EXCEPTION 'household_inside_wall: this person is of another partnership'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT OR UPDATE ON intake_householdlink
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION intake_household_inside_wall();
ALTER TABLE intake_householdlink ADD CONSTRAINT household_link_dates
    CHECK (ended_at IS NULL OR ended_at >= agreed_at);
"""

UNDO = """
ALTER TABLE intake_householdlink DROP CONSTRAINT household_link_dates;
DROP TRIGGER inside_wall ON intake_householdlink;
DROP FUNCTION intake_household_inside_wall();
"""


class Migration(migrations.Migration):
    """What Django's own constraints can't say."""

    dependencies = [("intake", "0003_wall"), ("organisations", "0004_rule_sets_for_ever")]
    operations = [migrations.RunSQL(SQL, UNDO)]
