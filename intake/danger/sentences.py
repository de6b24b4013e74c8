"""What a timeline tells of danger that the resident said.

Only to colleagues: whoever else opens the resident's page would read it there.
"""

from django.utils.translation import gettext_noop

from intake.questions.sentence_parameters import OwnWords
from intake.questions.sentences import declare

SAID_NOW = declare(
    "danger.said_now", "", colleagues=gettext_noop("De inwoner zegt dat er nu gevaar is.")
)
CALL = declare(
    "danger.call",
    "",
    colleagues=gettext_noop("De inwoner zegt: bellen is nu veilig, op {phone}. {where}"),
    phone=OwnWords(),
    where=OwnWords(),
)
TEXT = declare(
    "danger.text",
    "",
    colleagues=gettext_noop("De inwoner zegt: stuur alleen een sms, naar {phone}. {where}"),
    phone=OwnWords(),
    where=OwnWords(),
)
NO_CONTACT = declare(
    "danger.no_contact",
    "",
    colleagues=gettext_noop("De inwoner zegt: neem nu geen contact op. {where}"),
    where=OwnWords(),
)
WHERE = declare(
    "danger.where",
    "",
    colleagues=gettext_noop("De inwoner zegt over nu: {where}"),
    where=OwnWords(),
)
