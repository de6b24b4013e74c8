-- What the partners keep together points at places, domains, services and partners of their own
-- partnership (invariant 8).
ALTER TABLE organisations_lifedomain ADD CONSTRAINT life_domain_in_partnership
    UNIQUE (partnership_id, id);
ALTER TABLE organisations_service ADD CONSTRAINT service_in_partnership
    UNIQUE (partnership_id, id);

ALTER TABLE organisations_sessionoutcome ADD CONSTRAINT session_outcome_neighbourhood_is_own
    FOREIGN KEY (partnership_id, neighbourhood_id)
    REFERENCES organisations_neighbourhood (partnership_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE organisations_sharedsuccess ADD CONSTRAINT shared_success_neighbourhood_is_own
    FOREIGN KEY (partnership_id, neighbourhood_id)
    REFERENCES organisations_neighbourhood (partnership_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE organisations_offeragreement ADD CONSTRAINT offer_agreement_domain_is_own
    FOREIGN KEY (partnership_id, life_domain_id)
    REFERENCES organisations_lifedomain (partnership_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE organisations_jointaction ADD CONSTRAINT joint_action_organisation_takes_part
    FOREIGN KEY (partnership_id, organisation_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE organisations_movabletask ADD CONSTRAINT movable_task_service_is_own
    FOREIGN KEY (partnership_id, service_id)
    REFERENCES organisations_service (partnership_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE organisations_movabletask ADD CONSTRAINT movable_task_goes_to_a_partner
    FOREIGN KEY (partnership_id, to_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE organisations_collectivework ADD CONSTRAINT collective_work_organisation_takes_part
    FOREIGN KEY (partnership_id, organisation_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE organisations_collectivework ADD CONSTRAINT collective_work_domain_is_own
    FOREIGN KEY (partnership_id, life_domain_id)
    REFERENCES organisations_lifedomain (partnership_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE organisations_collectivework ADD CONSTRAINT collective_work_neighbourhood_is_own
    FOREIGN KEY (partnership_id, neighbourhood_id)
    REFERENCES organisations_neighbourhood (partnership_id, id) DEFERRABLE INITIALLY DEFERRED;
