"""Sentences about an MDO: for the timeline and for follow-ups."""

from django.utils.translation import gettext_noop

from intake.questions.models import SharingBasis
from intake.questions.sentence_parameters import Choice, Colleague, Free, Moment, OwnWords, Party
from intake.questions.sentences import declare

PROPOSED = declare(
    "conference.proposed",
    gettext_noop("Wij willen samen met u en anderen praten over uw vraag. {why}"),
    staff=gettext_noop("{by} stelde een MDO voor. {why}"),
    why=Free(),
)
ADDED_WITH_YES = declare(
    "conference.added_with_yes",
    gettext_noop(
        "U vindt het goed dat wij in een gesprek met anderen ook over uw vraag praten. {why}"
    ),
    colleagues=gettext_noop("Ja gehoord: {how}."),
    staff=gettext_noop("{by} zette de vraag op de agenda van een MDO, met het ja van de inwoner."),
    why=Free(),
    how=Choice(SharingBasis.How),
)
ASKED = declare(
    "conference.asked",
    gettext_noop("U vraagt om een gesprek met iedereen die u helpt. {why}"),
    staff=gettext_noop("De inwoner vraagt om een MDO. {why}"),
    why=OwnWords(),
)
NOT_INVITED = declare(
    "conference.not_invited",
    gettext_noop("U bent niet uitgenodigd voor het gesprek. {why}"),
    staff=gettext_noop("De inwoner is niet uitgenodigd voor het MDO. {why}"),
    why=Free(),
)
SHARED = declare(
    "conference.shared",
    gettext_noop("U vindt het goed dat {who} meepraat en uw vraag leest."),
    staff=gettext_noop("De inwoner vindt het goed dat {who} meepraat en de vraag leest."),
    who=Party(),
)
CALLED_OFF = declare(
    "conference.called_off",
    gettext_noop("Het gesprek van {when} uur gaat niet door."),
    staff=gettext_noop("Het MDO van {when} uur gaat niet door."),
    when=Moment(),
)
WELCOME = declare(
    "conference.welcome",
    gettext_noop("U bent welkom bij het gesprek over uw vraag: {when} uur, {place}."),
    staff=gettext_noop("De inwoner is uitgenodigd voor het MDO: {when} uur, {place}."),
    when=Moment(),
    place=Free(),
)
NO_LONGER = declare(
    "conference.no_longer_about",
    gettext_noop("Het gesprek gaat niet meer over uw vraag. U hoeft niet te komen."),
    staff=gettext_noop("Het MDO gaat niet meer over deze vraag."),
)
WRITTEN = declare(
    "conference.written",
    gettext_noop("Het plan en het verslag van het gesprek staan op uw pagina."),
    staff=gettext_noop("Het plan en het verslag van het MDO zijn vastgelegd."),
)

JOIN = declare("conference.join", gettext_noop("vraag de inwoner of deze vraag mee mag in een MDO"))
DUE_DAY = declare("conference.due_day", gettext_noop("MDO gevraagd: kies een dag"))
# For an action of somebody who doesn't work on the question, a worker checks that it was done.
ASK_COLLEAGUE = declare(
    "conference.ask_colleague",
    gettext_noop("vraag {who} of dit gedaan is: {what}"),
    who=Colleague(),
    what=Free(),
)
ASK_GUEST = declare(
    "conference.ask_guest",
    gettext_noop("vraag {who} of dit gedaan is: {what}"),
    who=Free(),
    what=Free(),
)
ASK_RESIDENT = declare(
    "conference.ask_resident",
    gettext_noop("vraag de inwoner of dit gedaan is: {what}"),
    what=Free(),
)
