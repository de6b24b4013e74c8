-- Each change to what a front door shows or routes by raises the version of its partnership, so that
-- every web process reads it anew (organisations/front_door/configuration.py).

CREATE FUNCTION organisations_own_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.config_version := OLD.config_version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER config_version BEFORE UPDATE ON organisations_partnership
    FOR EACH ROW EXECUTE FUNCTION organisations_own_version();

-- One function and one trigger a table: which partnerships a row (%1$s is NEW or OLD) belongs to.
DO $make$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT * FROM (VALUES
        ('organisations_closingday', 'SELECT %1$s.partnership_id'),
        ('organisations_neighbourhood', 'SELECT %1$s.partnership_id'),
        ('organisations_lifedomain', 'SELECT %1$s.partnership_id'),
        ('organisations_service', 'SELECT %1$s.partnership_id'),
        ('organisations_team', 'SELECT %1$s.partnership_id'),
        ('organisations_participation', 'SELECT %1$s.partnership_id'),
        ('organisations_ruleset', 'SELECT %1$s.partnership_id'),
        ('organisations_municipality_partnerships', 'SELECT %1$s.partnership_id'),
        ('organisations_neighbourhoodpostcode',
            'SELECT n.partnership_id FROM organisations_neighbourhood n WHERE n.id = %1$s.neighbourhood_id'),
        ('organisations_organisation',
            'SELECT p.partnership_id FROM organisations_participation p WHERE p.organisation_id = %1$s.id'),
        ('organisations_service_life_domains',
            'SELECT s.partnership_id FROM organisations_service s WHERE s.id = %1$s.service_id'),
        ('organisations_service_neighbourhoods',
            'SELECT s.partnership_id FROM organisations_service s WHERE s.id = %1$s.service_id'),
        ('organisations_team_organisations',
            'SELECT t.partnership_id FROM organisations_team t WHERE t.id = %1$s.team_id'),
        ('organisations_team_neighbourhoods',
            'SELECT t.partnership_id FROM organisations_team t WHERE t.id = %1$s.team_id'),
        ('organisations_routingrule',
            'SELECT r.partnership_id FROM organisations_ruleset r WHERE r.id = %1$s.rule_set_id')
    ) AS tables (name, partnerships)
    LOOP
        EXECUTE format($function$
CREATE FUNCTION %1$s_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        UPDATE organisations_partnership SET config_version = config_version
            WHERE id IN (%2$s);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        UPDATE organisations_partnership SET config_version = config_version
            WHERE id IN (%3$s);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER config_version AFTER INSERT OR UPDATE OR DELETE ON %1$s
    FOR EACH ROW EXECUTE FUNCTION %1$s_version();
$function$, one.name, format(one.partnerships, 'NEW'), format(one.partnerships, 'OLD'));
    END LOOP;
END $make$;
