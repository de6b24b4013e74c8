-- A session is arranged in a neighbourhood of its own partnership (invariant 8).
ALTER TABLE organisations_arrangedsession ADD CONSTRAINT arranged_session_neighbourhood_is_own
    FOREIGN KEY (partnership_id, neighbourhood_id)
    REFERENCES organisations_neighbourhood (partnership_id, id) DEFERRABLE INITIALLY DEFERRED;
