"""The questions as submitted (facts, channel, time of receipt): temporary table `syn_submission`."""

from datetime import datetime

from django.db import connection

from intake.people.models import AgeBand
from intake.questions.models import Question
from organisations.front_door.configuration import FrontDoor
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from welzijn.core.working_days import local_date
from welzijn.devtools.demo_data.random_sql import literal, uniform_choice, weighted_choice

_DAYS = 3 * 365
# Volume grows every year: inverse of the cumulative number of questions over time.
_GROWTH = 1 / 1.15
_CHANNELS = {
    Question.Channel.ONLINE: 38,
    Question.Channel.CALL_ME: 14,
    Question.Channel.PHONE: 17,
    Question.Channel.WALK_IN: 14,
    Question.Channel.EMAIL: 4,
    Question.Channel.LETTER: 1,
    Question.Channel.CHAT: 3,
    Question.Channel.OUTREACH: 4,
    Question.Channel.PARTNER: 5,
}
AT_A_DESK = ("phone", "walk_in", "email", "letter", "chat", "outreach")
_WEIGHTS = {"geld": 16, "contact": 11, "welbevinden": 10, "ouder-worden": 10, "opvoeden": 8}
_AGES = (
    (AgeBand.UNDER_12, 5),
    (AgeBand.FROM_12, 5),
    (AgeBand.FROM_16, 4),
    (AgeBand.FROM_18, 11),
    (AgeBand.FROM_27, 42),
    (AgeBand.FROM_67, 27),
    (AgeBand.UNKNOWN, 6),
)
_ABOUT = (("self", 71), ("child", 11), ("parent", 9), ("partner", 4), ("other", 5))
_URGENCY = (("normal", 90), ("soon", 8.5), ("danger", 1.5))
_LANGUAGES = (("nl", 90), ("ar", 3), ("pl", 3), ("tr", 1), ("uk", 1), ("ti", 1), ("en", 1))


def create_submissions(
    *, partnership: Partnership, front: FrontDoor, questions: int, now: datetime
) -> None:
    """Create `syn_submission`: one row per question, numbered in order of receipt."""
    partners = [
        str(front.organisations[slug].id)
        for slug in sorted(front.partners)
        if slug in front.organisations
    ]
    slug_of = {str(o.id): slug for slug, o in front.organisations.items()}
    channels = [(c.value, w) for c, w in _CHANNELS.items() if c != "partner" or partners]
    domains = [(d.slug, _WEIGHTS.get(d.slug, 5)) for d in front.domains]
    # Neighbourhoods with a postcode of their own are towns, where most residents live.
    own_postcode = {places[0].slug for places in front.postcodes.values() if len(places) == 1}
    places = [(p.slug, 6 if p.slug in own_postcode else 1) for p in front.places]
    unknown = sum(w for _p, w in places) * 0.08
    desk = [
        str(pk)
        for pk in Membership.objects.active(local_date(now))
        .filter(partnership=partnership, role=Role.FRONT_DESK)
        .order_by("user__email")
        .values_list("user_id", flat=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE TEMP TABLE syn_submission ON COMMIT DROP AS
            WITH moment AS (
                SELECT i, %(today)s::date - {_DAYS - 1}
                    + floor({_DAYS} * power((i - pg_temp.u(i, 1)) / %(n)s, {_GROWTH}))::int AS day_drawn
                FROM generate_series(1::bigint, %(n)s::bigint) i
            ), on_day AS (
                SELECT i, CASE WHEN extract(isodow FROM day_drawn) > 5 AND pg_temp.u(i, 2) < 0.75
                    THEN day_drawn - (extract(isodow FROM day_drawn) - 5)::int ELSE day_drawn END AS day
                FROM moment
            ), asked AS (
                SELECT i, LEAST(%(now)s::timestamptz - interval '15 minutes' - i * interval '1 microsecond',
                    (day + CASE WHEN pg_temp.u(i, 3) < 0.82
                        THEN interval '8 hours' + pg_temp.u(i, 4) * interval '9 hours'
                        ELSE interval '17 hours' + pg_temp.u(i, 4) * interval '6 hours' END)
                        AT TIME ZONE 'Europe/Amsterdam') AS received_at,
                    {weighted_choice(channels, 5)} AS channel,
                    {weighted_choice([*domains, ("", 8)], 6)} AS d1,
                    CASE WHEN pg_temp.u(i, 7) < 0.2 THEN {weighted_choice(domains, 8)} ELSE '' END AS d2,
                    {weighted_choice([*places, ("", unknown)], 9)} AS place,
                    {weighted_choice([(a.value, w) for a, w in _AGES], 10)} AS age_band,
                    {weighted_choice(_ABOUT, 11)} AS about,
                    {weighted_choice(_URGENCY, 12)} AS urgency,
                    {weighted_choice(_LANGUAGES, 13)} AS language,
                    pg_temp.u(i, 14) < 0.86 AS says_yes
                FROM on_day
            ), complete AS (
                SELECT asked.*, (received_at AT TIME ZONE 'Europe/Amsterdam')::date AS day,
                    CASE WHEN d1 = '' THEN ARRAY[]::text[] WHEN d2 IN ('', d1) THEN ARRAY[d1]
                        ELSE ARRAY[LEAST(d1, d2), GREATEST(d1, d2)] END AS domains,
                    CASE WHEN 'geld' IN (d1, d2) AND pg_temp.u(i, 15) < 0.3
                        THEN CASE WHEN pg_temp.u(i, 16) < 0.2 THEN 'debts_threat' ELSE 'debts' END
                        WHEN pg_temp.u(i, 15) < 0.12 THEN 'advice'
                        WHEN pg_temp.u(i, 15) > 0.97 THEN 'wmo' ELSE 'welfare' END AS kind,
                    CASE WHEN channel = 'partner' THEN {uniform_choice(_array(partners), 17)} END AS brought_by,
                    CASE WHEN channel IN {AT_A_DESK} THEN {uniform_choice(_array(desk), 18)} END AS logged_by
                FROM asked
            )
            SELECT c.i, c.received_at, c.day, d.number, d.works, c.channel, c.domains, c.place,
                c.age_band, c.about, c.urgency, c.kind, c.language, c.says_yes, c.brought_by,
                c.logged_by,
                jsonb_build_object('channel', c.channel, 'life_domains', to_jsonb(c.domains),
                    'age_band', NULLIF(c.age_band, ''), 'about', c.about,
                    'neighbourhood', NULLIF(c.place, ''),
                    'municipality', %(municipality)s::jsonb ->> c.place, 'urgency', c.urgency,
                    'safety', c.urgency = 'danger', 'language', c.language, 'kind', c.kind,
                    'household_lead', NULL,
                    'brought_by', %(slugs)s::jsonb ->> (c.brought_by::text),
                    'desk_time', CASE WHEN NOT d.works THEN 'weekend'
                        WHEN (c.received_at AT TIME ZONE 'Europe/Amsterdam')::time
                            BETWEEN '09:00' AND '17:00' THEN 'office' ELSE 'evening' END
                )::text AS facts
            FROM complete c JOIN syn_day d ON d.day = c.day
            ORDER BY c.received_at
            """,
            {
                "today": local_date(now),
                "now": now,
                "n": questions,
                "municipality": _json({p.slug: p.municipality for p in front.places}),
                "slugs": _json(slug_of),
            },
        )
        cursor.execute("ANALYZE syn_submission")


def _array(ids: list[str]) -> str:
    return f"{literal(ids)}::uuid[]" if ids else "ARRAY[]::uuid[]"


def _json(value: dict[str, str]) -> str:
    import json

    return json.dumps(value)
