"""What a timeline tells of coming in, of codes, of households and of whom a question is about."""

from django.utils.translation import gettext_noop

from intake.questions.sentence_parameters import OwnWords, PartnershipText, Party
from intake.questions.sentences import Sentence, declare
from organisations.directory.models import Organisation, Team

RECEIVED = declare(
    "question.received",
    gettext_noop("Uw vraag is binnen."),
    staff=gettext_noop("De vraag kwam binnen."),
)
PLACED = declare(
    "question.placed",
    gettext_noop("Uw vraag ligt bij {who}."),
    staff=gettext_noop("Toegedeeld aan {who}."),
    who=Party(),
)
# A rule's reason is a clause or a sentence of its own.
PLACED_BECAUSE = declare(
    "question.placed_because",
    gettext_noop("Uw vraag ligt bij {who}, omdat {reason}."),
    staff=gettext_noop("Toegedeeld aan {who}, omdat {reason}."),
    who=Party(),
    reason=PartnershipText(),
)
PLACED_REASON = declare(
    "question.placed_reason",
    gettext_noop("Uw vraag ligt bij {who}. {reason}"),
    staff=gettext_noop("Toegedeeld aan {who}. {reason}"),
    who=Party(),
    reason=PartnershipText(),
)


def placed(who: Organisation | Team, reason: str) -> Sentence:
    """Who has it, and why they: as `intake.submission.routing_preview.placed` says it on a page."""
    if reason and reason[0].islower():
        return PLACED_BECAUSE(who=who, reason=reason.rstrip(".").removeprefix("omdat "))
    return PLACED_REASON(who=who, reason=reason) if reason else PLACED(who=who)


WORDS_ADDED = declare("question.words_added", "{words}", words=OwnWords())

CODE_AT_DESK = declare(
    "code.given_at_desk",
    gettext_noop("U heeft aan de balie een nieuwe code gekregen."),
    staff=gettext_noop("{by} gaf aan de balie een nieuwe code."),
)
CODE_ASKED_AT_DESK = declare(
    "code.asked_at_desk",
    gettext_noop(
        "Aan de balie is om een nieuwe code gevraagd. Uw code werkt nog. Was u dit niet? Bel ons."
    ),
    staff=gettext_noop(
        "{by} kreeg aan de balie de vraag om een nieuwe code. De oude code werkt nog."
    ),
)
CODE_BY_PHONE = declare(
    "code.given_by_phone",
    gettext_noop("U heeft aan de telefoon een nieuwe code gekregen."),
    staff=gettext_noop("{by} gaf aan de telefoon een nieuwe code."),
)
CODE_IN_PERSON = declare(
    "code.given_in_person",
    gettext_noop("U heeft in een gesprek een nieuwe code gekregen."),
    staff=gettext_noop("{by} gaf in een gesprek een nieuwe code."),
)

HOUSEHOLD_JOINED = declare(
    "household.joined",
    gettext_noop("Deze vraag hoort nu bij uw gezin."),
    staff=gettext_noop("De vraag hoort nu bij een gezin."),
)
HOUSEHOLD_LEFT = declare(
    "household.left",
    gettext_noop("Deze vraag hoort niet meer bij uw gezin."),
    staff=gettext_noop("De vraag hoort niet meer bij een gezin."),
)

SUBJECT_AGREED = declare(
    "subject.agreed",
    gettext_noop("De persoon om wie het gaat, vindt het goed dat wij meehelpen."),
    staff=gettext_noop("De persoon om wie het gaat, zegt ja tegen hulp."),
)
SUBJECT_REFUSED = declare(
    "subject.refused",
    gettext_noop(
        "De persoon om wie het gaat, wil geen hulp. Wij helpen u verder met uw eigen vraag."
    ),
    staff=gettext_noop("De persoon om wie het gaat, zegt nee tegen hulp."),
)
