"""Timeline sentences about casework: assignment, support, contact and closing."""

from django.utils.translation import gettext_noop

from intake.questions.choice_sentences import ChoiceSentence, NumberInWords
from intake.questions.models import Question
from intake.questions.sentence_parameters import Choice, Day, Free, Party
from intake.questions.sentences import declare
from referrals.casework.verdicts import VERDICTS
from referrals.routing_review.models import Correction

PICKED_UP = declare(
    "lead.picked_up",
    gettext_noop("Uw vraag is opgepakt."),
    staff=gettext_noop("{by} pakte de vraag op."),
)
PICKED_UP_BY_DAY = declare(
    "lead.picked_up_by_day",
    gettext_noop("Uw vraag is opgepakt. U hoort uiterlijk {day} van ons."),
    staff=gettext_noop("{by} pakte de vraag op. Eerste contact uiterlijk {day}."),
    day=Day(),
)
HANDED_ON = declare(
    "lead.handed_on",
    gettext_noop("Een collega neemt uw vraag over."),
    staff=gettext_noop("De vraag is vrij om op te pakken."),
)
ASSIGNED = declare(
    "lead.assigned",
    gettext_noop("Een medewerker van {who} gaat u helpen."),
    staff=gettext_noop("{by} wees de vraag toe aan een medewerker van {who}."),
    who=Party(),
)
MOVED = declare(
    "lead.moved",
    gettext_noop("Uw vraag ligt nu bij {who}."),
    staff=gettext_noop("{by} verplaatste de vraag naar {who}."),
    who=Party(),
)
MOVED_BECAUSE = declare(
    "lead.moved_because",
    gettext_noop("Uw vraag ligt nu bij {who}."),
    staff=gettext_noop("{by} verplaatste de vraag naar {who}."),
    colleagues="{why}",
    who=Party(),
    why=Choice(Correction.Why),
)

ASSIGNED_BY_OTHER = declare(
    "lead.assigned_by_other",
    "",
    colleagues=gettext_noop("{who} wees deze vraag toe. Reden: {reason}"),
    who=Party(),
    reason=Free(),
)
MOVED_BY_OTHER = declare(
    "lead.moved_by_other",
    "",
    colleagues=gettext_noop("{who} verplaatste deze vraag. Reden: {reason}"),
    who=Party(),
    reason=Free(),
)
REMINDED = declare(
    "lead.reminded",
    "",
    colleagues=gettext_noop("{who} kreeg een herinnering."),
    who=Party(),
)

TAKE_OVER_DUE = declare(
    "lead.take_over_due",
    gettext_noop("{who} wil deze vraag overnemen ({why}): draag warm over of zeg nee"),
    who=Party(),
    why=Choice(Correction.Why),
)
TAKE_OVER_ASKED = declare(
    "lead.take_over_asked",
    "",
    colleagues=gettext_noop("Gevraagd of {who} deze vraag mag overnemen."),
    who=Party(),
)
TAKEN = declare(
    "lead.taken",
    gettext_noop("{who} nam uw vraag meteen over, omdat er misschien gevaar was."),
    staff=gettext_noop("{who} nam de vraag meteen over: er was misschien gevaar."),
    who=Party(),
)
TEAM_CHANGED = declare(
    "lead.team_changed",
    gettext_noop("In {who} werken nu mensen van andere organisaties. Zij lezen uw vraag ook."),
    staff=gettext_noop(
        "In {who} werken nu mensen van andere organisaties. Zij lezen de vraag ook."
    ),
    who=Party(),
)
TEAM_PASSED = declare(
    "lead.team_passed",
    gettext_noop("{who} zoekt vanaf nu uit wie u kan helpen. Daar lezen ze uw vraag nu."),
    staff=gettext_noop("{who} doet vanaf nu de triage."),
    who=Party(),
)
TEAM_TO_ASK = declare(
    "lead.team_to_ask",
    gettext_noop(
        "vraag de inwoner of {who} in {team} ook mag meelezen; een ja is: Vraag hulp erbij"
    ),
    who=Party(),
    team=Party(),
)

