-- A rehearsal begins without a question and ends without one: nothing real is wiped, and nothing invented
-- stays behind (organisations/rehearsal).

CREATE FUNCTION intake_rehearsal_without_questions() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM intake_question WHERE partnership_id = NEW.id) THEN
        RAISE EXCEPTION 'rehearsal: begins and ends without a question'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rehearsal_without_questions';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rehearsal_without_questions BEFORE UPDATE OF rehearsing_since ON organisations_partnership
    FOR EACH ROW WHEN (OLD.rehearsing_since IS DISTINCT FROM NEW.rehearsing_since)
    EXECUTE FUNCTION intake_rehearsal_without_questions();
