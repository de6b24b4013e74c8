"""An indicator that would be the same in every quarter is refused, with the reason."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from organisations.partnership_file.check_partners import check_goals
from organisations.partnership_file.faults import Faults
from organisations.partnership_file.schema import PartnershipFile

FILE = Path("organisations/partnerships/beekdaelen.toml")


def problems(change: Any) -> list[str]:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    change(data)
    faults = Faults(PartnershipFile.model_validate(data))
    check_goals(faults)
    return [problem.message for problem in faults.problems]


def no_light_service(data: dict[str, Any]) -> None:
    for service in data["aanbod"]:
        service["laag"] = 3


def one_that_picks_up(data: dict[str, Any]) -> None:
    for organisation in data["organisaties"][1:]:
        organisation["pakt_op"] = False


def one_life_domain(data: dict[str, Any]) -> None:
    del data["leefgebieden"][1:]


def nothing(_data: dict[str, Any]) -> None:
    pass


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (no_light_service, "altijd 0 %"),
        (one_that_picks_up, "geen overdrachten"),
        (one_life_domain, "maar een leefgebied"),
    ],
)
def test_a_constant_indicator_is_refused_with_the_reason(change: Any, reason: str) -> None:
    assert any("kan niet veranderen" in p and reason in p for p in problems(change))


def test_the_goals_of_beekdaelen_can_change() -> None:
    assert problems(nothing) == []
