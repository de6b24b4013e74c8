"""What is due after a desk passed something on, and what the timeline tells of it."""

from django.utils.translation import gettext_noop

from intake.questions.sentence_parameters import Free, NestedSentence
from intake.questions.sentences import declare

CALL_BACK = declare(
    "desk_message.call_back",
    gettext_noop("terugbellen: {who}, over {about}"),
    who=Free(),
    about=Free(),
)
CALL_BACK_WHEN = declare(
    "desk_message.call_back_when",
    gettext_noop("terugbellen: {who}, over {about}; bereikbaar {when}"),
    who=Free(),
    about=Free(),
    when=Free(),
)
MESSAGE = declare(
    "desk_message.message",
    gettext_noop("boodschap van {who}: {about}"),
    who=Free(),
    about=Free(),
)
MESSAGE_WHEN = declare(
    "desk_message.message_when",
    gettext_noop("boodschap van {who}: {about}; bereikbaar {when}"),
    who=Free(),
    about=Free(),
    when=Free(),
)
APPOINTMENT = declare(
    "desk_message.appointment",
    gettext_noop("afspraak maken met {who}, over {about}"),
    who=Free(),
    about=Free(),
)
APPOINTMENT_WHEN = declare(
    "desk_message.appointment_when",
    gettext_noop("afspraak maken met {who}, over {about}; liefst {when}"),
    who=Free(),
    about=Free(),
    when=Free(),
)

# Neutral: it may have been somebody else who phoned.
PASSED_ON_CALL_BACK = declare(
    "desk_message.passed_on_call_back",
    gettext_noop("De balie heeft doorgegeven dat iemand gebeld wil worden over uw vraag."),
    staff=gettext_noop("{by} gaf een terugbelverzoek door."),
    colleagues="{what}",
    what=NestedSentence(),
)
PASSED_ON_MESSAGE = declare(
    "desk_message.passed_on_message",
    gettext_noop("De balie heeft een bericht over uw vraag doorgegeven."),
    staff=gettext_noop("{by} gaf een boodschap door."),
    colleagues="{what}",
    what=NestedSentence(),
)
PASSED_ON_APPOINTMENT = declare(
    "desk_message.passed_on_appointment",
    gettext_noop("De balie heeft doorgegeven dat iemand een afspraak wil over uw vraag."),
    staff=gettext_noop("{by} gaf door dat iemand een afspraak wil."),
    colleagues="{what}",
    what=NestedSentence(),
)
