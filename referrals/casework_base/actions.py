"""An action on a question: its texts, form, permission and verb."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from intake.questions.models import Question
from referrals.casework_base.forms import CaseForm
from referrals.casework_base.permissions import Permission
from welzijn.accounts.models import User

Perform = Callable[[Question, Any, User, datetime], object]
WORKS, LEADS, PLACES = (
    Permission.WORK_ON_QUESTION,
    Permission.LEAD_QUESTION,
    Permission.PLACE_QUESTION,
)


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `slug` stands in the path; `done` is said afterwards.
    `undoable`: the page after it offers to undo it (`referrals.casework.undo`).

    `button` is the text of the link to the page, its title and, without `submit`, that of its form.
    """

    key: str
    slug: str
    button: str | Promise
    form: type[CaseForm]
    permission: Permission
    perform: Perform
    done: str | Promise
    lead_in: str | Promise = ""
    leaves: bool = False
    without_yes: bool = False
    undoable: bool = False
    submit: str | Promise = ""
