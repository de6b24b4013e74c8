"""Make mutants of the domain code and see whether a test fails for each: `make mutate`.

    python -m tests.mutation [--group NAME ...] [--sample PERCENT] [--list]

Prints a line a group and the mutants that survived; exits 1 where a group is under its goal.
"""

import argparse
import json
import subprocess
import sys
import tomllib
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.mutation.operators import Mutant, mutants_of

CHECKOUT = Path(__file__).resolve().parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
PLANS = CHECKOUT / "build" / "mutation"
GOAL = 90


def configuration() -> dict[str, Any]:
    """The groups: their modules and tests."""
    with (CHECKOUT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["tool"]["voordeur"]["mutation"]


def equivalent() -> set[tuple[str, str]]:
    """What no test can tell from the product, as (line, mutated line)."""
    with EQUIVALENT.open("rb") as file:
        return {(one["was"], one["becomes"]) for one in tomllib.load(file)["mutant"]}


def in_sample(mutant: Mutant, percent: int) -> bool:
    """Whether this mutant is in a sample: the same ones in each run, wherever their file lies."""
    key = f"{mutant.operator} {mutant.was} {mutant.becomes}".encode()
    return zlib.crc32(key) % 100 < percent


def _pytest(option: str, plan: Path, tests: list[str], *more: str) -> int:
    command = [sys.executable, "-m", "pytest", "-p", "tests.mutation.plugin", option, str(plan)]
    quiet = ["-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", *more]
    done = subprocess.run(
        [*command, *quiet, *tests], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1) or (option == "--mutate-with" and done.returncode):
        sys.stderr.write(done.stdout[-4000:] + done.stderr[-4000:])
        raise SystemExit(f"the tests can't be run: {done.returncode}")
    return done.returncode


def _write(plan: Path, mutants: list[Mutant]) -> None:
    plan.parent.mkdir(parents=True, exist_ok=True)
    plan.with_suffix(".results").unlink(missing_ok=True)
    plan.write_text(json.dumps([asdict(mutant) for mutant in mutants]))


def run(name: str, group: dict[str, Any], percent: int) -> float:
    """Run one group; gives the share that was killed of what is not equivalent."""
    known = equivalent()
    made = [m for path in group["modules"] for m in mutants_of(path)]
    chosen = [m for m in made if in_sample(m, percent)]
    tried = [m for m in chosen if (m.was, m.becomes) not in known]
    plan = PLANS / f"{name}.json"
    _write(plan, tried)
    _pytest("--mutate-with", plan, group["tests"])
    lines = plan.with_suffix(".results").read_text().splitlines()
    left = []
    for one in map(json.loads, lines):
        if one["outcome"]:
            continue
        mutant = tried[one["number"]]
        if not one["at_import"]:
            left.append(mutant)  # a function's own line: a process of its own tells no more
            continue
        alone = PLANS / f"{name}-alone.json"
        _write(alone, [mutant])
        if _pytest("--mutant", alone, group["tests"], "-x") == 0:
            left.append(mutant)
    killed = len(tried) - len(left)
    share = 100 * killed / len(tried) if tried else 100.0
    print(  # noqa: T201
        f"{name}: {killed} of {len(tried)} killed ({share:.1f} %); {len(chosen) - len(tried)} "
        f"equivalent, {len(made)} made, {percent} % tried",
        flush=True,
    )
    for mutant in left:
        print(f"  {mutant}", flush=True)  # noqa: T201
    return share


def main() -> int:
    """Run the groups asked for."""
    groups = configuration()
    parser = argparse.ArgumentParser(prog="make mutate", description=__doc__)
    parser.add_argument("--group", action="append", choices=groups, help="only this one")
    parser.add_argument("--sample", type=int, default=100, metavar="PERCENT")
    parser.add_argument("--list", action="store_true", help="only print the mutants")
    requested = parser.parse_args()
    if requested.list:
        for name in requested.group or groups:
            for path in groups[name]["modules"]:
                for mutant in mutants_of(path):
                    if in_sample(mutant, requested.sample):
                        print(f"{name} {mutant.operator} {mutant}")  # noqa: T201
        return 0
    shares = [run(name, groups[name], requested.sample) for name in requested.group or groups]
    return int(any(share < GOAL for share in shares))


if __name__ == "__main__":
    sys.exit(main())
