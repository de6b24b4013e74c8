"""Sentences about the warm handover: for the timeline and for follow-ups."""

from django.utils.translation import gettext_noop

from intake.questions.sentence_parameters import Free, Moment, PartnershipText, Party
from intake.questions.sentences import declare

PROPOSED = declare(
    "handover.proposed",
    gettext_noop("Wij denken dat {who} u beter kan helpen. {why}"),
    staff=gettext_noop("{by} stelde een overdracht voor aan {who}. {why}"),
    who=Party(),
    why=Free(),
)
REFUSED = declare(
    "handover.refused",
    gettext_noop("U wilt niet dat {who} uw vraag krijgt. Wij helpen u verder."),
    staff=gettext_noop("De inwoner wil niet dat {who} de vraag krijgt."),
    who=Party(),
)
AGREED = declare(
    "handover.agreed",
    gettext_noop("U vindt het goed dat {who} uw vraag krijgt."),
    staff=gettext_noop("De inwoner vindt het goed dat {who} de vraag krijgt."),
    who=Party(),
)
ACCEPTED = declare(
    "handover.accepted",
    gettext_noop("{who} gaat u helpen. Eerst maakt u kennis. Tot dan helpt {sender} u."),
    staff=gettext_noop("{who} neemt de vraag aan. Tot de kennismaking houdt {sender} de regie."),
    who=Party(),
    sender=Party(),
)
DECLINED = declare(
    "handover.declined",
    gettext_noop("{who} kan uw vraag niet overnemen. {sender} helpt u verder."),
    staff=gettext_noop("{who} kan de vraag niet overnemen. De regie blijft bij {sender}."),
    who=Party(),
    sender=Party(),
)
WITHDRAWN = declare(
    "handover.withdrawn",
    gettext_noop("{sender} blijft u helpen. Uw vraag gaat niet naar {who}."),
    staff=gettext_noop("De overdracht aan {who} is ingetrokken. De regie blijft bij {sender}."),
    who=Party(),
    sender=Party(),
)
MET = declare(
    "handover.met",
    gettext_noop("U heeft {who} gesproken. {who} helpt u vanaf nu."),
    staff=gettext_noop("De inwoner sprak {who}. De regie ligt nu bij {who}."),
    who=Party(),
)
MEETING_PLANNED = declare(
    "handover.meeting_planned",
    gettext_noop("U maakt kennis op {when} uur."),
    staff=gettext_noop("{by} plande de kennismaking: {when} uur."),
    when=Moment(),
)
STOPPED = declare(
    "handover.stopped",
    gettext_noop("De overdracht aan {who} is gestopt. {sender} blijft u helpen."),
    staff=gettext_noop("De overdracht aan {who} is gestopt. De regie blijft bij {sender}."),
    who=Party(),
    sender=Party(),
)
LAPSED = declare(
    "handover.lapsed",
    gettext_noop("Wij konden u drie keer niet bereiken. {who} blijft u helpen."),
    staff=gettext_noop("De inwoner was drie keer niet te bereiken. De regie blijft bij {who}."),
    who=Party(),
)
CALLED_OFF = declare(
    "handover.called_off",
    gettext_noop("De overdracht aan {who} gaat niet door."),
    staff=gettext_noop("De overdracht aan {who} gaat niet door."),
    who=Party(),
)

# The receiver's question is kept in the note, which only colleagues read.
QUESTION_ASKED = declare("handover.question_asked", "")
ANSWER_PROPOSED = declare(
    "handover.answer_proposed",
    gettext_noop("{who} vraagt iets. Mag ons antwoord naar hen toe?"),
    staff=gettext_noop("{who} vroeg iets. Mag het antwoord naar hen? Dat is aan de inwoner."),
    who=Party(),
)
ANSWER_REFUSED = declare(
    "handover.answer_refused",
    gettext_noop("U wilt dit antwoord liever niet geven. {sender} zoekt met u een ander."),
    staff=gettext_noop(
        "De inwoner wil dit antwoord liever niet geven. {sender} zoekt met de inwoner een ander."
    ),
    sender=Party(),
)
ANSWER_AGREED = declare(
    "handover.answer_agreed",
    gettext_noop("U vindt het goed dat {who} ons antwoord leest."),
    staff=gettext_noop("De inwoner vindt het goed dat {who} het antwoord leest."),
    who=Party(),
)

MELDING_RECEIVED = declare(
    "melding.received",
    gettext_noop(
        "{who} heeft uw melding binnen. Binnen zes weken is uitgezocht wat u nodig heeft."
    ),
    staff=gettext_noop("Melding ontvangen door {who}. Het onderzoek duurt hoogstens zes weken."),
    who=Party(),
)
MELDING_WITH_SUPPORT = declare(
    "melding.received_with_support",
    gettext_noop(
        "{who} heeft uw melding binnen. Binnen zes weken is uitgezocht wat u nodig heeft. "
        "Gratis hulp van iemand die naast u staat: {support}."
    ),
    staff=gettext_noop(
        "Melding ontvangen door {who}. Het onderzoek duurt hoogstens zes weken. "
        "Cliëntondersteuning: {support}."
    ),
    who=Party(),
    support=PartnershipText(),
)

# What is due in each open state.
DUE_PROPOSED = declare(
    "handover.due_proposed", gettext_noop("antwoord van de inwoner op de overdracht")
)
DUE_OFFERED = declare("handover.due_offered", gettext_noop("antwoord op de overdracht"))
DUE_QUESTION = declare(
    "handover.due_question", gettext_noop("antwoord op een vraag over de overdracht")
)
DUE_ANSWERED = declare(
    "handover.due_answered", gettext_noop("ja van de inwoner op ons antwoord aan de ontvanger")
)
DUE_ACCEPTED = declare("handover.due_accepted", gettext_noop("kennismaken na de overdracht"))
DUE_LAPSED = declare(
    "handover.due_lapsed",
    gettext_noop("inwoner op een andere manier bereiken: overdracht stopte na drie pogingen"),
)
