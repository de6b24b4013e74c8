-- A version that was rolled back is never given again. Counting on from the row, a process that read its
-- own change before it was rolled back kept what never was, under the number of the next change.
CREATE SEQUENCE organisations_config_version;
SELECT setval('organisations_config_version', (SELECT COALESCE(max(config_version), 0) + 1 FROM organisations_partnership));

CREATE OR REPLACE FUNCTION organisations_own_version() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    NEW.config_version := nextval('organisations_config_version');
    RETURN NEW;
END $$;

-- Translations are kept by each process too.
CREATE FUNCTION organisations_partnershiptranslations_version() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE organisations_partnership SET config_version = config_version
        WHERE id = CASE TG_OP WHEN 'DELETE' THEN OLD.partnership_id ELSE NEW.partnership_id END;
    RETURN NULL;
END $$;
CREATE TRIGGER config_version AFTER INSERT OR UPDATE OR DELETE ON organisations_partnershiptranslations
    FOR EACH ROW EXECUTE FUNCTION organisations_partnershiptranslations_version();
