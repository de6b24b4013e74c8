"""The attacker of the bench reads what is bare, and far less of what is protected."""

from referrals.reports.tables import Dimension
from welzijn.devtools.bench import disclosure
from welzijn.devtools.bench.disclosure.attacks import ATTACKS
from welzijn.devtools.bench.disclosure.populations import SECRETS


def test_the_attacker_succeeds_on_bare_figures_only() -> None:
    about, language = Dimension.LIFE_DOMAIN, Dimension.LANGUAGE
    assert {about, language, Dimension.KIND, Dimension.RECEIVER} <= set(SECRETS)
    figures = disclosure.measure(populations=9, seed=3, secrets=[about, language])
    bare, guarded = figures["advantage_without_protection"], figures["advantage"]
    for secret in (about.value, language.value):
        assert bare[secret]["all_but_one"] > 0.3
        assert guarded[secret]["all_but_one"] < bare[secret]["all_but_one"]
    assert figures["largest_error"] <= disclosure.BOUND
    assert figures["shown"] > 0.9
    with_goal = set(ATTACKS) - disclosure.WITHOUT_GOAL
    assert {f"advantage_{name}" for name in with_goal} < set(figures["goals"])
