"""Sentences about follow-ups: what is due, and timeline entries."""

from django.utils.translation import gettext_noop

from intake.questions.models import Question
from intake.questions.sentence_parameters import Choice, Day, Free, NestedSentence
from intake.questions.sentences import declare

# What somebody agreed on, as they wrote it.
AGREED = declare("follow_up.agreed", "{what}", what=Free())
PICK_UP = declare("follow_up.pick_up", gettext_noop("oppakken"))
JUDGE = declare("follow_up.judge", gettext_noop("beoordelen"))
FIRST_CONTACT = declare("follow_up.first_contact", gettext_noop("eerste contact"))
CONTACT_AGAIN = declare("follow_up.contact_again", gettext_noop("opnieuw contact"))
QUIET = declare("follow_up.quiet", gettext_noop("al een tijd niets gebeurd"))
CHECK = declare("follow_up.check", gettext_noop("vragen hoe het gaat"))
SUPPORT = declare("follow_up.support", gettext_noop("meehelpen: neem contact op"))

# Legal terms (intake/questions/legal_terms.py).
CLOCK_DEBTS_THREAT = declare(
    "clock.debts_threat",
    gettext_noop("eerste gesprek over de dreigende schuld (binnen 3 werkdagen)"),
)
CLOCK_DEBTS = declare(
    "clock.debts", gettext_noop("eerste gesprek over de schulden (binnen 4 weken)")
)
CLOCK_WMO = declare("clock.wmo", gettext_noop("onderzoek na de Wmo-melding (binnen 6 weken)"))

PLANNED_SHARED = declare(
    "follow_up.planned_shared",
    gettext_noop("De volgende stap is op {day}: {what}"),
    staff=gettext_noop("{by} plande op {day}: {what}"),
    day=Day(),
    what=NestedSentence(),
)
PLANNED = declare(
    "follow_up.planned",
    gettext_noop("De volgende stap is op {day}."),
    staff=gettext_noop("{by} plande iets op {day}."),
    colleagues="{what}",
    day=Day(),
    what=NestedSentence(),
)
MOVED = declare(
    "follow_up.moved",
    gettext_noop("De volgende stap is nu op {day}."),
    staff=gettext_noop("{by} verzette een afspraak naar {day}."),
    colleagues="{what}",
    day=Day(),
    what=NestedSentence(),
)
DONE = declare(
    "follow_up.done",
    gettext_noop("Wij hebben gedaan wat er afgesproken was."),
    staff=gettext_noop("{by} vinkte af wat er afgesproken was."),
    colleagues="{what}",
    what=NestedSentence(),
)
CALLED_OFF = declare(
    "follow_up.called_off",
    gettext_noop("Een afspraak gaat niet door."),
    staff=gettext_noop("{by} zegde een afspraak af."),
    colleagues="{what}: {why}",
    what=NestedSentence(),
    why=Free(),
)
TAKEN_OVER = declare(
    "follow_up.taken_over",
    gettext_noop("Een collega neemt de volgende stap over."),
    staff=gettext_noop("{by} nam de volgende stap over."),
    colleagues="{what}",
    what=NestedSentence(),
)

KIND_SET = declare(
    "question.kind_set",
    "",
    colleagues=gettext_noop("Soort vraag: {kind}"),
    kind=Choice(Question.Kind),
)
DANGER = declare("danger.seen", "", colleagues=gettext_noop("Er is gevaar."))
NO_DANGER = declare("danger.none", "", colleagues=gettext_noop("Geen gevaar."))
UNDONE = declare(
    "follow_up.undone",
    gettext_noop("De vorige stap is teruggedraaid."),
    staff=gettext_noop("{by} draaide de vorige stap terug."),
    colleagues=gettext_noop("Ongedaan gemaakt: {what}"),
    what=NestedSentence(),
)