SUPPORT_BEGAN = declare(
    "support.began",
    gettext_noop("{who} helpt nu ook mee."),
    staff=gettext_noop("{by} vroeg {who} erbij. Zij helpen nu mee."),
    who=Party(),
)
SUPPORT_ENDED = declare(
    "support.ended",
    gettext_noop("{who} helpt niet meer mee."),
    staff=gettext_noop("{who} helpt niet meer mee."),
    who=Party(),
)
REVOKED = declare(
    "sharing.revoked",
    gettext_noop("U wilt niet meer dat {who} uw vraag leest. Dat is geregeld."),
    staff=gettext_noop(
        "De inwoner wil niet meer dat {who} de vraag leest. De toegang is gesloten."
    ),
    who=Party(article=False),
)

ANSWER_WRITTEN = declare(
    "contact.answer_written",
    gettext_noop("Ons antwoord: {text}"),
    staff=gettext_noop("{by} schreef een antwoord: {text}"),
    text=Free(),
)
SPOKEN = declare(
    "contact.spoken",
    gettext_noop("Wij hebben u gesproken."),
    staff=gettext_noop("{by} sprak de inwoner."),
)
SPOKEN_AGREED = declare(
    "contact.spoken_agreed",
    gettext_noop("Wij hebben u gesproken. Afgesproken: {agreed}"),
    staff=gettext_noop("{by} sprak de inwoner. Afgesproken: {agreed}"),
    agreed=Free(),
)
NOT_REACHED = declare(
    "contact.not_reached",
    gettext_noop("Wij probeerden u te bereiken. Dat lukte niet."),
    staff=gettext_noop("{by} probeerde de inwoner te bereiken. Niet bereikt."),
)
NOT_REACHED_AGREED = declare(
    "contact.not_reached_agreed",
    gettext_noop("Wij probeerden u te bereiken. Dat lukte niet. Afgesproken: {agreed}"),
    staff=gettext_noop(
        "{by} probeerde de inwoner te bereiken. Niet bereikt. Afgesproken: {agreed}"
    ),
    agreed=Free(),
)
MESSAGE_LEFT = declare(
    "contact.message_left",
    gettext_noop("Wij probeerden u te bereiken."),
    staff=gettext_noop("{by} probeerde de inwoner te bereiken en liet een bericht achter."),
)
MESSAGE_LEFT_AGREED = declare(
    "contact.message_left_agreed",
    gettext_noop("Wij probeerden u te bereiken. Afgesproken: {agreed}"),
    staff=gettext_noop(
        "{by} probeerde de inwoner te bereiken en liet een bericht achter. Afgesproken: {agreed}"
    ),
    agreed=Free(),
)

SPOKEN_ON = declare(
    "contact.spoken_on",
    gettext_noop("Wij hebben u gesproken op {day}."),
    staff=gettext_noop("{by} sprak de inwoner op {day}."),
    day=Day(),
)
SPOKEN_ON_AGREED = declare(
    "contact.spoken_on_agreed",
    gettext_noop("Wij hebben u gesproken op {day}. Afgesproken: {agreed}"),
    staff=gettext_noop("{by} sprak de inwoner op {day}. Afgesproken: {agreed}"),
    day=Day(),
    agreed=Free(),
)
NOT_REACHED_ON = declare(
    "contact.not_reached_on",
    gettext_noop("Wij probeerden u te bereiken op {day}. Dat lukte niet."),
    staff=gettext_noop("{by} probeerde de inwoner te bereiken op {day}. Niet bereikt."),
    day=Day(),
)
NOT_REACHED_ON_AGREED = declare(
    "contact.not_reached_on_agreed",
    gettext_noop("Wij probeerden u te bereiken op {day}. Dat lukte niet. Afgesproken: {agreed}"),
    staff=gettext_noop(
        "{by} probeerde de inwoner te bereiken op {day}. Niet bereikt. Afgesproken: {agreed}"
    ),
    day=Day(),
    agreed=Free(),
)
MESSAGE_LEFT_ON = declare(
    "contact.message_left_on",
    gettext_noop("Wij probeerden u te bereiken op {day}."),
    staff=gettext_noop(
        "{by} probeerde de inwoner te bereiken op {day} en liet een bericht achter."
    ),
    day=Day(),
)
MESSAGE_LEFT_ON_AGREED = declare(
    "contact.message_left_on_agreed",
    gettext_noop("Wij probeerden u te bereiken op {day}. Afgesproken: {agreed}"),
    staff=gettext_noop(
        "{by} probeerde de inwoner te bereiken op {day} en liet een bericht achter. "
        "Afgesproken: {agreed}"
    ),
    day=Day(),
    agreed=Free(),
)
NOTE = declare("contact.note", "", colleagues="{text}", text=Free())

