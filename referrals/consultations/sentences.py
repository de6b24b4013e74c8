"""Sentences about consultations: for the timeline and for follow-ups."""

from django.utils.translation import gettext_noop

from intake.questions.sentence_parameters import Free, Party
from intake.questions.sentences import declare

ASKED = declare(
    "consultation.asked",
    gettext_noop("Wij vroegen een collega om raad, zonder te zeggen wie u bent."),
    staff=gettext_noop("{by} vroeg {who} om raad, zonder te zeggen om wie het gaat."),
    colleagues="{who}: {asked}",
    who=Party(),
    asked=Free(),
)
# The answer is kept in the note, which only colleagues read.
ANSWERED = declare("consultation.answered", "")
DUE_ANSWER = declare(
    "consultation.due_answer",
    gettext_noop("antwoord van {who} op even overleggen"),
    who=Party(),
)
