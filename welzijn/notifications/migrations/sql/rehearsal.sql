-- While a partnership rehearses (organisations/rehearsal) no message to a resident, and none about a
-- question, can become due or be sent, whichever code writes it.

CREATE FUNCTION notifications_hold_rehearsal() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM organisations_partnership
        WHERE id = NEW.partnership_id AND rehearsing_since IS NOT NULL)
    THEN
        NEW.status := 'rehearsed';
        NEW.held_until := NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hold_rehearsal BEFORE INSERT OR UPDATE OF status ON notifications_message
    FOR EACH ROW WHEN (NEW.status IN ('waiting', 'sending', 'sent')
        AND (NEW.recipient_kind <> 'staff' OR NEW.about_id IS NOT NULL))
    EXECUTE FUNCTION notifications_hold_rehearsal();
