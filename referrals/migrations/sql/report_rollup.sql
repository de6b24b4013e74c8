-- The figures follow the questions, in the transaction of the change. A question that comes in, moves,
-- gets another life domain, closes, opens again or is deleted changes where it counts (ReportedQuestion);
-- each change of that adds its difference to ReportCell. Rows are only added there, so nobody waits for
-- anybody's figures and nothing can deadlock.
--
-- Helped are questions closed with help given (`referrals.reports.counting.HELPED`), in the month in which
-- they were closed. Months are those of clocks in Amsterdam.

CREATE FUNCTION referrals_month(at timestamptz) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT date_trunc('month', at AT TIME ZONE 'Europe/Amsterdam')::date
$$;

-- Where each question counts: the one definition, used by the triggers and by a full recount.
-- A function and not a view, so that it never stands in the way of a change of a column.
CREATE FUNCTION referrals_where_it_counts() RETURNS TABLE (question_id uuid, partnership_id uuid,
        municipality varchar, neighbourhood uuid, organisation uuid, life_domain uuid,
        several boolean, channel varchar, received_month date, helped_month date)
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT q.id, q.partnership_id, COALESCE(q.municipality_id, ''), q.neighbourhood_id, q.lead_id,
        CASE WHEN d.n = 1 THEN d.one END, d.n > 1, q.channel, referrals_month(q.received_at),
        CASE WHEN q.status = 'closed' AND q.result IN ('helped', 'partly', 'advised', 'other_help')
            THEN referrals_month(q.closed_at) END
    FROM intake_question q,
        LATERAL (SELECT count(*) AS n, (array_agg(l.life_domain_id))[1] AS one
            FROM intake_questionlifedomain l WHERE l.question_id = q.id) d
$$;

CREATE FUNCTION referrals_count_question() RETURNS trigger LANGUAGE plpgsql AS $$
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
        WHERE known IS DISTINCT FROM EXCLUDED;
    RETURN NULL;
END $$;
CREATE TRIGGER count_new AFTER INSERT ON intake_question
    FOR EACH ROW EXECUTE FUNCTION referrals_count_question();
CREATE TRIGGER count_changed AFTER UPDATE ON intake_question FOR EACH ROW
    WHEN ((OLD.municipality_id, OLD.neighbourhood_id, OLD.lead_id, OLD.channel, OLD.received_at,
            OLD.status, OLD.result, OLD.closed_at)
        IS DISTINCT FROM (NEW.municipality_id, NEW.neighbourhood_id, NEW.lead_id, NEW.channel,
            NEW.received_at, NEW.status, NEW.result, NEW.closed_at))
    EXECUTE FUNCTION referrals_count_question();

CREATE FUNCTION referrals_uncount_question() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM referrals_reportedquestion WHERE question_id = OLD.id;
    RETURN OLD;
END $$;
CREATE TRIGGER count_gone BEFORE DELETE ON intake_question
    FOR EACH ROW EXECUTE FUNCTION referrals_uncount_question();

-- Only a question that counts already: while one is being deleted, its links go one by one.
CREATE FUNCTION referrals_count_domain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.question_id ELSE NEW.question_id END;
BEGIN
    UPDATE referrals_reportedquestion known
        SET life_domain = w.life_domain, several = w.several
        FROM referrals_where_it_counts() w
        WHERE known.question_id = asked AND w.question_id = asked
            AND (known.life_domain, known.several) IS DISTINCT FROM (w.life_domain, w.several);
    RETURN NULL;
END $$;
CREATE TRIGGER count_domain AFTER INSERT OR UPDATE OR DELETE ON intake_questionlifedomain
    FOR EACH ROW EXECUTE FUNCTION referrals_count_domain();

CREATE FUNCTION referrals_add_difference() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO referrals_reportcell (partnership_id, municipality, neighbourhood, organisation,
                life_domain, several, channel, month, received, helped, departed)
            SELECT OLD.partnership_id, OLD.municipality, OLD.neighbourhood, OLD.organisation,
                OLD.life_domain, OLD.several, OLD.channel, m.month, m.received * s.sign,
                m.helped * s.sign, s.departed
            FROM (VALUES (OLD.received_month, 1, 0), (OLD.helped_month, 0, 1))
                AS m (month, received, helped),
                (VALUES (-1, false), (1, true)) AS s (sign, departed)
            WHERE m.month IS NOT NULL AND (TG_OP = 'DELETE' OR NOT s.departed);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO referrals_reportcell (partnership_id, municipality, neighbourhood, organisation,
                life_domain, several, channel, month, received, helped, departed)
            SELECT NEW.partnership_id, NEW.municipality, NEW.neighbourhood, NEW.organisation,
                NEW.life_domain, NEW.several, NEW.channel, m.month, m.received, m.helped, false
            FROM (VALUES (NEW.received_month, 1, 0), (NEW.helped_month, 0, 1))
                AS m (month, received, helped) WHERE m.month IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER add_difference AFTER INSERT OR UPDATE OR DELETE ON referrals_reportedquestion
    FOR EACH ROW EXECUTE FUNCTION referrals_add_difference();
