"""The wall between partnerships (invariant 8) and the version of what the front door remembers."""

from django.db import migrations

# (table, column of the organisation): the pair with partnership_id has to be a participation.
TAKES_PART = ["organisations_membership", "organisations_service", "organisations_team"]

WALL = """
ALTER TABLE organisations_team ADD CONSTRAINT team_in_partnership UNIQUE (partnership_id, id);
ALTER TABLE organisations_neighbourhood
    ADD CONSTRAINT neighbourhood_in_partnership UNIQUE (partnership_id, id);
ALTER TABLE organisations_partnership ADD CONSTRAINT partnership_triage_is_own
    FOREIGN KEY (id, triage_team_id) REFERENCES organisations_team (partnership_id, id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE organisations_membership ADD CONSTRAINT membership_team_is_own
    FOREIGN KEY (partnership_id, team_id) REFERENCES organisations_team (partnership_id, id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE organisations_membership ADD CONSTRAINT membership_neighbourhood_is_own
    FOREIGN KEY (partnership_id, neighbourhood_id)
    REFERENCES organisations_neighbourhood (partnership_id, id) DEFERRABLE INITIALLY DEFERRED;
""" + "".join(
    f"""
ALTER TABLE {table} ADD CONSTRAINT {table.split("_")[1]}_takes_part
    FOREIGN KEY (partnership_id, organisation_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
    for table in TAKES_PART
)

UNWALL = """
ALTER TABLE organisations_partnership DROP CONSTRAINT partnership_triage_is_own;
ALTER TABLE organisations_membership DROP CONSTRAINT membership_team_is_own,
    DROP CONSTRAINT membership_neighbourhood_is_own, DROP CONSTRAINT membership_takes_part;
ALTER TABLE organisations_service DROP CONSTRAINT service_takes_part;
ALTER TABLE organisations_team DROP CONSTRAINT team_takes_part;
ALTER TABLE organisations_team DROP CONSTRAINT team_in_partnership;
ALTER TABLE organisations_neighbourhood DROP CONSTRAINT neighbourhood_in_partnership;
"""

# How each table finds the partnerships whose front door it changes; %s is the row.
CONFIG = {
    "organisations_closingday": "SELECT %s.partnership_id",
    "organisations_neighbourhood": "SELECT %s.partnership_id",
    "organisations_lifedomain": "SELECT %s.partnership_id",
    "organisations_service": "SELECT %s.partnership_id",
    "organisations_team": "SELECT %s.partnership_id",
    "organisations_participation": "SELECT %s.partnership_id",
    "organisations_ruleset": "SELECT %s.partnership_id",
    "organisations_municipality_partnerships": "SELECT %s.partnership_id",
    "organisations_neighbourhoodpostcode": (
        "SELECT n.partnership_id FROM organisations_neighbourhood n"
        " WHERE n.id = %s.neighbourhood_id"
    ),
    "organisations_organisation": (
        "SELECT p.partnership_id FROM organisations_participation p WHERE p.organisation_id = %s.id"
    ),
    "organisations_service_life_domains": (
        "SELECT s.partnership_id FROM organisations_service s WHERE s.id = %s.service_id"
    ),
    "organisations_service_neighbourhoods": (
        "SELECT s.partnership_id FROM organisations_service s WHERE s.id = %s.service_id"
    ),
    "organisations_team_organisations": (
        "SELECT t.partnership_id FROM organisations_team t WHERE t.id = %s.team_id"
    ),
    "organisations_team_neighbourhoods": (
        "SELECT t.partnership_id FROM organisations_team t WHERE t.id = %s.team_id"
    ),
    "organisations_routingrule": (
        "SELECT r.partnership_id FROM organisations_ruleset r WHERE r.id = %s.rule_set_id"
    ),
}

VERSION = """
CREATE FUNCTION organisations_own_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.config_version := OLD.config_version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER config_version BEFORE UPDATE ON organisations_partnership
    FOR EACH ROW EXECUTE FUNCTION organisations_own_version();
""" + "".join(
    f"""
CREATE FUNCTION {table}_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        UPDATE organisations_partnership SET config_version = config_version
            WHERE id IN ({select % "NEW"});
    END IF;
    IF TG_OP <> 'INSERT' THEN
        UPDATE organisations_partnership SET config_version = config_version
            WHERE id IN ({select % "OLD"});
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER config_version AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_version();
"""
    for table, select in CONFIG.items()
)

UNVERSION = (
    "DROP TRIGGER config_version ON organisations_partnership;"
    "DROP FUNCTION organisations_own_version();"
    + "".join(
        f"DROP TRIGGER config_version ON {table}; DROP FUNCTION {table}_version();"
        for table in CONFIG
    )
)


class Migration(migrations.Migration):
    """What Django's own constraints can't say."""

    dependencies = [("organisations", "0002_initial")]
    operations = [
        migrations.RunSQL(WALL, UNWALL),
        migrations.RunSQL(VERSION, UNVERSION),
    ]
