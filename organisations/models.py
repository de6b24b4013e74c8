"""The models of organisations, for Django and for code outside this app.

Each subject keeps its own; inside the app they are imported from there.
"""

from organisations.colleagues.models import AccountRequest
from organisations.directory.models import (
    LifeDomain,
    Organisation,
    Participation,
    PyramidLayer,
    Service,
    Team,
)
from organisations.learning_sessions.models import (
    ArrangedSession,
    LearningSignUp,
    SessionOutcome,
)
from organisations.partnership_editor.models import (
    LoadedState,
    PartnershipRevision,
    TextProposal,
)
from organisations.partnerships.goal_versions import GoalVersion
from organisations.partnerships.models import (
    ClosingDay,
    Municipality,
    Neighbourhood,
    NeighbourhoodPostcode,
    Partnership,
)
from organisations.partnerships.translation_models import PartnershipTranslations
from organisations.roles.availability_models import Absence, WorkingHours
from organisations.roles.models import Duty, Membership, Role
from organisations.roles.proposal_models import RoleProposal
from organisations.routing.models import RoutingRule, RuleSet
from organisations.rule_sets.models import DraftChange, RuleAnswer, RuleProposal
from organisations.sign_on.models import ProvisionedUser, SignOnSetting, TableMembership
from organisations.working_together.models import (
    CollectiveWork,
    JointAction,
    MovableTask,
    OfferAgreement,
    SharedSuccess,
    WayOfWorking,
)

__all__ = [
    "Absence",
    "AccountRequest",
    "ArrangedSession",
    "ClosingDay",
    "CollectiveWork",
    "DraftChange",
    "Duty",
    "GoalVersion",
    "JointAction",
    "LearningSignUp",
    "LifeDomain",
    "LoadedState",
    "Membership",
    "MovableTask",
    "Municipality",
    "Neighbourhood",
    "NeighbourhoodPostcode",
    "OfferAgreement",
    "Organisation",
    "Participation",
    "Partnership",
    "PartnershipRevision",
    "PartnershipTranslations",
    "ProvisionedUser",
    "PyramidLayer",
    "Role",
    "RoleProposal",
    "RoutingRule",
    "RuleAnswer",
    "RuleProposal",
    "RuleSet",
    "Service",
    "SessionOutcome",
    "SharedSuccess",
    "SignOnSetting",
    "TableMembership",
    "Team",
    "TextProposal",
    "WayOfWorking",
    "WorkingHours",
]
