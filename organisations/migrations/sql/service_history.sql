-- The history of room begins with what each service has now.
INSERT INTO organisations_serviceevent
    (capacity, confirmed_by_id, confirmed_on, pgh_context_id, pgh_created_at, pgh_label, pgh_obj_id,
     since, until, waiting_weeks)
SELECT capacity, confirmed_by_id, confirmed_on, NULL, now(), 'insert', id, since, until, waiting_weeks
FROM organisations_service;
