"""Sentences about external handovers: for the timeline and for follow-ups.

A partner outside is no organisation of the partnership: their name is what the sender wrote.
"""

from django.utils.translation import gettext_noop

from intake.questions.sentence_parameters import Free, Party
from intake.questions.sentences import declare

OFFERED = declare(
    "outside.offered",
    gettext_noop("U vindt het goed dat wij {who} om hulp vragen. {why}"),
    who=Free(),
    why=Free(),
)
OPENED = declare(
    "outside.opened", gettext_noop("{who} heeft de korte samenvatting gelezen."), who=Free()
)
ACCEPTED = declare(
    "outside.accepted",
    gettext_noop("{who} wil u helpen. {lead} brengt u met elkaar in contact."),
    who=Free(),
    lead=Party(),
)
DECLINED = declare(
    "outside.declined",
    gettext_noop("{who} kan u niet helpen. {lead} helpt u verder."),
    who=Free(),
    lead=Party(),
)
SILENT = declare(
    "outside.silent",
    gettext_noop("{who} heeft nog niet geantwoord. {lead} zoekt dat uit."),
    who=Free(),
    lead=Party(),
)
WITHDRAWN = declare(
    "outside.withdrawn", gettext_noop("Wij vragen {who} niet meer om hulp."), who=Free()
)
STOPPED = declare(
    "outside.stopped",
    gettext_noop("U wilt niet meer dat {who} meeleest. Dat is geregeld."),
    who=Free(),
)
DUE_ANSWER = declare("outside.due_answer", gettext_noop("antwoord van {who}"), who=Free())
DUE_MEETING = declare("outside.due_meeting", gettext_noop("kennismaken met {who}"), who=Free())
