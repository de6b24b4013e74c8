-- The rules of a published version never change again: stored decisions point at them (invariant 4).

CREATE FUNCTION organisations_rules_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (
        SELECT 1 FROM organisations_ruleset s WHERE s.id = OLD.rule_set_id AND s.status <> 'draft'
    ) OR TG_OP <> 'DELETE' AND EXISTS (
        SELECT 1 FROM organisations_ruleset s WHERE s.id = NEW.rule_set_id AND s.status <> 'draft'
    ) THEN
        RAISE EXCEPTION 'rules_for_ever: only the rules of a draft can change'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER rules_for_ever BEFORE INSERT OR UPDATE OR DELETE ON organisations_routingrule
    FOR EACH ROW EXECUTE FUNCTION organisations_rules_for_ever();

CREATE FUNCTION organisations_rule_set_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.status <> 'draft' THEN
            RAISE EXCEPTION 'rule_set_for_ever: only a draft can be thrown away'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.status <> 'draft' AND (
        NEW.status = 'draft' OR OLD.status = 'archived' AND NEW.status <> 'archived'
        OR (NEW.partnership_id, NEW.version, NEW.published_at, NEW.published_by_id, NEW.why)
            IS DISTINCT FROM
           (OLD.partnership_id, OLD.version, OLD.published_at, OLD.published_by_id, OLD.why)
    ) THEN
        RAISE EXCEPTION 'rule_set_for_ever: a version that holds or held does not change'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rule_set_for_ever BEFORE UPDATE OR DELETE ON organisations_ruleset
    FOR EACH ROW EXECUTE FUNCTION organisations_rule_set_for_ever();
