-- A question, its people, its lead and whoever may read it belong to one partnership (invariant 8);
-- so do a household and the people in it.

ALTER TABLE intake_person ADD CONSTRAINT person_in_partnership UNIQUE (partnership_id, id);
ALTER TABLE intake_question ADD CONSTRAINT question_lead_takes_part
    FOREIGN KEY (partnership_id, lead_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE intake_question ADD CONSTRAINT question_team_is_own
    FOREIGN KEY (partnership_id, lead_team_id) REFERENCES organisations_team (partnership_id, id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE intake_question ADD CONSTRAINT question_neighbourhood_is_own
    FOREIGN KEY (partnership_id, neighbourhood_id)
    REFERENCES organisations_neighbourhood (partnership_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE intake_question ADD CONSTRAINT question_asker_is_own
    FOREIGN KEY (partnership_id, asker_id) REFERENCES intake_person (partnership_id, id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE intake_question ADD CONSTRAINT question_subject_is_own
    FOREIGN KEY (partnership_id, subject_id) REFERENCES intake_person (partnership_id, id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE intake_decision ADD CONSTRAINT decision_organisation_takes_part
    FOREIGN KEY (partnership_id, organisation_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION intake_basis_inside_wall() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.organisation_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM intake_question q
        JOIN organisations_participation p ON p.partnership_id = q.partnership_id
        WHERE q.id = NEW.question_id AND p.organisation_id = NEW.organisation_id
    ) THEN
        RAISE EXCEPTION 'sharing_basis_inside_wall: this organisation does not take part'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.team_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM intake_question q
        JOIN organisations_team t ON t.partnership_id = q.partnership_id
        WHERE q.id = NEW.question_id AND t.id = NEW.team_id
    ) THEN
        RAISE EXCEPTION 'sharing_basis_inside_wall: this team is of another partnership'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT OR UPDATE ON intake_sharingbasis
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION intake_basis_inside_wall();

CREATE FUNCTION intake_domain_inside_wall() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM intake_question q
        JOIN organisations_lifedomain d ON d.partnership_id = q.partnership_id
        WHERE q.id = NEW.question_id AND d.id = NEW.life_domain_id
    ) THEN
        RAISE EXCEPTION 'domain_inside_wall: this life domain is of another partnership'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT OR UPDATE ON intake_questionlifedomain
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION intake_domain_inside_wall();

CREATE FUNCTION intake_household_inside_wall() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM intake_household h
        JOIN intake_person p ON p.partnership_id = h.partnership_id
        WHERE h.id = NEW.household_id AND p.id = NEW.person_id
    ) THEN
        RAISE EXCEPTION 'household_inside_wall: this person is of another partnership'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT OR UPDATE ON intake_householdlink
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION intake_household_inside_wall();
ALTER TABLE intake_householdlink ADD CONSTRAINT household_link_dates
    CHECK (ended_at IS NULL OR ended_at >= agreed_at);
