-- Only who can act on an alarm is on duty: an active account whose invitation was accepted, with an
-- address, that reads the triage team's questions for the whole period. A role that ends takes its
-- duties along, whichever way it ends.

CREATE FUNCTION duty_unfit_because(
    here uuid, who uuid, starts timestamptz, ends timestamptz
) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN NOT EXISTS (
            SELECT FROM accounts_user u WHERE u.id = who AND u.is_active AND u.email <> ''
                AND (u.password NOT LIKE '!%' OR EXISTS (
                    SELECT FROM socialaccount_socialaccount s WHERE s.user_id = u.id)))
        THEN 'account'
        WHEN NOT EXISTS (
            SELECT FROM organisations_membership m
            JOIN organisations_partnership p ON p.id = m.partnership_id
            WHERE m.user_id = who AND p.id = here AND m.team_id = p.triage_team_id
                AND m.role = 'team_member'
                AND m.since <= (starts AT TIME ZONE 'Europe/Amsterdam')::date
                AND (m.until IS NULL OR m.until >= ((ends - interval '1 second')
                    AT TIME ZONE 'Europe/Amsterdam')::date))
        THEN 'team'
        ELSE '' END
$$;

CREATE FUNCTION duty_of_who_can_act() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    reason text;
BEGIN
    -- A duty may always be made shorter.
    IF TG_OP = 'UPDATE' AND NEW.user_id = OLD.user_id AND NEW.partnership_id = OLD.partnership_id
        AND NEW.starts_at >= OLD.starts_at AND NEW.ends_at <= OLD.ends_at
    THEN
        RETURN NEW;
    END IF;
    reason := duty_unfit_because(NEW.partnership_id, NEW.user_id, NEW.starts_at, NEW.ends_at);
    IF reason <> '' THEN
        RAISE EXCEPTION 'on duty is only who can sign in and reads what the triage team reads'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'duty_' || reason;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER duty_of_who_can_act BEFORE INSERT OR UPDATE ON organisations_duty
    FOR EACH ROW EXECUTE FUNCTION duty_of_who_can_act();

CREATE FUNCTION duty_end_unfit(here uuid, who uuid, at timestamptz) RETURNS void
LANGUAGE sql AS $$
    DELETE FROM organisations_duty
        WHERE (here IS NULL OR partnership_id = here) AND (who IS NULL OR user_id = who)
        AND starts_at >= at
        AND duty_unfit_because(partnership_id, user_id, starts_at, ends_at) <> '';
    UPDATE organisations_duty SET ends_at = at
        WHERE (here IS NULL OR partnership_id = here) AND (who IS NULL OR user_id = who)
        AND starts_at < at AND ends_at > at
        AND duty_unfit_because(partnership_id, user_id, at, ends_at) <> '';
$$;

CREATE FUNCTION duty_ends_with_role() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM duty_end_unfit(OLD.partnership_id, OLD.user_id, now());
    RETURN NULL;
END $$;
CREATE TRIGGER duty_ends_with_role AFTER UPDATE OR DELETE ON organisations_membership
    FOR EACH ROW WHEN (OLD.role = 'team_member') EXECUTE FUNCTION duty_ends_with_role();

CREATE FUNCTION duty_ends_with_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM duty_end_unfit(NULL, OLD.id, now());
    RETURN NULL;
END $$;
CREATE TRIGGER duty_ends_with_account AFTER UPDATE OF is_active ON accounts_user
    FOR EACH ROW WHEN (NOT NEW.is_active) EXECUTE FUNCTION duty_ends_with_account();

CREATE FUNCTION duty_ends_with_team() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM duty_end_unfit(OLD.id, NULL, now());
    RETURN NULL;
END $$;
CREATE TRIGGER duty_ends_with_team AFTER UPDATE OF triage_team_id ON organisations_partnership
    FOR EACH ROW WHEN (OLD.triage_team_id IS DISTINCT FROM NEW.triage_team_id)
    EXECUTE FUNCTION duty_ends_with_team();
