-- A signal and a bundle change until they are sent: by whom is the verbs' (referrals.signals.changes).

CREATE OR REPLACE FUNCTION referrals_signal_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF ROW(NEW.partnership_id, NEW.municipality_id, NEW.written_by_id, NEW.organisation_id,
            NEW.written_at)
        IS DISTINCT FROM ROW(OLD.partnership_id, OLD.municipality_id, OLD.written_by_id,
            OLD.organisation_id, OLD.written_at)
    OR ROW(NEW.kind, NEW.text) IS DISTINCT FROM ROW(OLD.kind, OLD.text)
        AND (NEW.edited_at IS NULL OR NEW.edited_at IS NOT DISTINCT FROM OLD.edited_at) THEN
        RAISE EXCEPTION 'signal_stands: what a professional wrote is not changed'
            USING ERRCODE = 'check_violation';
    END IF;
    IF (ROW(NEW.bundle_id, NEW.kind, NEW.text, NEW.edited_by_id, NEW.edited_at)
            IS DISTINCT FROM ROW(OLD.bundle_id, OLD.kind, OLD.text, OLD.edited_by_id, OLD.edited_at))
        AND EXISTS (
            SELECT 1 FROM referrals_signalbundle b
            WHERE b.id IN (OLD.bundle_id, NEW.bundle_id) AND b.sent_at IS NOT NULL
        ) THEN
        RAISE EXCEPTION 'signal_stands: this bundle has been sent'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- Whom a bundle concerns and which figure it stands beside came later than the first guard.
CREATE OR REPLACE FUNCTION referrals_signal_bundle_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sent_at IS NOT NULL AND ROW(NEW.partnership_id, NEW.municipality_id, NEW.title, NEW.text,
            NEW.asks, NEW.concerns, NEW.about_figure, NEW.meeting_on, NEW.made_by_id, NEW.made_at,
            NEW.sent_by_id, NEW.sent_at)
        IS DISTINCT FROM ROW(OLD.partnership_id, OLD.municipality_id, OLD.title, OLD.text,
            OLD.asks, OLD.concerns, OLD.about_figure, OLD.meeting_on, OLD.made_by_id, OLD.made_at,
            OLD.sent_by_id, OLD.sent_at) THEN
        RAISE EXCEPTION 'signal_stands: what was sent to the meeting is not changed'
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.answer <> '' AND ROW(NEW.answer, NEW.answered_on, NEW.answer_recorded_by_id,
            NEW.answer_recorded_at)
        IS DISTINCT FROM ROW(OLD.answer, OLD.answered_on, OLD.answer_recorded_by_id,
            OLD.answer_recorded_at) THEN
        RAISE EXCEPTION 'signal_stands: the answer of the meeting is not changed'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
