-- A role that reads or oversees persons takes two people: one proposes it, somebody of the receiving
-- organisation approves it. Roles from before this migration stay; a change to one needs an approval.

-- The mailbox of an address: without a +tag, and without the dots that Gmail ignores.
CREATE FUNCTION role_mailbox(address text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN host = 'gmail.com' THEN replace(box, '.', '') ELSE box END || '@' || host
    FROM (SELECT regexp_replace(lower(trim(address)), '(\+[^@]*)?@.*$', '') AS box,
                 regexp_replace(regexp_replace(lower(trim(address)), '^.*@', ''),
                                '^googlemail\.com$', 'gmail.com') AS host) AS parts
$$;

CREATE FUNCTION role_takes_two(role text, reads_new boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT role IN ('front_desk', 'team_member', 'coordinator', 'municipality', 'privacy_officer')
        OR (role = 'professional' AND reads_new)
$$;

CREATE FUNCTION role_proposal_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    here organisations_participation;
    holder text; proposer text; decider text; today date;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.decision <> '' THEN
        RAISE EXCEPTION 'a decided proposal of a role does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'role_proposal_decided';
    END IF;
    IF NEW.decision <> 'approved' THEN
        RETURN NEW;
    END IF;
    SELECT * INTO here FROM organisations_participation
    WHERE partnership_id = NEW.partnership_id AND organisation_id = NEW.organisation_id;
    SELECT role_mailbox(email) INTO holder FROM accounts_user WHERE id = NEW.user_id;
    IF here IS NULL OR holder IS NULL OR holder <> role_mailbox(NEW.email) THEN
        RAISE EXCEPTION 'an approved role is of an account at an organisation that takes part'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'role_proposal_of_whom';
    END IF;
    IF NEW.source = 'file' THEN
        -- The first coordinator is the one whom the file names, once.
        IF NEW.role <> 'coordinator' OR here.coordinator_email = ''
            OR role_mailbox(here.coordinator_email) <> holder
        THEN
            RAISE EXCEPTION 'the file names no such first coordinator'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'role_proposal_by_file';
        END IF;
        RETURN NEW;
    END IF;
    today := (NEW.decided_at AT TIME ZONE 'Europe/Amsterdam')::date;
    SELECT role_mailbox(email) INTO proposer FROM accounts_user WHERE id = NEW.proposed_by_id;
    IF NEW.source = 'table' THEN
        -- The two people of a table of roles by group, which holds now.
        SELECT role_mailbox(u.email) INTO decider FROM accounts_user u
        WHERE u.id = NEW.decided_by_id AND EXISTS (
            SELECT FROM organisations_signonsetting s
            WHERE s.kind = 'roles' AND s.partnership_id = NEW.partnership_id
                AND s.organisation_id = NEW.organisation_id
                AND s.proposed_by_id = NEW.proposed_by_id AND s.approved_by_id = u.id
                AND s.ended_at IS NULL);
    ELSIF NEW.decided_by_id IS NOT NULL AND NEW.decided_by_contact = '' THEN
        SELECT role_mailbox(u.email) INTO decider FROM accounts_user u
        WHERE u.id = NEW.decided_by_id AND u.is_active AND EXISTS (
            SELECT FROM organisations_membership m
            WHERE m.user_id = u.id AND m.partnership_id = NEW.partnership_id
                AND m.organisation_id = NEW.organisation_id AND m.role = 'coordinator'
                AND m.since <= today AND (m.until IS NULL OR m.until >= today));
    ELSIF NEW.decided_by_id IS NULL AND here.contact_email <> ''
        AND lower(here.contact_email) = lower(NEW.decided_by_contact)
    THEN
        decider := role_mailbox(NEW.decided_by_contact);
    END IF;
    IF proposer IS NULL OR decider IS NULL OR decider IN (proposer, holder) THEN
        RAISE EXCEPTION 'a role is approved by another person, of the receiving organisation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'role_proposal_two_people';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER role_proposal_check BEFORE INSERT OR UPDATE ON organisations_roleproposal
    FOR EACH ROW EXECUTE FUNCTION role_proposal_check();

CREATE FUNCTION membership_two_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT role_takes_two(NEW.role, NEW.reads_new) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE'
        AND (OLD.user_id, OLD.partnership_id, OLD.organisation_id, OLD.role, OLD.reads_new,
             OLD.team_id, OLD.municipality_id, OLD.proposal_id)
            IS NOT DISTINCT FROM
            (NEW.user_id, NEW.partnership_id, NEW.organisation_id, NEW.role, NEW.reads_new,
             NEW.team_id, NEW.municipality_id, NEW.proposal_id)
        AND (OLD.until IS NULL OR (NEW.until IS NOT NULL AND NEW.until <= OLD.until))
        AND NEW.since >= OLD.since
    THEN
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM organisations_roleproposal p
        WHERE p.id = NEW.proposal_id AND p.decision = 'approved' AND p.user_id = NEW.user_id
            AND p.partnership_id = NEW.partnership_id AND p.organisation_id = NEW.organisation_id
            AND p.role = NEW.role AND p.reads_new = NEW.reads_new
            AND p.team_id IS NOT DISTINCT FROM NEW.team_id
            AND p.municipality_id IS NOT DISTINCT FROM NEW.municipality_id)
    THEN
        RAISE EXCEPTION 'a role that reads or oversees persons needs the approval of a second person'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_two_people';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER membership_two_people BEFORE INSERT OR UPDATE ON organisations_membership
    FOR EACH ROW EXECUTE FUNCTION membership_two_people();
