"""The statements of the proposal: words of the partnership's own lists, matched by PostgreSQL."""

HITS = """
WITH typed AS (
    SELECT word, (ts_lexize('dutch_stem', word))[1] AS lexeme
    FROM unnest(%(typed)s::text[]) AS word
), entry AS MATERIALIZED (
    SELECT id, entry, (ts_lexize('dutch_stem', entry))[1] AS lexeme FROM (
        SELECT d.id, lower(unaccent(word)) AS entry
        FROM organisations_lifedomain d, unnest(d.words) AS word
        WHERE d.partnership_id = %(partnership)s AND (d.until IS NULL OR d.until >= current_date)
        UNION
        SELECT s.id, lower(unaccent(word))
        FROM organisations_service s,
            unnest(s.words || tsvector_to_array(to_tsvector('simple', s.name))::varchar[]) AS word
        WHERE s.partnership_id = %(partnership)s AND (s.until IS NULL OR s.until >= current_date)
    ) list
), same AS (
    -- The stemmer makes one of "weet" and "wet": a word has to begin as the list's does.
    SELECT w.id, t.word AS typed, 1.0 AS strength
    FROM entry w JOIN typed t ON t.lexeme = w.lexeme AND left(t.word, 3) = left(w.entry, 3)
    WHERE position(' ' IN w.entry) = 0
    UNION ALL
    SELECT e.id, e.entry, 1.3 FROM entry e
    WHERE position(' ' IN e.entry) > 0
        AND position(' ' || e.entry || ' ' IN ' ' || %(text)s || ' ') > 0
), rest AS (
    SELECT DISTINCT word FROM typed
    WHERE length(word) >= 5 AND lexeme IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM same WHERE same.typed = typed.word)
), near AS (
    SELECT w.id, r.word AS typed, 0.7 AS strength
    FROM entry w JOIN rest r ON length(w.entry) >= 4 AND length(r.word) > length(w.entry) + 2
        AND (starts_with(r.word, w.entry) OR right(r.word, length(w.entry)) = w.entry)
    UNION ALL
    SELECT w.id, r.word, similarity(r.word, w.entry) * 0.9
    FROM entry w JOIN rest r ON left(w.entry, 1) = left(r.word, 1) AND length(w.entry) >= 5
        AND abs(length(w.entry) - length(r.word)) <= 3
    WHERE similarity(r.word, w.entry) >= 0.5
)
SELECT id, typed, max(strength)::float, bool_or(exact) FROM (
    SELECT id, typed, strength, true AS exact FROM same
    UNION ALL
    SELECT id, typed, strength, false FROM near
) hit GROUP BY id, typed
"""
"""Which words of the list of a life domain or service were typed: also in another form, as a part
of a longer word, or misspelt; how surely, and whether as themselves."""

DOMAINS = """
SELECT id, slug, name, explanation, words FROM organisations_lifedomain
WHERE partnership_id = %(partnership)s AND (until IS NULL OR until >= current_date)
ORDER BY position, slug
"""

SERVICES = """
SELECT s.id, s.slug, s.name, s.description,
    array(
        SELECT l.lifedomain_id FROM organisations_service_life_domains l
        WHERE l.service_id = s.id
    )
FROM organisations_service s
WHERE partnership_id = %(partnership)s AND (until IS NULL OR until >= current_date)
ORDER BY slug
"""
