-- One person at a provider for each account: a second one never gets in beside the first, not even
-- when two sign in at the same moment. An administrator takes the first one off (Beheer).
-- Where an older version let two in, the one that signed in last stays.
DELETE FROM socialaccount_socialaccount a
USING socialaccount_socialaccount b
WHERE a.user_id = b.user_id AND (a.last_login, a.id) < (b.last_login, b.id);
CREATE UNIQUE INDEX socialaccount_one_subject ON socialaccount_socialaccount (user_id);
