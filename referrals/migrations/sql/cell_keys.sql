-- The sums of the questions' keys follow the counts, so that a group of questions has one key wherever it
-- is counted. A question that is deleted leaves its key in the sums of what departed.

CREATE OR REPLACE FUNCTION referrals_add_difference() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO referrals_reportcell (partnership_id, municipality, neighbourhood, organisation,
                life_domain, several, channel, month, received, helped, received_keys, helped_keys,
                departed)
            SELECT OLD.partnership_id, OLD.municipality, OLD.neighbourhood, OLD.organisation,
                OLD.life_domain, OLD.several, OLD.channel, m.month, m.received * s.sign,
                m.helped * s.sign, m.received * s.sign * OLD.key, m.helped * s.sign * OLD.key,
                s.departed
            FROM (VALUES (OLD.received_month, 1, 0), (OLD.helped_month, 0, 1))
                AS m (month, received, helped),
                (VALUES (-1, false), (1, true)) AS s (sign, departed)
            WHERE m.month IS NOT NULL AND (TG_OP = 'DELETE' OR NOT s.departed);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO referrals_reportcell (partnership_id, municipality, neighbourhood, organisation,
                life_domain, several, channel, month, received, helped, received_keys, helped_keys,
                departed)
            SELECT NEW.partnership_id, NEW.municipality, NEW.neighbourhood, NEW.organisation,
                NEW.life_domain, NEW.several, NEW.channel, m.month, m.received, m.helped,
                m.received * NEW.key, m.helped * NEW.key, false
            FROM (VALUES (NEW.received_month, 1, 0), (NEW.helped_month, 0, 1))
                AS m (month, received, helped) WHERE m.month IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;

-- A key is drawn once: whatever changes a question, it keeps its own.
CREATE FUNCTION referrals_keep_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.key := OLD.key;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_key BEFORE UPDATE OF key ON referrals_reportedquestion
    FOR EACH ROW EXECUTE FUNCTION referrals_keep_key();

-- What was counted before there were keys. Those who departed have none left, so the group of each of
-- their rows gets one of its own.
DELETE FROM referrals_reportcell WHERE NOT departed;
INSERT INTO referrals_reportcell (partnership_id, municipality, neighbourhood, organisation, life_domain,
        several, channel, month, received, helped, received_keys, helped_keys, departed)
    SELECT partnership_id, municipality, neighbourhood, organisation, life_domain, several, channel, month,
        sum(received), sum(helped), sum(received * key), sum(helped * key), false
    FROM (SELECT q.*, m.month, m.received, m.helped FROM referrals_reportedquestion q,
        LATERAL (VALUES (q.received_month, 1, 0), (q.helped_month, 0, 1)) AS m (month, received, helped)
        WHERE m.month IS NOT NULL) AS counted
    GROUP BY partnership_id, municipality, neighbourhood, organisation, life_domain, several, channel, month;
UPDATE referrals_reportcell SET
        received_keys = received * ('x' || substr(gen_random_uuid()::text, 1, 8))::bit(32)::bigint,
        helped_keys = helped * ('x' || substr(gen_random_uuid()::text, 1, 8))::bit(32)::bigint
    WHERE departed;

-- As before, but without the key in the comparison: that of EXCLUDED was drawn for nothing.
CREATE OR REPLACE FUNCTION referrals_count_question() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO referrals_reportedquestion AS known (question_id, partnership_id, municipality,
            neighbourhood, organisation, life_domain, several, channel, received_month,
            helped_month)
        SELECT question_id, partnership_id, municipality, neighbourhood, organisation, life_domain,
            several, channel, received_month, helped_month
        FROM referrals_where_it_counts() WHERE question_id = NEW.id
        ON CONFLICT (question_id) DO UPDATE SET municipality = EXCLUDED.municipality,
            neighbourhood = EXCLUDED.neighbourhood, organisation = EXCLUDED.organisation,
            life_domain = EXCLUDED.life_domain, several = EXCLUDED.several,
            channel = EXCLUDED.channel, received_month = EXCLUDED.received_month,
            helped_month = EXCLUDED.helped_month
        WHERE (known.municipality, known.neighbourhood, known.organisation, known.life_domain,
                known.several, known.channel, known.received_month, known.helped_month)
            IS DISTINCT FROM (EXCLUDED.municipality, EXCLUDED.neighbourhood, EXCLUDED.organisation,
                EXCLUDED.life_domain, EXCLUDED.several, EXCLUDED.channel, EXCLUDED.received_month,
                EXCLUDED.helped_month);
    RETURN NULL;
END $$;
