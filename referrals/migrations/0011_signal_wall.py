"""A signal stays within its partnership and its municipality; what was sent or answered stands."""

from django.db import migrations

SQL = """
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

CREATE FUNCTION referrals_signal_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF ROW(NEW.partnership_id, NEW.municipality_id, NEW.kind, NEW.text, NEW.written_by_id,
            NEW.organisation_id, NEW.written_at)
        IS DISTINCT FROM ROW(OLD.partnership_id, OLD.municipality_id, OLD.kind, OLD.text,
            OLD.written_by_id, OLD.organisation_id, OLD.written_at) THEN
        RAISE EXCEPTION 'signal_stands: what a professional wrote is not changed'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.bundle_id IS DISTINCT FROM OLD.bundle_id AND EXISTS (
        SELECT 1 FROM referrals_signalbundle b
        WHERE b.id IN (OLD.bundle_id, NEW.bundle_id) AND b.sent_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'signal_stands: this bundle has been sent'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE UPDATE ON referrals_signal
    FOR EACH ROW EXECUTE FUNCTION referrals_signal_stands();

CREATE FUNCTION referrals_signal_bundle_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sent_at IS NOT NULL AND ROW(NEW.partnership_id, NEW.municipality_id, NEW.title, NEW.text,
            NEW.asks, NEW.meeting_on, NEW.made_by_id, NEW.made_at, NEW.sent_by_id, NEW.sent_at)
        IS DISTINCT FROM ROW(OLD.partnership_id, OLD.municipality_id, OLD.title, OLD.text,
            OLD.asks, OLD.meeting_on, OLD.made_by_id, OLD.made_at, OLD.sent_by_id, OLD.sent_at) THEN
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
CREATE TRIGGER stands BEFORE UPDATE ON referrals_signalbundle
    FOR EACH ROW EXECUTE FUNCTION referrals_signal_bundle_stands();
"""

UNDO = """
DROP TRIGGER stands ON referrals_signalbundle;
DROP FUNCTION referrals_signal_bundle_stands();
DROP TRIGGER stands ON referrals_signal;
DROP FUNCTION referrals_signal_stands();
DROP TRIGGER inside_wall ON referrals_signalbundle;
DROP TRIGGER inside_wall ON referrals_signal;
DROP FUNCTION referrals_signal_inside_wall();
"""


class Migration(migrations.Migration):
    """What Django's own constraints can't say."""

    dependencies = [("referrals", "0010_signals")]
    operations = [migrations.RunSQL(SQL, UNDO)]
