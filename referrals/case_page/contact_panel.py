"""The people of a question and their contact wishes, on its page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from intake.people import contact_choices
from intake.people.models import ContactWish
from intake.questions.models import Question, SharingBasis
from welzijn.core import dates
from welzijn.core.languages import OWN_NAMES, staff_name

_WAYS = dict(contact_choices.WAYS)
_PARTS_OF_THE_DAY = dict(contact_choices.PARTS_OF_THE_DAY)


@dataclass(frozen=True, slots=True)
class Wish:
    """One line about how to reach the resident; a warning says what must not happen."""

    label: str
    value: str
    warning: bool = False


def people_of(question: Question) -> list[tuple[str, str]]:
    """Return a line for the asker and the subject; names only where the user may read them."""
    asker, subject = question.asker, question.subject
    rows = [(_("Vrager"), asker.name or _("wil geen naam zeggen"))]
    if question.asker_id == question.subject_id:
        rows.append((_("Gaat over"), _("de vrager zelf")))
    else:
        rows.append((_("Gaat over"), question.get_about_display()))
        rows.append((_("Degene om wie het gaat"), _who_it_is_about(question)))
        if question.subject_answer_at is not None:
            rows.append((_("Eigen antwoord"), _own_answer(question)))
    rows.append((_("Leeftijd"), subject.get_age_band_display() or _("niet bekend")))
    return rows


def _who_it_is_about(question: Question) -> str:
    if question.subject_may_be_shown:
        return question.subject.name or _("naam niet bekend")
    if question.subject_answer == Question.SubjectAnswer.NO:
        return _("wil geen hulp: alleen de vrager wordt geholpen")
    return _("nog niet gevraagd: naam en gegevens blijven dicht")


def _own_answer(question: Question) -> str:
    """Return who consented or refused, how that was recorded, and when."""
    assert question.subject_answer_at is not None
    return _("{answer}, {who}, {how}, {day}").format(
        answer=question.get_subject_answer_display(),
        who=question.get_subject_answer_by_display(),
        how=SharingBasis.How(question.subject_answer_how).label,
        day=dates.plain_day(question.subject_answer_at),
    )


def _answer(value: bool | None) -> str:
    """Return the wish; nobody asked yet is no wish, and reads as such."""
    if value is None:
        return _("nog niet gevraagd, dus niet doen")
    return _("ja") if value else _("nee")


def wishes_of(question: Question) -> list[Wish]:
    """Return how the asker may be reached, one line for each way."""
    wish = question.asker.contact_wish
    found = [
        *([Wish(_("Aanspreken als"), called)] if (called := question.asker.called) else []),
        Wish(
            _("Bereikbaar via"),
            ", ".join(str(_WAYS[w]) for w in wish.ways) or _("geen manier gekozen"),
            not wish.ways,
        ),
        Wish(
            _("Mag bericht inspreken"), _answer(wish.may_leave_message), not wish.may_leave_message
        ),
        Wish(_("Mag zeggen wie u bent"), _answer(wish.may_say_who), not wish.may_say_who),
    ]
    if wish.no_post:
        found.append(Wish(_("Post"), _("nee"), warning=True))
    if wish.times or wish.times_note:
        times = [_PARTS_OF_THE_DAY[t] for t in wish.times if t in _PARTS_OF_THE_DAY]
        found.append(Wish(_("Wanneer"), ", ".join(str(t) for t in [*times, wish.times_note] if t)))
    if wish.interpreter or wish.language != "nl":
        language = _language(wish.language)
        text = _("{language}, met tolk").format(language=language) if wish.interpreter else language
        found.append(Wish(_("Taal"), text, warning=wish.interpreter))
    if question.written_in and question.written_in != "nl":
        found.append(_written_in(question, wish))
    return found


def _written_in(question: Question, wish: ContactWish) -> Wish:
    """Return the language of the resident's words; where it is not the agreed one, a hint.

    Recognised by a computer, so it suggests and decides nothing.
    """
    language = _language(question.written_in)
    if wish.interpreter or wish.language == question.written_in:
        return Wish(_("Schreef in"), language)
    text = _("{language}. Misschien is een tolk nodig: vraag het.").format(language=language)
    return Wish(_("Schreef in"), text, warning=True)


def _language(code: str) -> str:
    """Return the language in Dutch and in its own name; interpreters go by the Dutch one."""
    own = OWN_NAMES.get(code, code)
    name = staff_name(code)
    return name if own.casefold() == name.casefold() else f"{name} ({own})"
