-- Nobody answers for another organisation, and a draft is not published against what was asked.

CREATE FUNCTION rule_answer_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked organisations_ruleproposal; here uuid; today date;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.proposal_id, NEW.organisation_id)
        IS DISTINCT FROM (OLD.proposal_id, OLD.organisation_id)
    THEN
        RAISE EXCEPTION 'an answer stays with its proposal and organisation'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_answer_of_whom';
    END IF;
    IF NEW.answer = '' THEN
        RETURN NEW;
    END IF;
    SELECT * INTO asked FROM organisations_ruleproposal WHERE id = NEW.proposal_id;
    SELECT partnership_id INTO here FROM organisations_ruleset WHERE id = asked.rule_set_id;
    today := (NEW.at AT TIME ZONE 'Europe/Amsterdam')::date;
    IF asked.withdrawn_at IS NOT NULL OR today > asked.answer_by THEN
        RAISE EXCEPTION 'this proposal no longer waits for an answer'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_answer_in_time';
    END IF;
    IF NOT EXISTS (
        SELECT FROM organisations_membership m JOIN accounts_user u ON u.id = m.user_id
        WHERE m.user_id = NEW.by_id AND u.is_active AND m.partnership_id = here
            AND m.organisation_id = NEW.organisation_id AND m.role = 'coordinator'
            AND m.since <= today AND (m.until IS NULL OR m.until >= today))
    THEN
        RAISE EXCEPTION 'an organisation answers by its own coordinator'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_answer_of_whom';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER rule_answer_check BEFORE INSERT OR UPDATE ON organisations_ruleanswer
    FOR EACH ROW EXECUTE FUNCTION rule_answer_check();

CREATE FUNCTION rule_proposal_agreed(proposal organisations_ruleproposal) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT CASE proposal.needs
        WHEN 'all' THEN bool_and(answer = 'yes')
        -- Who asks agrees; enough others have to.
        WHEN 'majority' THEN
            count(*) FILTER (WHERE by_id IS DISTINCT FROM proposal.asked_by_id) = 0 OR
            2 * count(*) FILTER (WHERE answer = 'yes' AND by_id <> proposal.asked_by_id)
            > count(*) FILTER (WHERE by_id IS DISTINCT FROM proposal.asked_by_id)
        ELSE
            count(*) FILTER (WHERE by_id IS DISTINCT FROM proposal.asked_by_id) = 0 OR
            count(*) FILTER (WHERE answer = 'yes' AND by_id <> proposal.asked_by_id) > 0
        END
    FROM organisations_ruleanswer WHERE proposal_id = proposal.id
$$;

CREATE FUNCTION rule_set_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked organisations_ruleproposal;
BEGIN
    IF OLD.status = 'draft' AND NEW.status = 'published' THEN
        SELECT * INTO asked FROM organisations_ruleproposal
        WHERE rule_set_id = NEW.id AND withdrawn_at IS NULL;
        IF FOUND AND rule_proposal_agreed(asked) IS NOT TRUE THEN
            RAISE EXCEPTION 'the organisations that gain or lose have not agreed'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'rule_set_agreed';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER rule_set_agreed BEFORE UPDATE ON organisations_ruleset
    FOR EACH ROW EXECUTE FUNCTION rule_set_agreed();
