-- The alarm of possible danger is looked at again after the partnership's own number of minutes.

CREATE OR REPLACE FUNCTION referrals_follow_the_lead() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.lead_id = OLD.lead_id AND NEW.lead_team_id IS NOT DISTINCT FROM OLD.lead_team_id THEN
            RETURN NULL;
        END IF;
        IF NEW.lead_id <> OLD.lead_id THEN
            UPDATE referrals_referral SET until = NEW.lead_since
                WHERE question_id = NEW.id AND until IS NULL
                AND (part = 'lead' OR organisation_id = NEW.lead_id);
            INSERT INTO referrals_referral (id, question_id, organisation_id, part, since)
                VALUES (gen_random_uuid(), NEW.id, NEW.lead_id, 'lead', NEW.lead_since);
        END IF;
        UPDATE referrals_followup SET organisation_id = NEW.lead_id, team_id = NEW.lead_team_id
            WHERE question_id = NEW.id AND status = 'open' AND kind IN ('pick_up', 'duty');
        RETURN NULL;
    END IF;
    INSERT INTO referrals_referral (id, question_id, organisation_id, part, since)
        VALUES (gen_random_uuid(), NEW.id, NEW.lead_id, 'lead', NEW.lead_since);
    IF NEW.status = 'new' THEN
        INSERT INTO referrals_followup (id, partnership_id, question_id, kind, sentence,
                organisation_id, team_id, waits_for, due_on, due_version, remind_at, escalation,
                status, created_at)
            VALUES (gen_random_uuid(), NEW.partnership_id, NEW.id, 'pick_up', 'follow_up.pick_up',
                NEW.lead_id, NEW.lead_team_id, 'us', NEW.due_on, 1,
                (NEW.due_on + 1 + time '06:00') AT TIME ZONE 'Europe/Amsterdam', 0,
                'open', NEW.received_at);
    END IF;
    IF NEW.status = 'new' AND NEW.maybe_danger THEN
        INSERT INTO referrals_followup (id, partnership_id, question_id, kind, sentence,
                organisation_id, team_id, waits_for, due_on, due_version, remind_at, escalation,
                status, created_at)
            VALUES (gen_random_uuid(), NEW.partnership_id, NEW.id, 'duty', 'follow_up.judge',
                NEW.lead_id, NEW.lead_team_id, 'us',
                (NEW.received_at AT TIME ZONE 'Europe/Amsterdam')::date, 1,
                NEW.received_at + interval '1 minute' * (SELECT danger_opened_within
                    FROM organisations_partnership WHERE id = NEW.partnership_id), 0, 'open', NEW.received_at);
    END IF;
    RETURN NULL;
END $$;
