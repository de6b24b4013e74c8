-- The goals of a partnership are kept as they were: each day on which they change is a version. The first
-- holds for everything before it too.

CREATE FUNCTION organisations_keep_goals() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO organisations_goalversion (id, partnership_id, since, goals, assignment)
        VALUES (gen_random_uuid(), NEW.id, (now() AT TIME ZONE 'Europe/Amsterdam')::date, NEW.goals,
            NEW.assignment)
        ON CONFLICT (partnership_id, since) DO UPDATE
            SET goals = EXCLUDED.goals, assignment = EXCLUDED.assignment;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_goals_new AFTER INSERT ON organisations_partnership
    FOR EACH ROW EXECUTE FUNCTION organisations_keep_goals();
CREATE TRIGGER keep_goals_changed AFTER UPDATE OF goals, assignment ON organisations_partnership
    FOR EACH ROW WHEN ((OLD.goals, OLD.assignment) IS DISTINCT FROM (NEW.goals, NEW.assignment))
    EXECUTE FUNCTION organisations_keep_goals();

INSERT INTO organisations_goalversion (id, partnership_id, since, goals, assignment)
    SELECT gen_random_uuid(), id, (now() AT TIME ZONE 'Europe/Amsterdam')::date, goals, assignment
    FROM organisations_partnership;
