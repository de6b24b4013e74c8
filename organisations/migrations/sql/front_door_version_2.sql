-- Two tables that a front door reads and front_door_version.sql left out.

-- What a municipality says (its name, client support) belongs to each partnership it takes part in.
CREATE FUNCTION organisations_municipality_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE organisations_partnership SET config_version = config_version
        WHERE id IN (SELECT partnership_id FROM organisations_municipality_partnerships
                     WHERE municipality_id IN (OLD.code, NEW.code));
    RETURN NULL;
END $$;
CREATE TRIGGER config_version AFTER UPDATE ON organisations_municipality
    FOR EACH ROW EXECUTE FUNCTION organisations_municipality_version();

CREATE FUNCTION organisations_routingrule_supporting_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE organisations_partnership SET config_version = config_version
        WHERE id IN (SELECT s.partnership_id FROM organisations_ruleset s
                     JOIN organisations_routingrule r ON r.rule_set_id = s.id
                     WHERE r.id = CASE TG_OP WHEN 'DELETE' THEN OLD.routingrule_id ELSE NEW.routingrule_id END
                        OR TG_OP = 'UPDATE' AND r.id = OLD.routingrule_id);
    RETURN NULL;
END $$;
CREATE TRIGGER config_version AFTER INSERT OR UPDATE OR DELETE ON organisations_routingrule_supporting
    FOR EACH ROW EXECUTE FUNCTION organisations_routingrule_supporting_version();
