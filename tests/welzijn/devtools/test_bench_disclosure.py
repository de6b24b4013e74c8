"""The attacker of the bench reads what is bare, and far less of what is protected."""

from welzijn.devtools.bench import disclosure
from welzijn.devtools.bench.disclosure.attacks import ATTACKS


def test_the_attacker_succeeds_on_bare_figures_only() -> None:
    figures = disclosure.measure(populations=12, seed=3)
    bare = figures["advantage_without_protection"]
    assert bare["all_but_one"] > 0.3
    assert bare["filters"] > 0.1
    assert figures["advantage"]["all_but_one"] < bare["all_but_one"] - 0.2
    assert figures["largest_error"] <= disclosure.BOUND
    assert figures["shown"] > 0.9
    assert {f"advantage_{name}" for name in ATTACKS} < set(figures["goals"])
