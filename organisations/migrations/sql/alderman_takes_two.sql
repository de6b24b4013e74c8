-- The seat of a wethouder or manager is proposed by one and approved by another, as that of a
-- policy officer is.
CREATE OR REPLACE FUNCTION role_takes_two(role text, reads_new boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT role IN ('front_desk', 'team_member', 'coordinator', 'municipality', 'alderman',
                    'privacy_officer')
        OR (role = 'professional' AND reads_new)
$$;
