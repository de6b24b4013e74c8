-- Words that may mean danger, added to a question that exists, are due to be judged: day and night,
-- also after closing or withdrawing. What came in with the question is due by its own trigger
-- (danger_opened_within.sql).
--
-- Where the judging is due already and nobody has opened the question since, its alarm goes on as it
-- was: more words don't begin its circles anew. Where a colleague has opened it, they have not read
-- these words, so it begins again.

CREATE FUNCTION referrals_heard_danger() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    due referrals_followup;
BEGIN
    IF NEW.entry_id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO due FROM referrals_followup
        WHERE question_id = NEW.question_id AND kind = 'duty' AND status = 'open';
    IF FOUND THEN
        IF NOT EXISTS (SELECT FROM audit_accessevent
                WHERE question_id = NEW.question_id AND actor_kind = 'staff' AND action = 'read'
                AND what = 'question' AND at >= due.created_at) THEN
            RETURN NULL;
        END IF;
        UPDATE referrals_followup SET status = 'cancelled', done_at = NEW.at, remind_at = NULL
            WHERE id = due.id;
    END IF;
    INSERT INTO referrals_followup (id, partnership_id, question_id, kind, sentence, organisation_id,
            team_id, waits_for, due_on, due_version, remind_at, escalation, status, created_at,
            parameters, for_resident)
        SELECT gen_random_uuid(), q.partnership_id, q.id, 'duty', 'follow_up.judge', q.lead_id,
                q.lead_team_id, 'us', (NEW.at AT TIME ZONE 'Europe/Amsterdam')::date, 1,
                NEW.at + interval '1 minute' * p.danger_opened_within, 0, 'open', NEW.at, '{}', false
            FROM intake_question q JOIN organisations_partnership p ON p.id = q.partnership_id
            WHERE q.id = NEW.question_id;
    RETURN NULL;
END $$;
CREATE TRIGGER heard_danger AFTER INSERT ON intake_hearddanger
    FOR EACH ROW EXECUTE FUNCTION referrals_heard_danger();
