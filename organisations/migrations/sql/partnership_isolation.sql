-- A membership, service and team belong to an organisation that takes part in their partnership, and
-- so do the rows they point at (invariant 8).

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

ALTER TABLE organisations_membership ADD CONSTRAINT membership_takes_part
    FOREIGN KEY (partnership_id, organisation_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE organisations_service ADD CONSTRAINT service_takes_part
    FOREIGN KEY (partnership_id, organisation_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE organisations_team ADD CONSTRAINT team_takes_part
    FOREIGN KEY (partnership_id, organisation_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