# What an ending tells the resident, in a sentence of its own; the labels are those of staff.
ENDINGS = {
    Question.Result.HELPED: gettext_noop("U bent geholpen."),
    Question.Result.PARTLY: gettext_noop("U bent voor een deel geholpen."),
    Question.Result.ADVISED: gettext_noop("U heeft advies gekregen."),
    Question.Result.OTHER_HELP: gettext_noop("U heeft andere hulp gevonden."),
    Question.Result.NO_CONTACT: gettext_noop(
        "Wij konden u niet bereiken. Wij hebben het drie keer geprobeerd."
    ),
    Question.Result.MOVED: gettext_noop("U bent verhuisd."),
    Question.Result.DIED: gettext_noop("De persoon om wie het ging, is overleden."),
    Question.Result.TO_WMO: gettext_noop("De gemeente helpt u verder met de Wmo."),
    Question.Result.TO_YOUTH_CARE: gettext_noop("De jeugdhulp helpt u verder."),
}

CLOSED = declare(
    "question.closed",
    gettext_noop("Uw vraag is afgerond. {result}"),
    staff=gettext_noop("{by} rondde de vraag af: {result}."),
    result=ChoiceSentence(Question.Result, ENDINGS),
)
VERDICT = declare(
    "question.verdict",
    gettext_noop("U vond: {verdict}."),
    staff=gettext_noop("Cijfer van de inwoner: {verdict} van 5."),
    verdict=NumberInWords(VERDICTS),
)
NOT_HELPED_YET = declare(
    "question.not_helped_yet",
    gettext_noop("U bent nog niet geholpen. Wij pakken uw vraag weer op."),
    staff=gettext_noop("De inwoner is nog niet geholpen. De vraag is weer open."),
)
REOPENED = declare(
    "question.reopened",
    gettext_noop("Wij hebben uw vraag weer geopend."),
    staff=gettext_noop("{by} heropende de vraag."),
)
REOPENED_BY_RESIDENT = declare(
    "question.reopened_by_resident",
    gettext_noop("U heeft uw vraag weer geopend."),
    staff=gettext_noop("De inwoner heropende de vraag."),
)
WITHDRAWN = declare(
    "question.withdrawn",
    gettext_noop("U heeft uw vraag ingetrokken. U mag altijd terugkomen."),
    staff=gettext_noop("De inwoner trok de vraag in."),
)
SET_ASIDE = declare(
    "question.set_aside",
    gettext_noop(
        "Er kwamen heel veel vragen tegelijk binnen. Wij dachten dat een computer deze stuurde. "
        "Is het echt uw vraag? Open hem dan weer, of bel ons."
    ),
    staff=gettext_noop(
        "Apart gezet tijdens een stroom van vragen: leek verstuurd door een computer."
    ),
)
CHECK_NOT_REACHED = declare(
    "check.not_reached",
    gettext_noop("Wij wilden vragen hoe het gaat. Wij konden u niet bereiken."),
    staff=gettext_noop("{by} wilde vragen hoe het gaat. Niet bereikt."),
)
CHECK_GIVEN_UP = declare(
    "check.given_up",
    gettext_noop(
        "Wij wilden vragen hoe het gaat. Het lukte niet om u te bereiken. "
        "Wij bellen niet opnieuw. U kunt uw vraag hier altijd weer openen."
    ),
    staff=gettext_noop(
        "{by} wilde vragen hoe het gaat. Niet bereikt; er wordt niet opnieuw gebeld."
    ),
)
