-- The chain over the access log (welzijn/audit/chain). A line waits in audit_unsealedevent, written in the
-- transaction that writes the line, so that one committed late is not missed; `audit_seal` takes what waits
-- into a block, whose hash holds that of the block before it. Only these functions write here.

-- What a line says, in two parts: retention empties the second. As JSON, as `chain/hashing.py` writes it.
CREATE FUNCTION audit_kept_hash(e audit_accessevent) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array('voordeur-line-1', e.id::text,
        to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.partnership_id::text, e.actor_kind,
        e.actor_id::text, e.organisation_id::text, e.role, e.action, e.what, e.basis, e.emergency)::text, 'UTF8'))
$$;
CREATE FUNCTION audit_erasable_hash(e audit_accessevent) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array(e.id::text, e.question_id::text, e.person_id::text, e.reason,
        e.on_behalf_of)::text, 'UTF8'))
$$;
CREATE FUNCTION audit_leaf(e audit_accessevent) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(audit_kept_hash(e) || COALESCE(e.erased_hash, audit_erasable_hash(e)))
$$;
-- Stands for a line in a block, and leads nowhere once the line is gone.
CREATE FUNCTION audit_tag(line uuid) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT substring(sha256(convert_to(line::text, 'UTF8')) FOR 8)
$$;

CREATE FUNCTION audit_line_waits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh WHERE erased_hash IS NOT NULL) THEN
        RAISE EXCEPTION 'evidence: a new line of the log has not been erased'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence';
    END IF;
    INSERT INTO audit_unsealedevent (event_id, since) SELECT id, now() FROM fresh;
    RETURN NULL;
END $$;
CREATE TRIGGER line_waits AFTER INSERT ON audit_accessevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION audit_line_waits();

-- Erased content leaves its hash. The name puts it before the trigger that refuses.
CREATE FUNCTION audit_keep_hash() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.erased_hash IS DISTINCT FROM OLD.erased_hash THEN
        RAISE EXCEPTION 'evidence: this hash is written by the database'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence';
    END IF;
    NEW.erased_hash := COALESCE(OLD.erased_hash, CASE
        WHEN (OLD.question_id, OLD.person_id, OLD.reason, OLD.on_behalf_of)
            IS DISTINCT FROM (NEW.question_id, NEW.person_id, NEW.reason, NEW.on_behalf_of)
        THEN audit_erasable_hash(OLD) END);
    RETURN NEW;
END $$;
CREATE TRIGGER a_keep_hash BEFORE UPDATE ON audit_accessevent
    FOR EACH ROW EXECUTE FUNCTION audit_keep_hash();

-- What retention took is recorded, and sealed like the lines.
CREATE FUNCTION audit_record_erasure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO audit_logerasure (txid, at, kind, lines, tags)
        SELECT pg_current_xact_id()::text::bigint, clock_timestamp(), TG_ARGV[0], count(*),
            string_agg(audit_tag(id), '' ORDER BY id) FROM gone HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE TRIGGER record_clearing AFTER UPDATE ON audit_accessevent REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION audit_record_erasure('cleared');
CREATE TRIGGER record_deletion AFTER DELETE ON audit_accessevent REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION audit_record_erasure('deleted');

CREATE FUNCTION audit_erasure_hash(e audit_logerasure) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array('voordeur-erasure-1', e.id,
        to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.kind, e.lines,
        encode(sha256(e.tags), 'hex'))::text, 'UTF8'))
$$;
CREATE FUNCTION audit_block_hash(b audit_logblock) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(convert_to(jsonb_build_array('voordeur-block-1', b.number, encode(b.previous, 'hex'),
        to_char(b.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), b.lines,
        encode(sha256(b.tags || b.leaves), 'hex'), b.erasures, encode(b.erasures_hash, 'hex'))::text, 'UTF8'))
$$;

-- Take these lines, where they wait, into a block, with the records of erasing since the last one; return
-- how many lines. Nothing where another session does so now.
CREATE FUNCTION audit_seal(events uuid[]) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    taken uuid[];
    records bigint[];
    block audit_logblock;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('voordeur log chain')) THEN
        RETURN 0;
    END IF;
    WITH gone AS (
        DELETE FROM audit_unsealedevent WHERE event_id = ANY (events) RETURNING event_id)
    SELECT array_agg(event_id) INTO taken FROM gone;
    SELECT array_agg(id ORDER BY id) INTO records FROM audit_logerasure WHERE block_id IS NULL;
    IF taken IS NULL AND records IS NULL THEN
        RETURN 0;
    END IF;
    SELECT number, hash INTO block.number, block.previous FROM audit_logblock ORDER BY number DESC LIMIT 1;
    block.number := COALESCE(block.number, 0) + 1;
    block.previous := COALESCE(block.previous, ''::bytea);
    block.sealed_at := clock_timestamp();
    -- A line that went before it was sealed keeps its place; its erasure says why it is not there.
    SELECT count(*), COALESCE(string_agg(audit_tag(t.id), '' ORDER BY t.id), ''),
        COALESCE(string_agg(COALESCE(audit_leaf(e), decode(repeat('00', 32), 'hex')), '' ORDER BY t.id), '')
        INTO block.lines, block.tags, block.leaves
        FROM unnest(taken) AS t(id) LEFT JOIN audit_accessevent e ON e.id = t.id;
    SELECT count(*), sha256(COALESCE(string_agg(audit_erasure_hash(e), '' ORDER BY e.id), ''))
        INTO block.erasures, block.erasures_hash FROM audit_logerasure e WHERE e.id = ANY (records);
    block.hash := audit_block_hash(block);
    INSERT INTO audit_logblock SELECT block.*;
    UPDATE audit_logerasure SET block_id = block.number WHERE id = ANY (records);
    RETURN block.lines;
END $$;
REVOKE EXECUTE ON FUNCTION audit_seal(uuid[]) FROM PUBLIC;

-- What was there before the chain is sealed as it is now.
INSERT INTO audit_unsealedevent (event_id, since) SELECT id, now() FROM audit_accessevent;
