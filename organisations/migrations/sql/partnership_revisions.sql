-- A text that residents read takes two people: one proposes it, another, who may, approves it. A second
-- address of the same mailbox is the same person (role_approval.sql).

CREATE FUNCTION text_proposal_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    proposer text; decider text; today date;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.decision <> '' THEN
        RAISE EXCEPTION 'a decided proposal of a text does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'text_proposal_decided';
    END IF;
    IF NEW.decision <> 'approved' THEN
        RETURN NEW;
    END IF;
    today := (NEW.decided_at AT TIME ZONE 'Europe/Amsterdam')::date;
    SELECT role_mailbox(email) INTO proposer FROM accounts_user WHERE id = NEW.proposed_by_id;
    SELECT role_mailbox(u.email) INTO decider FROM accounts_user u
    WHERE u.id = NEW.decided_by_id AND u.is_active AND EXISTS (
        SELECT FROM organisations_membership m
        WHERE m.user_id = u.id AND m.partnership_id = NEW.partnership_id
            AND m.role IN ('administrator', 'coordinator')
            AND m.since <= today AND (m.until IS NULL OR m.until >= today));
    IF proposer IS NULL OR decider IS NULL OR decider = proposer THEN
        RAISE EXCEPTION 'a text for residents is approved by another person, who may'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'text_proposal_two_people';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER text_proposal_check BEFORE INSERT OR UPDATE ON organisations_textproposal
    FOR EACH ROW EXECUTE FUNCTION text_proposal_check();

-- A change refers to an approved proposal, and puts back a change, of its own partnership only.
CREATE FUNCTION partnership_revision_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.proposal_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM organisations_textproposal p
        WHERE p.id = NEW.proposal_id AND p.partnership_id = NEW.partnership_id
            AND p.decision = 'approved' AND p.proposed_by_id = NEW.by_id)
    THEN
        RAISE EXCEPTION 'a change of texts carries out an approved proposal'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'revision_of_proposal';
    END IF;
    IF NEW.undoes_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM organisations_partnershiprevision r
        WHERE r.id = NEW.undoes_id AND r.partnership_id = NEW.partnership_id)
    THEN
        RAISE EXCEPTION 'a change puts back one of its own partnership'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'revision_of_partnership';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER partnership_revision_check BEFORE INSERT ON organisations_partnershiprevision
    FOR EACH ROW EXECUTE FUNCTION partnership_revision_check();
