"""Sentences about external handovers: for the timeline and for follow-ups.

A partner outside is no organisation of the partnership: their name is what the sender wrote.
"""

from django.utils.translation import gettext_noop

from intake.questions.sentence_parameters import Free, Party
from intake.questions.sentences import declare

OFFERED = declare(
    "outside.offered",
    gettext_noop("U vindt het goed dat wij {who} om hulp vragen. {why}"),
    staff=gettext_noop("{by} vroeg {who} om hulp, met het ja van de inwoner. {why}"),
    who=Free(),
    why=Free(),
)
OPENED = declare(
    "outside.opened",
    gettext_noop("{who} heeft de korte samenvatting gelezen."),
    staff=gettext_noop("{who} las de korte samenvatting."),
    who=Free(),
)
ACCEPTED = declare(
    "outside.accepted",
    gettext_noop("{who} wil u helpen. {lead} brengt u met elkaar in contact."),
    staff=gettext_noop("{who} wil helpen. {lead} brengt hen in contact met de inwoner."),
    who=Free(),
    lead=Party(),
)
DECLINED = declare(
    "outside.declined",
    gettext_noop("{who} kan u niet helpen. {lead} helpt u verder."),
    staff=gettext_noop("{who} kan niet helpen. {lead} gaat verder."),
    who=Free(),
    lead=Party(),
)
SILENT = declare(
    "outside.silent",
    gettext_noop("{who} heeft nog niet geantwoord. {lead} zoekt dat uit."),
    staff=gettext_noop("{who} antwoordde nog niet. {lead} zoekt dat uit."),
    who=Free(),
    lead=Party(),
)
WITHDRAWN = declare(
    "outside.withdrawn",
    gettext_noop("Wij vragen {who} niet meer om hulp."),
    staff=gettext_noop("De vraag aan {who} is ingetrokken."),
    who=Free(),
)
STOPPED = declare(
    "outside.stopped",
    gettext_noop("U wilt niet meer dat {who} meeleest. Dat is geregeld."),
    staff=gettext_noop("De inwoner wil niet meer dat {who} meeleest. De toegang is gesloten."),
    who=Free(),
)
DUE_ANSWER = declare("outside.due_answer", gettext_noop("antwoord van {who}"), who=Free())
DUE_MEETING = declare("outside.due_meeting", gettext_noop("kennismaken met {who}"), who=Free())
