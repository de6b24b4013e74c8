-- What was set aside as a flood counts in no figure, until a coordinator takes it out of the flood.

CREATE OR REPLACE FUNCTION referrals_where_it_counts() RETURNS TABLE (question_id uuid, partnership_id uuid,
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
    WHERE NOT EXISTS (SELECT FROM intake_setaside s
            WHERE s.question_id = q.id AND s.released_at IS NULL)
$$;

CREATE FUNCTION referrals_count_released() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO referrals_reportedquestion (question_id, partnership_id, municipality, neighbourhood,
            organisation, life_domain, several, channel, received_month, helped_month)
        SELECT question_id, partnership_id, municipality, neighbourhood, organisation, life_domain,
            several, channel, received_month, helped_month
        FROM referrals_where_it_counts() WHERE question_id = NEW.question_id
        ON CONFLICT (question_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER count_released AFTER UPDATE OF released_at ON intake_setaside
    FOR EACH ROW EXECUTE FUNCTION referrals_count_released();
