"""The actions on a question: each with its form, permission and verb.

The case page offers them, `views.py` runs them, and the paths are made from this table. The verb
checks again under its lock.

action      what an action is
who_helps   picking up, letting go, bringing others in
help_given  contact, answers, plans, what kind it is
handover    a warm handover, from proposal to meeting
ending      closing, how it goes afterwards, opening again
"""

from referrals.casework import assignment_actions, ending_actions, help_actions
from referrals.casework_base.actions import Action
from referrals.handovers import actions as handover_actions

ACTIONS: dict[str, Action] = {
    action.key: action
    for action in (
        *assignment_actions.ACTIONS,
        *help_actions.ACTIONS,
        *handover_actions.ACTIONS,
        *ending_actions.ACTIONS,
    )
}
__all__ = ["ACTIONS", "Action"]
