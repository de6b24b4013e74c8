-- Who supports a signal works in its partnership, for the organisation that is named, and did not write it.

CREATE FUNCTION referrals_signal_support_check() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM referrals_signal s
        JOIN organisations_membership m ON m.partnership_id = s.partnership_id
        WHERE s.id = NEW.signal_id AND s.written_by_id <> NEW.by_id
            AND m.user_id = NEW.by_id AND m.organisation_id = NEW.organisation_id
    ) THEN
        RAISE EXCEPTION 'inside_wall: only a colleague of this partnership supports a signal'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER inside_wall BEFORE INSERT OR UPDATE ON referrals_signalsupport
    FOR EACH ROW EXECUTE FUNCTION referrals_signal_support_check();
