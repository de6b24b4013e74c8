"""Random rule sets and facts over a small vocabulary, so that they often meet."""

from datetime import date, timedelta

from hypothesis import strategies as st

from organisations.routing import (
    Facts,
    Load,
    NeighbourhoodEntry,
    Offer,
    OrganisationEntry,
    Rule,
    RuleSetSpec,
    ServiceOffer,
    Target,
    TargetKind,
    TeamEntry,
    Triage,
    Vocabulary,
)
from organisations.routing.conditions import All, Any_, Condition, Leaf, Not

DAY = date(2026, 11, 24)
DOMAINS = ("geld", "werk", "opvoeden", "wonen")
ORGANISATIONS = ("aa", "bb", "cc")

SMALL = Vocabulary(
    organisations={
        "aa": OrganisationEntry("aa", "Organisatie A"),
        "bb": OrganisationEntry("bb", "Organisatie B"),
        "cc": OrganisationEntry("cc", "Organisatie C", None, date(2026, 12, 31)),
        "triage": OrganisationEntry("triage", "Het team"),
    },
    life_domains={slug: slug for slug in DOMAINS},
    neighbourhoods={
        "noord": NeighbourhoodEntry("noord", "Noord", "GM0001"),
        "zuid": NeighbourhoodEntry("zuid", "Zuid", "GM0002"),
    },
    municipalities={"GM0001": "Eendorp", "GM0002": "Tweedorp"},
    teams={"team-noord": TeamEntry("team-noord", "Team Noord", "bb", frozenset({"noord"}))},
    partners={"huisarts": "de huisarts"},
    languages={"nl": "Nederlands", "ar": "Arabisch"},
    layers={1: "eigen kring", 2: "gemeenschap", 3: "basis", 4: "specialistisch"},
)


def _some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)


leaf = st.one_of(
    _some(DOMAINS).map(lambda values: Leaf("life_domains_any", values)),
    _some(DOMAINS).map(lambda values: Leaf("life_domains_all", values)),
    st.integers(1, 3).map(lambda number: Leaf("life_domains_at_least", number=number)),
    _some(("0-11", "16-17", "67+", "unknown")).map(lambda values: Leaf("age_band", values)),
    _some(("self", "child")).map(lambda values: Leaf("about", values)),
    _some(("welfare", "wmo")).map(lambda values: Leaf("kind", values)),
    _some(("soon", "danger")).map(lambda values: Leaf("urgency", values)),
    _some(("noord", "zuid", "unknown")).map(lambda values: Leaf("neighbourhood", values)),
    _some(("GM0001", "unknown")).map(lambda values: Leaf("municipality", values)),
    _some(("phone", "partner")).map(lambda values: Leaf("channel", values)),
    _some(("huisarts", "unknown")).map(lambda values: Leaf("brought_by", values)),
    _some(("nl", "ar")).map(lambda values: Leaf("language", values)),
    _some(("evening", "weekend")).map(lambda values: Leaf("desk_time", values)),
    st.just(Leaf("danger")),
    st.just(Leaf("household")),
    _some(ORGANISATIONS).map(lambda values: Leaf("safety_net", values)),
)
condition = st.recursive(
    leaf,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, max_size=3).map(lambda parts: Any_(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=6,
)
target = st.one_of(
    st.sampled_from(ORGANISATIONS).map(lambda slug: Target(TargetKind.ORGANISATION, slug)),
    st.just(Target(TargetKind.TEAM, "team-noord")),
    st.just(Target(TargetKind.NEIGHBOURHOOD_TEAM)),
    st.just(Target(TargetKind.HOUSEHOLD)),
    st.just(Target(TargetKind.TRIAGE)),
    st.sets(st.integers(1, 4), max_size=2).map(
        lambda layers: Target(TargetKind.FITTING_SERVICE, layers=frozenset(layers))
    ),
)
window = st.one_of(
    st.just((None, None)),
    st.tuples(
        st.integers(-3, 3).map(lambda days: DAY + timedelta(days)),
        st.integers(3, 6).map(lambda days: DAY + timedelta(days)),
    ),
)


@st.composite
def rule_sets(
    draw: st.DrawFn, *, max_rules: int = 8, conditions: st.SearchStrategy[Condition] = condition
) -> RuleSetSpec:
    drawn = draw(st.lists(st.tuples(conditions, target, window), max_size=max_rules))
    rules = tuple(
        Rule(f"r{index}", f"Regel {index}", when, to, "zij dat doen", (), start, end)
        for index, (when, to, (start, end)) in enumerate(drawn)
    )
    return RuleSetSpec(3, rules, Triage("triage"))


facts = st.builds(
    Facts,
    channel=st.sampled_from(("online", "phone", "partner")),
    life_domains=st.frozensets(st.sampled_from((*DOMAINS, "elders"))),
    age_band=st.sampled_from((None, "0-11", "16-17", "27-66", "67+")),
    about=st.sampled_from(("self", "child", "other")),
    neighbourhood=st.sampled_from((None, "noord", "zuid")),
    municipality=st.sampled_from((None, "GM0001", "GM0002")),
    urgency=st.sampled_from(("normal", "soon", "danger")),
    safety=st.booleans(),
    language=st.sampled_from(("nl", "ar", "ti")),
    kind=st.sampled_from(("welfare", "wmo", "debts")),
    household_lead=st.sampled_from((None, "aa", "weg")),
    brought_by=st.sampled_from((None, "huisarts")),
    desk_time=st.sampled_from(("office", "evening", "weekend")),
)

service = st.builds(
    ServiceOffer,
    key=st.uuids().map(str),
    name=st.just("Aanbod"),
    organisation=st.sampled_from(ORGANISATIONS),
    layer=st.integers(1, 4),
    life_domains=st.frozensets(st.sampled_from(DOMAINS), max_size=2),
    age_bands=st.frozensets(st.sampled_from(("0-11", "16-17", "67+")), max_size=2),
    neighbourhoods=st.frozensets(st.sampled_from(("noord", "zuid")), max_size=1),
    capacity=st.sampled_from((None, None, 0, 2)),
    in_use=st.integers(0, 2),
    waiting_weeks=st.sampled_from((0, 0, 3)),
    clock_kinds=st.frozensets(st.sampled_from(("wmo", "debts")), max_size=1),
)
offers = st.builds(
    Offer,
    services=st.lists(service, max_size=5).map(tuple),
    load=st.dictionaries(
        st.sampled_from(ORGANISATIONS), st.builds(Load, st.integers(0, 9), st.integers(0, 3))
    ),
)
days = st.integers(-4, 45).map(lambda ahead: DAY + timedelta(ahead))
