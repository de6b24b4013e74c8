-- What happens with a question stays inside its partnership (invariant 8): handovers, follow-ups, support,
-- consultations, case conferences and signals.

CREATE FUNCTION referrals_inside_wall() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    guest uuid := CASE TG_TABLE_NAME
        WHEN 'referrals_handover' THEN (to_jsonb(NEW) ->> 'receiver_id')::uuid
        ELSE (to_jsonb(NEW) ->> 'organisation_id')::uuid END;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM intake_question q
        JOIN organisations_participation p ON p.partnership_id = q.partnership_id
        WHERE q.id = NEW.question_id AND p.organisation_id = guest
        -- A row that names a partnership of its own names the question's.
        AND COALESCE((to_jsonb(NEW) ->> 'partnership_id')::uuid, q.partnership_id)
            = q.partnership_id
    ) THEN
        RAISE EXCEPTION 'inside_wall: this organisation does not take part'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT ON referrals_handover
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION referrals_inside_wall();
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT OR UPDATE OF partnership_id, organisation_id,
    question_id ON referrals_followup
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION referrals_inside_wall();

CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT ON referrals_referral
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.part = 'support')
    EXECUTE FUNCTION referrals_inside_wall();
ALTER TABLE referrals_consultation ADD CONSTRAINT consultation_sender_takes_part
    FOREIGN KEY (partnership_id, sender_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE referrals_consultation ADD CONSTRAINT consultation_receiver_takes_part
    FOREIGN KEY (partnership_id, receiver_id)
    REFERENCES organisations_participation (partnership_id, organisation_id)
    DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION referrals_agenda_inside_wall() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM referrals_conference c
        JOIN intake_question q ON q.partnership_id = c.partnership_id
        WHERE c.id = NEW.conference_id AND q.id = NEW.question_id
    ) THEN
        RAISE EXCEPTION 'agenda_inside_wall: this question is of another partnership'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT OR UPDATE OF question_id, conference_id
    ON referrals_agendaitem DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION referrals_agenda_inside_wall();

CREATE FUNCTION referrals_participant_inside_wall() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM referrals_conference c
        JOIN organisations_participation p ON p.partnership_id = c.partnership_id
        WHERE c.id = NEW.conference_id AND p.organisation_id = NEW.organisation_id
    ) THEN
        RAISE EXCEPTION 'participant_inside_wall: this organisation does not take part'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT ON referrals_participant
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.organisation_id IS NOT NULL)
    EXECUTE FUNCTION referrals_participant_inside_wall();

CREATE FUNCTION referrals_signal_inside_wall() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM organisations_municipality_partnerships m
        WHERE m.partnership_id = NEW.partnership_id AND m.municipality_id = NEW.municipality_id
    ) THEN
        RAISE EXCEPTION 'signal_inside_wall: this municipality is not of the partnership'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'referrals_signal' THEN
        IF NOT EXISTS (
            SELECT 1 FROM organisations_participation p
            WHERE p.partnership_id = NEW.partnership_id AND p.organisation_id = NEW.organisation_id
        ) THEN
            RAISE EXCEPTION 'signal_inside_wall: this organisation does not take part'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.bundle_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM referrals_signalbundle b
            WHERE b.id = NEW.bundle_id AND b.partnership_id = NEW.partnership_id
                AND b.municipality_id = NEW.municipality_id
        ) THEN
            RAISE EXCEPTION 'signal_inside_wall: this bundle is of another municipality'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT OR UPDATE ON referrals_signal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION referrals_signal_inside_wall();
CREATE CONSTRAINT TRIGGER inside_wall AFTER INSERT OR UPDATE ON referrals_signalbundle
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION referrals_signal_inside_wall();

