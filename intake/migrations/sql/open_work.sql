-- The number of open questions of each organisation and service. `organisations` stands below `intake`
-- and cannot import it: service pages and routing call this function and see nothing else of a question.

CREATE FUNCTION intake_open_work(partnership uuid)
RETURNS TABLE (organisation_id uuid, service_id uuid, questions bigint)
LANGUAGE sql STABLE AS $$
    SELECT lead_id, q.service_id, count(*) FROM intake_question q
     WHERE q.partnership_id = partnership AND q.status IN ('new', 'picked_up')
     GROUP BY lead_id, q.service_id
$$;
