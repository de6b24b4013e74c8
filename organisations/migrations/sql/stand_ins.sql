-- Who stands in reads what the absent colleague has (invariant 3). So at the moment of recording both
-- have a part in the casework of one organisation of the partnership, and who stands in is there.
-- Later a stand-in may fall ill too: then their own stand-in has the work (availability.stand_in).
-- What `record` checks before, this holds against whatever else writes.
CREATE FUNCTION organisations_absence_stand_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Two absences that name each other are recorded one after the other.
    PERFORM pg_advisory_xact_lock(hashtextextended('absence:' || NEW.partnership_id::text, 0));
    IF NOT EXISTS (
        SELECT 1 FROM organisations_membership a
        JOIN organisations_membership b USING (partnership_id, organisation_id)
        WHERE a.partnership_id = NEW.partnership_id
          AND a.user_id = NEW.user_id AND b.user_id = NEW.stand_in_id
          AND a.role IN ('professional', 'coordinator', 'team_member')
          AND b.role IN ('professional', 'coordinator', 'team_member')
          AND (a.until IS NULL OR a.until >= CURRENT_DATE)
          AND (b.until IS NULL OR b.until >= CURRENT_DATE)
    ) THEN
        RAISE EXCEPTION 'absence_stand_in: who stands in works in the same organisation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'absence_stand_in_is_a_colleague';
    END IF;
    IF EXISTS (
        SELECT 1 FROM organisations_absence other
        WHERE other.partnership_id = NEW.partnership_id
          AND other.user_id = NEW.stand_in_id AND other.id <> NEW.id
          AND other.since <= NEW.until AND other.until >= NEW.since
    ) THEN
        RAISE EXCEPTION 'absence_stand_in: who stands in is away in these days'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'absence_stand_in_is_there';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER absence_stand_in
    BEFORE INSERT OR UPDATE OF user_id, stand_in_id, partnership_id, since, until
    ON organisations_absence
    FOR EACH ROW EXECUTE FUNCTION organisations_absence_stand_in();
