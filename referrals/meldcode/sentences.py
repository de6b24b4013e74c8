"""What colleagues read of the Meldcode; the resident reads nothing of it."""

from django.utils.translation import gettext_noop

from intake.questions.sentence_parameters import Choice, Number
from intake.questions.sentences import declare
from referrals.meldcode.models import MeldcodeStep

STEP_DONE = declare(
    "meldcode.step_done",
    "",
    colleagues=gettext_noop("Meldcode stap {step}: {outcome}."),
    step=Number(),
    outcome=Choice(MeldcodeStep.Outcome),
)
STEP_DUE = declare(
    "meldcode.step_due",
    gettext_noop("Meldcode stap {step}: {what}"),
    step=Number(),
    what=Choice(MeldcodeStep.Step),
)
