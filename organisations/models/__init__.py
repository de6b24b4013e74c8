"""The models of organisations, one module a subject."""

from organisations.models.duty import Duty
from organisations.models.learning import LearningSignUp
from organisations.models.municipality import Municipality, Neighbourhood, NeighbourhoodPostcode
from organisations.models.organisation import Organisation, Participation
from organisations.models.partnership import ClosingDay, Partnership
from organisations.models.role import Membership, Role
from organisations.models.routing import RoutingRule, RuleSet
from organisations.models.service import LifeDomain, PyramidLayer, Service
from organisations.models.team import Team

__all__ = [
    "ClosingDay",
    "Duty",
    "LearningSignUp",
    "LifeDomain",
    "Membership",
    "Municipality",
    "Neighbourhood",
    "NeighbourhoodPostcode",
    "Organisation",
    "Participation",
    "Partnership",
    "PyramidLayer",
    "Role",
    "RoutingRule",
    "RuleSet",
    "Service",
    "Team",
]
