"""The statements of the proposal: matching is PostgreSQL's work. All values are parameters."""

_LISTS = """
list AS (
    SELECT d.id, 'domain' AS kind, lower(unaccent(word)) AS entry, 1.0 AS weight
    FROM organisations_lifedomain d, unnest(d.words) AS word
    WHERE d.partnership_id = %(partnership)s AND (d.until IS NULL OR d.until >= current_date)
    UNION
    SELECT d.id, 'domain', word, 0.8
    FROM organisations_lifedomain d,
        unnest(tsvector_to_array(to_tsvector(
            'simple', unaccent(lower(d.name || ' ' || d.explanation))
        ))) AS word
    WHERE d.partnership_id = %(partnership)s AND (d.until IS NULL OR d.until >= current_date)
    UNION
    SELECT s.id, 'service', lower(unaccent(word)), 1.0
    FROM organisations_service s,
        unnest(s.words || tsvector_to_array(to_tsvector('simple', s.name))::varchar[]) AS word
    WHERE s.partnership_id = %(partnership)s AND (s.until IS NULL OR s.until >= current_date)
)
"""

HITS = f"""
WITH typed AS (
    SELECT word, (ts_lexize('dutch_stem', word))[1] AS lexeme
    FROM unnest(%(typed)s::text[]) AS word
    UNION
    -- The stemmer leaves the t of a third person: "blowt" is "blow".
    SELECT word, (ts_lexize('dutch_stem', left(word, -1)))[1]
    FROM unnest(%(typed)s::text[]) AS word WHERE right(word, 1) = 't' AND length(word) >= 5
), text AS (
    SELECT ' ' || %(text)s || ' ' AS whole, to_tsvector('dutch', %(text)s) AS stems
), {_LISTS}, entry AS MATERIALIZED (
    SELECT id, NULL::int AS meaning, entry, weight, (ts_lexize('dutch_stem', entry))[1] AS lexeme
    FROM list
    UNION ALL
    SELECT NULL, meaning, said, 1.0, lexeme
    FROM unnest(%(said_of)s::int[], %(said)s::text[], %(lexemes)s::text[])
        AS m(meaning, said, lexeme)
), same AS (
    SELECT w.id, w.meaning, w.entry, t.word AS typed, w.weight * 1.0 AS strength
    FROM entry w JOIN typed t ON t.lexeme = w.lexeme
    WHERE position(' ' IN w.entry) = 0
    UNION ALL
    SELECT e.id, e.meaning, e.entry, e.entry, e.weight * 1.3
    FROM entry e, text
    WHERE position(' ' IN e.entry) > 0 AND (
        position(' ' || e.entry || ' ' IN text.whole) > 0
        OR CASE WHEN position(' ' || left(e.entry, 3) IN text.whole) > 0
            THEN numnode(phraseto_tsquery('dutch', e.entry)) >= 3
                AND text.stems @@ phraseto_tsquery('dutch', e.entry)
            ELSE false END
    )
), rest AS (
    SELECT DISTINCT word FROM typed
    WHERE length(word) >= 5 AND lexeme IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM same WHERE same.typed = typed.word)
), near AS (
    SELECT w.id, w.meaning, w.entry, r.word AS typed, w.weight, 0.8 AS strength, true AS part
    FROM entry w JOIN rest r ON length(w.entry) >= 4 AND length(r.word) > length(w.entry) + 2
        AND (starts_with(r.word, w.entry) OR right(r.word, length(w.entry)) = w.entry)
    UNION ALL
    SELECT w.id, w.meaning, w.entry, r.word, w.weight, similarity(r.word, w.entry), false
    FROM entry w JOIN rest r ON left(w.entry, 1) = left(r.word, 1) AND length(w.entry) >= 5
        AND abs(length(w.entry) - length(r.word)) <= 3
    WHERE similarity(r.word, w.entry) >= %(alike)s
), nearest AS (
    SELECT *, max(strength) OVER (PARTITION BY typed) AS best FROM near
)
SELECT id, meaning, entry, typed, strength::float FROM same
UNION ALL
SELECT id, meaning, entry, typed, (weight * strength * CASE WHEN part THEN 1 ELSE 0.9 END)::float
FROM nearest WHERE strength >= best - 0.05
"""  # noqa: S608 - joined from constants only

BRIDGES = f"""
WITH {_LISTS}, means AS (
    SELECT meaning, word, (ts_lexize('dutch_stem', word))[1] AS lexeme
    FROM unnest(%(means_of)s::int[], %(means)s::text[]) AS m(meaning, word)
)
SELECT m.meaning, list.id, list.kind, count(DISTINCT m.word)
FROM means m JOIN list
    ON list.entry = m.word OR (ts_lexize('dutch_stem', list.entry))[1] = m.lexeme
GROUP BY m.meaning, list.id, list.kind
"""  # noqa: S608 - joined from constants only

NAMES = """
SELECT id, 'domain', slug, name FROM organisations_lifedomain WHERE partnership_id = %(partnership)s
UNION ALL
SELECT id, 'service', slug, name FROM organisations_service WHERE partnership_id = %(partnership)s
"""

LINKS = """
SELECT l.service_id, l.lifedomain_id
FROM organisations_service_life_domains l JOIN organisations_service s ON s.id = l.service_id
WHERE s.partnership_id = %(partnership)s
"""

LEXEMES = """
SELECT array_agg((ts_lexize('dutch_stem', word))[1] ORDER BY place)
FROM unnest(%(words)s::text[]) WITH ORDINALITY AS w(word, place)
"""
