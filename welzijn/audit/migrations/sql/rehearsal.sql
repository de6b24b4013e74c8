-- A partnership in rehearsal (organisations/rehearsal): what was practised goes whole, open or ended.

-- Whether this transaction wipes the rehearsal of a partnership.
CREATE FUNCTION evidence_rehearsal(partnership uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM audit_erasurepermit
        WHERE txid = pg_current_xact_id()::text::bigint AND subject = partnership AND kind = 'rehearsal');
END $$;

-- The door for what no question leads to: signals, decisions, figures. Only of a partnership in rehearsal.
CREATE FUNCTION evidence_open_rehearsal(partnership uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM organisations_partnership
        WHERE id = partnership AND rehearsing_since IS NOT NULL AND NOT live)
    THEN
        RAISE EXCEPTION 'evidence: this partnership is not in rehearsal'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_rehearsal';
    END IF;
    INSERT INTO audit_erasurepermit (id, txid, kind, subject, proof)
        VALUES (gen_random_uuid(), pg_current_xact_id()::text::bigint, 'rehearsal', partnership, partnership);
END $$;
REVOKE EXECUTE ON FUNCTION evidence_open_rehearsal(uuid) FROM PUBLIC;

-- As in evidence.sql, but that invented questions of a rehearsal need not have ended.
CREATE OR REPLACE FUNCTION evidence_open(the_proof uuid, rule text, questions uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    now_is bigint := pg_current_xact_id()::text::bigint;
    restores boolean := rule = 'herstel' AND pg_has_role(session_user,
        (SELECT relowner FROM pg_class WHERE oid = 'intake_question'::regclass), 'USAGE');
    rehearses boolean := rule = 'oefening' AND NOT EXISTS (SELECT FROM intake_question q
        JOIN organisations_partnership p ON p.id = q.partnership_id
        WHERE q.id = ANY (questions) AND (p.rehearsing_since IS NULL OR p.live));
BEGIN
    IF EXISTS (SELECT FROM referrals_deletionproof WHERE id = the_proof) THEN
        RAISE EXCEPTION 'evidence: this proof is of an earlier erasing'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_proof';
    END IF;
    IF NOT restores AND NOT rehearses AND EXISTS (SELECT FROM intake_question
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
