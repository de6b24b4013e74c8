-- Where two people decide, the second is somebody else: no second mailbox of the first, and no
-- administrator who was appointed by the first, or by whoever appointed the first. An administrator
-- appoints administrators alone, so that one person could play both. A coordinator took two people,
-- and is only no second beside an administrator whom they appointed themselves.

-- Who stands behind an administrator: whoever appointed them, and who appointed those. From the
-- history too: a role that ended on its first day has no row any more.
CREATE FUNCTION role_appointed_by(here uuid, who uuid) RETURNS SETOF uuid LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    WITH RECURSIVE appointed AS (
        SELECT user_id, granted_by_id FROM organisations_membershipevent
        WHERE partnership_id = here AND role = 'administrator'
        UNION
        SELECT user_id, granted_by_id FROM organisations_membership
        WHERE partnership_id = here AND role = 'administrator'
    ), behind (id) AS (
        SELECT who
        UNION
        SELECT appointed.granted_by_id FROM appointed JOIN behind ON behind.id = appointed.user_id
        WHERE appointed.granted_by_id IS NOT NULL
    )
    SELECT id FROM behind
$$;

CREATE FUNCTION role_is_second(here uuid, first uuid, second uuid, today date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT first <> second
        AND (SELECT role_mailbox(email) FROM accounts_user WHERE id = first)
            <> (SELECT role_mailbox(email) FROM accounts_user WHERE id = second AND is_active)
        AND (
            EXISTS (
                SELECT FROM organisations_membership m
                WHERE m.user_id = second AND m.partnership_id = here AND m.role = 'coordinator'
                    AND m.since <= today AND (m.until IS NULL OR m.until >= today)
                    AND second NOT IN (SELECT role_appointed_by(here, first)))
            OR (
                EXISTS (
                    SELECT FROM organisations_membership m
                    WHERE m.user_id = second AND m.partnership_id = here
                        AND m.role = 'administrator'
                        AND m.since <= today AND (m.until IS NULL OR m.until >= today))
                AND NOT EXISTS (
                    SELECT role_appointed_by(here, first)
                    INTERSECT
                    SELECT role_appointed_by(here, second))))
$$;

-- A reset second factor or another address lets somebody into an account.
CREATE FUNCTION account_request_second() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.approved AND (TG_OP = 'INSERT' OR OLD.approved IS DISTINCT FROM NEW.approved)
        AND role_is_second(NEW.partnership_id, NEW.asked_by_id, NEW.decided_by_id,
            (NEW.decided_at AT TIME ZONE 'Europe/Amsterdam')::date) IS NOT TRUE
    THEN
        RAISE EXCEPTION 'a request about an account is decided by another person, who may'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'account_request_second';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER second_person BEFORE INSERT OR UPDATE ON organisations_accountrequest
    FOR EACH ROW EXECUTE FUNCTION account_request_second();

-- A provider, a table of roles or SCIM lets people in.
CREATE FUNCTION sign_on_second() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.approved_by_id IS NOT NULL
        AND (TG_OP = 'INSERT' OR OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id)
        AND role_is_second(NEW.partnership_id, NEW.proposed_by_id, NEW.approved_by_id,
            (NEW.approved_at AT TIME ZONE 'Europe/Amsterdam')::date) IS NOT TRUE
    THEN
        RAISE EXCEPTION 'a way to sign in is approved by another person, who may'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sign_on_second';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sign_on_second BEFORE INSERT OR UPDATE ON organisations_signonsetting
    FOR EACH ROW EXECUTE FUNCTION sign_on_second();

-- A text of residents, and who approves roles.
CREATE FUNCTION text_proposal_second() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.decision = 'approved' AND (TG_OP = 'INSERT' OR OLD.decision <> 'approved')
        AND role_is_second(NEW.partnership_id, NEW.proposed_by_id, NEW.decided_by_id,
            (NEW.decided_at AT TIME ZONE 'Europe/Amsterdam')::date) IS NOT TRUE
    THEN
        RAISE EXCEPTION 'a proposal is approved by another person, who may'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'text_proposal_second';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER text_proposal_second BEFORE INSERT OR UPDATE ON organisations_textproposal
    FOR EACH ROW EXECUTE FUNCTION text_proposal_second();
