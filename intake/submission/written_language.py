"""The language that a resident wrote a question in."""

from intake.submission.submission import EnteredBy, Submission
from organisations.triage_hints.languages import language_of


def written_in(submission: Submission, entered_by: EnteredBy) -> str:
    """Return the language the resident wrote in; "" where another typed it, or it is too short."""
    if entered_by.user or entered_by.organisation or entered_by.brought_by:
        return ""
    typed = [submission.words, *(answer for _asked, answer in submission.opening_answers)]
    return language_of("\n".join(typed))
