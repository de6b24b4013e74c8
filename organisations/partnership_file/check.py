"""Check the keys of a partnership file against each other."""

from __future__ import annotations

from organisations.partnership_file.check_front import (
    check_heading,
    check_reading_hours,
    check_starting_texts,
)
from organisations.partnership_file.check_partners import (
    check_goals,
    check_organisations,
    check_services,
    check_teams,
)
from organisations.partnership_file.check_places import check_municipalities, check_neighbourhoods
from organisations.partnership_file.check_rules import check_rules
from organisations.partnership_file.faults import Faults
from organisations.partnership_file.problems import FileProblem
from organisations.partnership_file.schema import PartnershipFile

# In the order of the file, so that its faults are listed in that order.
_CHECKS = (
    check_heading,
    check_municipalities,
    check_neighbourhoods,
    check_reading_hours,
    check_starting_texts,
    check_organisations,
    check_teams,
    check_services,
    check_goals,
    check_rules,
)


def check(file: PartnershipFile) -> list[FileProblem]:
    """List every fault between keys, in the order of the file; empty where it can be loaded."""
    faults = Faults(file)
    for check_part in _CHECKS:
        check_part(faults)
    return faults.problems
