-- Tables that prove something (welzijn/audit/protection): one function refuses, another says whether
-- retention's door is open. The door is a row that only these functions write: no setting opens it.

CREATE FUNCTION evidence_refuse() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'evidence: % on % is refused (welzijn/audit/protection/tables.py)', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence';
END $$;

-- The clock of the terms: tests that look years ahead replace it.
CREATE FUNCTION evidence_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT now()';

-- Whether this transaction erases a question, person, household or conference.
CREATE FUNCTION evidence_erasing(one uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM audit_erasurepermit
        WHERE txid = pg_current_xact_id()::text::bigint AND subject = one AND kind <> 'log');
END $$;

CREATE FUNCTION evidence_erasing_in(parent text, one uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE question uuid;
BEGIN
    EXECUTE format('SELECT question_id FROM public.%I WHERE id = $1', parent) INTO question USING one;
    RETURN evidence_erasing(question);
END $$;

-- Whether this transaction deletes the log of a partnership, and this moment is over its term.
CREATE FUNCTION evidence_log_over(partnership uuid, moment timestamptz) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM audit_erasurepermit p
        WHERE p.txid = pg_current_xact_id()::text::bigint AND p.subject = partnership
            AND p.kind = 'log' AND p.before > moment);
END $$;

CREATE FUNCTION evidence_erasing_event(event uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE line audit_accessevent;
BEGIN
    SELECT * INTO line FROM audit_accessevent WHERE id = event;
    RETURN evidence_erasing(line.question_id) OR evidence_log_over(line.partnership_id, line.at);
END $$;

-- Whether what a history tells of is gone.
CREATE FUNCTION evidence_gone(parent text, one uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE there boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I WHERE id = $1)', parent) INTO there USING one;
    RETURN NOT there;
END $$;

CREATE FUNCTION evidence_unused_context(one uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE history regclass; used boolean;
BEGIN
    FOR history IN SELECT attrelid::regclass FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE a.attname = 'pgh_context_id' AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE pgh_context_id = $1)', history) INTO used USING one;
        IF used THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN true;
END $$;

-- The door for questions. They have ended (but for a restore, which the owner of the tables does), and
-- what is erased goes whole and with its proof: `evidence_close` looks, at the latest at the commit.
CREATE FUNCTION evidence_open(the_proof uuid, rule text, questions uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    now_is bigint := pg_current_xact_id()::text::bigint;
    restores boolean := rule = 'herstel' AND pg_has_role(session_user,
        (SELECT relowner FROM pg_class WHERE oid = 'intake_question'::regclass), 'USAGE');
BEGIN
    IF EXISTS (SELECT FROM referrals_deletionproof WHERE id = the_proof) THEN
        RAISE EXCEPTION 'evidence: this proof is of an earlier erasing'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_proof';
    END IF;
    IF NOT restores AND EXISTS (SELECT FROM intake_question
        WHERE id = ANY (questions) AND status NOT IN ('closed', 'withdrawn'))
    THEN
        RAISE EXCEPTION 'evidence: an open question is not erased'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_ended';
    END IF;
    INSERT INTO audit_erasurepermit (id, txid, kind, subject, proof)
        SELECT gen_random_uuid(), now_is, 'question', id, the_proof FROM intake_question WHERE id = ANY (questions);
    INSERT INTO audit_erasurepermit (id, txid, kind, subject, proof)
        SELECT gen_random_uuid(), now_is, 'person', id, the_proof FROM (
            SELECT asker_id AS id FROM intake_question WHERE id = ANY (questions)
            UNION SELECT subject_id FROM intake_question WHERE id = ANY (questions)
            UNION SELECT given_by_id FROM intake_sharingbasis WHERE question_id = ANY (questions)
        ) people WHERE id IS NOT NULL;
    INSERT INTO audit_erasurepermit (id, txid, kind, subject, proof)
        SELECT DISTINCT ON (l.household_id) gen_random_uuid(), now_is, 'household', l.household_id, the_proof
        FROM intake_householdlink l JOIN audit_erasurepermit p
            ON p.txid = now_is AND p.kind = 'person' AND p.subject = l.person_id;
    INSERT INTO audit_erasurepermit (id, txid, kind, subject, proof)
        SELECT DISTINCT ON (conference_id) gen_random_uuid(), now_is, 'conference', conference_id, the_proof
        FROM referrals_agendaitem WHERE question_id = ANY (questions);
END $$;

-- The door for lines of the log: over the term of their partnership, and never within a year.
CREATE FUNCTION evidence_open_log(the_proof uuid, partnership uuid, over timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE years int;
BEGIN
    SELECT greatest((retention ->> 'log')::int, 1) INTO years FROM organisations_partnership WHERE id = partnership;
    -- A day of grace: the term counts days in Amsterdam.
    IF years IS NULL OR over > evidence_now() - make_interval(years => years) + interval '1 day' THEN
        RAISE EXCEPTION 'evidence: the log is not over its term'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_term';
    END IF;
    INSERT INTO audit_erasurepermit (id, txid, kind, subject, proof, before)
        VALUES (gen_random_uuid(), pg_current_xact_id()::text::bigint, 'log', partnership, the_proof, over);
END $$;

CREATE FUNCTION evidence_close() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE now_is bigint := pg_current_xact_id()::text::bigint;
BEGIN
    IF EXISTS (SELECT FROM audit_erasurepermit p JOIN intake_question q ON q.id = p.subject
        WHERE p.txid = now_is AND p.kind = 'question')
    THEN
        RAISE EXCEPTION 'evidence: a question is erased whole or not at all'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_whole';
    END IF;
    IF EXISTS (SELECT FROM audit_erasurepermit p
        WHERE p.txid = now_is
            AND (p.kind = 'question' OR p.kind = 'log' AND EXISTS (
                SELECT FROM audit_logerasure e WHERE e.txid = now_is AND e.kind = 'deleted'))
            AND NOT EXISTS (SELECT FROM referrals_deletionproof d WHERE d.id = p.proof))
    THEN
        RAISE EXCEPTION 'evidence: nothing is erased without a proof'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_proof';
    END IF;
    DELETE FROM audit_erasurepermit WHERE txid = now_is;
END $$;

CREATE FUNCTION evidence_close_at_commit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM audit_erasurepermit WHERE id = NEW.id) THEN
        PERFORM evidence_close();
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER close_at_commit AFTER INSERT ON audit_erasurepermit
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION evidence_close_at_commit();

REVOKE EXECUTE ON FUNCTION evidence_open(uuid, text, uuid[]), evidence_open_log(uuid, uuid, timestamptz),
    evidence_close() FROM PUBLIC;
