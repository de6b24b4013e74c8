-- A version without a person, of an open front door, moves no question without the yes of who
-- gains or loses. `asks_nobody` says that nobody who gains or loses has a coordinator.

CREATE OR REPLACE FUNCTION rule_proposal_agreed(proposal organisations_ruleproposal)
RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE proposal.needs
        WHEN 'all' THEN bool_and(answer = 'yes')
        -- Who asks agrees; enough others have to. A file is nobody.
        WHEN 'majority' THEN
            count(*) FILTER (WHERE mine IS NOT TRUE) = 0 OR
            2 * count(*) FILTER (WHERE answer = 'yes' AND mine IS NOT TRUE)
            > count(*) FILTER (WHERE mine IS NOT TRUE)
        ELSE
            count(*) FILTER (WHERE mine IS NOT TRUE) = 0 OR
            count(*) FILTER (WHERE answer = 'yes' AND mine IS NOT TRUE) > 0
        END
    FROM (
        SELECT answer, by_id = proposal.asked_by_id AS mine
        FROM organisations_ruleanswer WHERE proposal_id = proposal.id
    ) answers
$$;

CREATE FUNCTION file_rules_agreed() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.status = 'draft' AND NEW.status = 'published' AND NEW.published_by_id IS NULL
        AND NOT NEW.asks_nobody
        AND EXISTS (SELECT FROM organisations_partnership p
                    WHERE p.id = NEW.partnership_id AND p.live)
        AND EXISTS (SELECT FROM organisations_ruleset r
                    WHERE r.partnership_id = NEW.partnership_id AND r.id <> NEW.id
                        AND r.published_at IS NOT NULL)
        AND EXISTS (SELECT FROM organisations_membership m JOIN accounts_user u ON u.id = m.user_id
                    WHERE m.partnership_id = NEW.partnership_id AND m.role = 'coordinator'
                        AND u.is_active AND m.until IS NULL)
        AND NOT EXISTS (SELECT FROM organisations_ruleproposal asked
                        WHERE asked.rule_set_id = NEW.id AND asked.withdrawn_at IS NULL
                            AND rule_proposal_agreed(asked))
    THEN
        RAISE EXCEPTION 'rules of a file move questions only with the yes of who gains or loses'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'file_rules_agreed';
    END IF;
    RETURN NEW;
END $$;

-- Its name sorts after rule_set_agreed, which says first that those who were asked have not agreed.
CREATE TRIGGER rule_set_file_agreed BEFORE UPDATE ON organisations_ruleset
    FOR EACH ROW EXECUTE FUNCTION file_rules_agreed();
