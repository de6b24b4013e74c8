"""The benchmarks by name, with what each measures and its goals (DESIGN section 8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bench:
    """One benchmark. `options`: the accepted options with their defaults.

    `own_services`: runs in a process of its own with its own database and Redis.
    """

    name: str
    what: str
    run: Callable[[Mapping[str, Any]], Figures]
    options: Mapping[str, int] = field(default_factory=dict)
    own_services: bool = True


def _submit(options: Mapping[str, Any]) -> Figures:
    from welzijn.devtools.bench.submit import measure

    return measure(rounds=options["rounds"])


def _caseload(options: Mapping[str, Any]) -> Figures:
    from welzijn.devtools.bench.caseload import measure

    return measure(few=options["few"], many=options["questions"])


def _report(options: Mapping[str, Any]) -> Figures:
    from welzijn.devtools.bench.report import measure

    return measure(questions=options["questions"])


def _routing(_options: Mapping[str, Any]) -> Figures:
    from welzijn.devtools.bench.routing import bench_routing

    figures = bench_routing().to_json()
    return {
        **figures,
        "goals": {
            "decision_p99_ms": figures["decision_p99_ms"] < 1,
            "simulation_s": figures["simulation_s"] < 10,
            "completeness_s": figures["completeness_s"] < 5,
        },
    }


def _words(_options: Mapping[str, Any]) -> Figures:
    from welzijn.devtools.bench.triage_hints import measure_words

    return measure_words()


def _reminders(options: Mapping[str, Any]) -> Figures:
    from dataclasses import asdict

    from welzijn.devtools.bench.reminders import reminders

    result = asdict(reminders(due=options["due"]))
    return {
        **result,
        "goals": {
            "lost": result["lost"] == 0,
            "sent_twice": result["sent_twice"] <= result["sent_twice_at_most"],
            "ratio": result["ratio"] >= 0.5,
        },
    }


def _outbox(options: Mapping[str, Any]) -> Figures:
    from welzijn.devtools.bench.outbox import measure

    return measure(due=options["due"])


def _flood(options: Mapping[str, Any]) -> Figures:
    from welzijn.devtools.bench.flood import measure

    return measure(count=options["count"], rate=options["rate"])


def _disclosure(options: Mapping[str, Any]) -> Figures:
    from welzijn.devtools.bench.disclosure import measure

    return measure(populations=options["populations"])


def _log_chain(options: Mapping[str, Any]) -> Figures:
    from welzijn.devtools.bench.log_chain import measure

    return measure(lines=options["lines"])


BENCHES: Mapping[str, Bench] = {
    bench.name: bench
    for bench in (
        Bench(
            "submit",
            "a resident's last POST against a bare view with one INSERT",
            _submit,
            {"rounds": 8},
        ),
        Bench(
            "caseload",
            "staff's screens at few and at many questions",
            _caseload,
            {"questions": 1_000_000, "few": 10_000},
        ),
        Bench(
            "report",
            "a municipal report against its bare SQL",
            _report,
            {"questions": 1_000_000},
        ),
        Bench("routing", "one decision, completeness, simulation", _routing, own_services=False),
        Bench(
            "outbox",
            "mails behind a recipient whose server misbehaves, against the same without",
            _outbox,
            {"due": 100},
        ),
        Bench(
            "flood",
            "a flood at the public form with 100 residents between it, against the quiet form",
            _flood,
            {"count": 10_000, "rate": 20},
        ),
        Bench(
            "log-chain",
            "a look with its place in the log's chain against one without; sealing, verifying",
            _log_chain,
            {"lines": 1_000_000},
        ),
        Bench(
            "disclosure",
            "an attacker against the municipality's figures, with protection and without",
            _disclosure,
            {"populations": 1000},
            own_services=False,
        ),
        Bench("words", "proposed life domains and words that may mean danger", _words),
        Bench(
            "reminders",
            "reminders under faults, against a bare loop",
            _reminders,
            {"due": 100_000},
            own_services=False,
        ),
    )
}
