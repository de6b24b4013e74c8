-- How a name is found as people hear and type it. One index on intake_name_keys(name, called) serves
-- both questions: intake_name_exact (words of the name, or how they begin) and intake_name_like (one
-- letter too many, too few, wrong or swapped, or the same sound).

-- The words of a name without accents, capitals and punctuation. Schemas are named: a restored
-- database builds its indexes with an empty search_path.
CREATE FUNCTION intake_name_words(name text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg(left(word, 40) ORDER BY place), '{}') FROM (
        SELECT word, place FROM regexp_split_to_table(
            regexp_replace(
                lower(public.unaccent('public.unaccent'::regdictionary, normalize(name, NFC))),
                '[''’‘`´]', '', 'g'
            ),
            '[\s!-/:-@\[-`{-~…–—]+'
        ) WITH ORDINALITY AS t(word, place) WHERE word <> '' LIMIT 10) AS words);
END $$;

-- Words that people leave out or write otherwise: van, de, titles, single letters.
CREATE FUNCTION intake_name_particle(word text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT length(word) = 1 OR word = ANY ('{van,von,vande,vanden,vander,vd,vdr,vdn,de,den,der,ter,ten,te,het,el,al,la,le,les,du,di,da,dos,del,mevrouw,mevr,mw,meneer,mijnheer,dhr,heer,mr,drs,dr,ir}'::text[])
$$;

-- How a word sounds: Meijer, Meyer and Meier; Mohammed and Muhammad; Visser and Fisser.
CREATE FUNCTION intake_name_sound(word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE heard text := word; bones text;
BEGIN
    heard := replace(replace(replace(replace(heard, 'ij', 'i'), 'ey', 'i'), 'ei', 'i'), 'y', 'i');
    heard := regexp_replace(heard, '^j', 'i');
    heard := replace(replace(replace(replace(heard, 'ph', 'f'), 'th', 't'), 'dt', 't'), 'ck', 'k');
    heard := replace(replace(replace(replace(heard, 'ch', 'g'), 'kh', 'g'), 'gh', 'g'), 'ou', 'au');
    heard := regexp_replace(heard, 'c(?=[ei])', 's', 'g');
    heard := translate(heard, 'cqzv', 'kksf');
    heard := regexp_replace(regexp_replace(heard, 'd$', 't'), '(.)\1+', '\1', 'g');
    bones := left(heard, 1) || translate(substr(heard, 2), 'aeiou', '');
    RETURN CASE WHEN length(bones) >= 4 THEN bones ELSE heard END;
END $$;

-- A word with each one of its letters left out.
CREATE FUNCTION intake_name_shorter(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(left(word, n - 1) || substr(word, n + 1)), '{}')
    FROM generate_series(1, length(word)) AS n WHERE length(word) >= 4
$$;

-- What a name is found by. Its words; two words written as one (Annemarie, Deboer) and one as two;
-- with ~ a word with a letter left out; with = how it sounds.
CREATE FUNCTION intake_name_keys(name text, called text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE words text[]; keys text[]; run text := ''; word text; before text := '';
BEGIN
    words := public.intake_name_words(name || ' ' || called);
    keys := words;
    FOREACH word IN ARRAY words LOOP
        IF before <> '' THEN keys := keys || (before || word); END IF;
        IF public.intake_name_particle(word) THEN
            run := run || word;
        ELSE
            IF run <> '' THEN keys := keys || (run || word); END IF;
            run := '';
            IF word ~ '^(vanden|vander|vande|van|den|der|de|ter|ten)....' THEN
                keys := keys || regexp_replace(word, '^(vanden|vander|vande|van|den|der|de|ter|ten)', '');
            END IF;
            IF length(word) >= 4 THEN
                keys := keys || ('=' || public.intake_name_sound(word))
                    || (SELECT array_agg('~' || shorter) FROM unnest(public.intake_name_shorter(word)) AS shorter);
            END IF;
        END IF;
        before := word;
    END LOOP;
    RETURN array_to_tsvector(keys);
END $$;

-- The words that have to be there: without particles, unless there is nothing else.
CREATE FUNCTION intake_name_asked(typed text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE words text[] := public.intake_name_words(typed); wanted text[];
BEGIN
    SELECT array_agg(word) INTO wanted FROM unnest(words) AS word WHERE NOT public.intake_name_particle(word);
    RETURN coalesce(wanted, words);
END $$;

-- Names with these words, or words that begin so; short ones (Bo, Ab) only as they are.
CREATE FUNCTION intake_name_exact(typed text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE every text; whole text;
BEGIN
    SELECT string_agg(quote_literal(word) || CASE WHEN length(word) >= 3 THEN ':*' ELSE '' END, ' & ')
        INTO every FROM unnest(public.intake_name_asked(typed)) AS word;
    whole := array_to_string(public.intake_name_words(typed), '');
    IF every IS NULL THEN RETURN ''::tsquery; END IF;
    RETURN ('(' || every || ') | ' || quote_literal(whole) || CASE WHEN length(whole) >= 5 THEN ':*' ELSE '' END)::tsquery;
END $$;

-- Names of which each word is one of these, or nearly.
CREATE FUNCTION intake_name_like(typed text) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE every text;
BEGIN
    SELECT string_agg('(' || concat_ws(' | ',
        quote_literal(word) || CASE WHEN length(word) >= 3 THEN ':*' END,
        CASE WHEN length(word) < 3 THEN quote_literal(word) END,
        CASE WHEN length(word) >= 3 THEN quote_literal('~' || word) END,
        CASE WHEN length(word) >= 4 THEN quote_literal('=' || public.intake_name_sound(word)) END,
        (SELECT string_agg(quote_literal(shorter) || ' | ' || quote_literal('~' || shorter), ' | ')
            FROM unnest(public.intake_name_shorter(word)) AS shorter)
    ) || ')', ' & ') INTO every FROM unnest(public.intake_name_asked(typed)) AS word;
    RETURN coalesce(every, '')::tsquery;
END $$;
