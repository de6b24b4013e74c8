"""What colleagues read of withheld entries of the access log; the resident reads nothing of it."""

from django.utils.translation import gettext_noop

from intake.questions.sentences import declare

ASKED = declare(
    "withholding.asked",
    "",
    colleagues=gettext_noop("Gevraagd om een regel in het inzageoverzicht af te schermen."),
)
APPROVED = declare(
    "withholding.approved",
    "",
    colleagues=gettext_noop("Een regel in het inzageoverzicht is afgeschermd."),
)
PROLONGED = declare(
    "withholding.prolonged",
    "",
    colleagues=gettext_noop("Een regel in het inzageoverzicht blijft afgeschermd."),
)
ENDED = declare(
    "withholding.ended",
    "",
    colleagues=gettext_noop("Een regel in het inzageoverzicht is weer te lezen."),
)
DUE_REVIEW = declare(
    "withholding.due_review",
    gettext_noop("terugkijken: blijft een regel in het inzageoverzicht afgeschermd?"),
)
