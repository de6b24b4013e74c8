"""What somebody can do with a question: each action with its form, its permission and its verb.

The case page offers them, `referrals/views/case.py` runs them, and the paths are made from this
table. The verb checks again under its lock.

action      what an action is
who_helps   picking up, letting go, bringing others in
help_given  contact, answers, plans, what kind it is
handover    a warm handover, from proposal to meeting
ending      closing, how it goes afterwards, opening again
"""

from referrals.actions import ending, handover, help_given, who_helps
from referrals.actions.action import Action

ACTIONS: dict[str, Action] = {
    action.key: action
    for action in (
        *who_helps.ACTIONS,
        *help_given.ACTIONS,
        *handover.ACTIONS,
        *ending.ACTIONS,
    )
}
__all__ = ["ACTIONS", "Action"]
