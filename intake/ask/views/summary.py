"""The answers as the check page lists them, each with a link to change it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.ask.conversation import Answer, Conversation, Step, reachable
from intake.ask.forms.page import subject_named
from intake.ask.opening_hours import join_words
from intake.ask.steps import TALK_STEPS
from intake.ask.views.conversation_storage import path_of
from intake.attachments import drafts
from intake.people.forms_of_address import in_their_form, pick
from intake.questions.models import Question
from organisations.front_door.configuration import FrontDoor
from organisations.routing.facts import AGE_BANDS
from welzijn.core.contact_details import display_phone, display_postcode
from welzijn.core.direction import apart
from welzijn.core.languages import OWN_NAMES

# Characters shown of the resident's own words; the linked page has all of them.
LONGEST_SHOWN = 600

Row = tuple[str, str, tuple[str, str]]


def rows(conversation: Conversation, front: FrontDoor) -> list[Row]:
    """Return the answers as (what, answer, (label, path)), in the order of the questions."""
    yours = pick(conversation.says_je, _("Uw woorden"), _("Jouw woorden"))
    if conversation.channel == Question.Channel.CALL_ME:
        call = conversation.answer(Step.CALL)
        found = [
            _row(
                pick(conversation.says_je, _("Hoe wij u bellen"), _("Hoe wij je bellen")),
                _reach({**call, "ways": ["phone"]}, conversation),
                Step.CALL,
            )
        ]
        if call.get("words"):
            found.append(_row(yours, _shortened(call["words"]), Step.CALL))
        return [
            *found,
            _row(
                _("Waar het over gaat"),
                _domains(call.get("domains", []), conversation, front),
                Step.CALL,
            ),
        ]
    words = conversation.answer(Step.WORDS)
    return [
        *([_row(yours, _shortened(words["words"]), Step.WORDS)] if words.get("words") else []),
        *(
            _row(in_their_form(opening_question), _shortened(answered), page)
            for opening_question, answered, page in _openings(conversation)
        ),
        _row(_("Over wie"), _about(conversation), Step.ABOUT),
        _row(
            _("Waar het over gaat"),
            _domains(conversation.domains_of(Step.TOPIC), conversation, front),
            Step.TOPIC,
        ),
        _row(
            _("Leeftijd en postcode"),
            "\n".join((_age(conversation), _place(conversation, front))),
            Step.PLACE,
        ),
        _row(
            pick(conversation.says_je, _("Hoe wij u bereiken"), _("Hoe wij je bereiken")),
            _reach(conversation.contact, conversation),
            Step.CONTACT,
        ),
    ]


def _openings(conversation: Conversation) -> Iterator[tuple[str, str, Step]]:
    for page in (Step.WORDS, *TALK_STEPS[: conversation.openings]):
        for question, answered in conversation.answer(page).get("opening", []):
            yield question, answered, page


def letters_row(conversation: Conversation) -> list[Row]:
    """Return the row of the photos and PDFs that go along; none where there are none."""
    kept = drafts.listing(conversation.files_secret) if conversation.has_files else []
    if not kept:
        return []
    what = pick(conversation.says_je, _("Uw brief"), _("Jouw brief"))
    number = ngettext("{n} foto of PDF", "{n} foto's of PDF's", len(kept)).format(n=len(kept))
    return [(what, number, (_("Verander"), reverse("ask_letters")))]


def _row(what: str, answer: str, step: Step) -> Row:
    return what, answer, (_("Verander"), path_of(step))


def _about(conversation: Conversation) -> str:
    about, je = conversation.answer(Step.ABOUT), conversation.says_je
    if conversation.about == Question.About.SELF:
        return pick(je, _("Over uzelf"), _("Over jezelf"))
    relation = capfirst(subject_named(conversation.about, je=je))
    who = about.get("subject_name") or relation
    if about.get("knows") == "yes":
        knows = pick(
            je, _("{who} weet dat u dit vraagt."), _("{who} weet dat je dit vraagt.")
        ).format(who=who)
    else:
        knows = pick(
            je, _("{who} weet niet dat u dit vraagt."), _("{who} weet niet dat je dit vraagt.")
        ).format(who=who)
    return knows if who == relation else f"{relation}\n{knows}"


def _domains(chosen: list[str], conversation: Conversation, front: FrontDoor) -> str:
    names = [
        in_their_form(d.name, je=conversation.says_je) for d in front.domains if d.slug in chosen
    ]
    return ", ".join(names) or _("Dat weet ik nog niet")


def _age(conversation: Conversation) -> str:
    band = conversation.answer(Step.PLACE).get("age_band", "")
    return capfirst(str(AGE_BANDS[band])) if band in AGE_BANDS else _("Leeftijd niet gezegd")


def _place(conversation: Conversation, front: FrontDoor) -> str:
    place = conversation.answer(Step.PLACE)
    postcode = place.get("postcode", "")
    if not postcode:
        return _("Postcode niet gezegd")
    text = apart(display_postcode(postcode))
    chosen = front.place_by_slug.get(place.get("neighbourhood", ""))
    lies_in = front.places_of(postcode)
    if chosen is None and len(lies_in) == 1:
        chosen = lies_in[0]
    if chosen is not None:
        return f"{text}, {chosen.name}"
    if front.postcodes and not lies_in:
        return pick(
            conversation.says_je,
            _("{postcode}. Dat is buiten ons gebied. Wij kijken wie u daar kan helpen."),
            _("{postcode}. Dat is buiten ons gebied. Wij kijken wie jou daar kan helpen."),
        ).format(postcode=text)
    return text


def _reach(contact: Answer, conversation: Conversation) -> str:
    """Return the ways of contact and what is safe, one per line."""
    ways, je = contact.get("ways", []), conversation.says_je
    phone = apart(display_phone(contact["phone"])) if contact.get("phone") else ""
    answered = {
        "phone": _("Bellen: {phone}").format(phone=phone),
        "sms": _("Sms: {phone}").format(phone=phone),
        "email": _("Mail: {email}").format(email=contact.get("email", "")),
    }
    lines = [answered[way] for way in ways] or [
        pick(je, _("Niet. U kijkt zelf met uw code."), _("Niet. Je kijkt zelf met je code."))
    ]
    if contact.get("name"):
        lines.append(_("Naam: {name}").format(name=contact["name"]))
    if "phone" in ways:
        lines += _of_a_call(contact)
    if ways:
        lines.append(
            _("Wij mogen zeggen wie wij zijn")
            if reachable(contact, je).may_say_who
            else _("Wij zeggen niet wie wij zijn")
        )
    if "no_post" in contact:
        lines.append(_("Geen post") if contact["no_post"] else _("Post mag"))
    language, interpreter = contact.get("language") or "nl", contact.get("interpreter")
    if language != "nl" or interpreter:
        name = OWN_NAMES.get(language, language)
        lines.append(_("{language}, met een tolk").format(language=name) if interpreter else name)
    return "\n".join(lines)


def _of_a_call(contact: Answer) -> list[str]:
    times = {"morning": _("ochtend"), "afternoon": _("middag"), "evening": _("avond")}
    may = contact.get("may", [])
    chosen = join_words(times[t] for t in contact.get("times", []))
    return [
        _("In de {times}").format(times=chosen) if chosen else _("Het maakt niet uit wanneer"),
        _("Een bericht inspreken mag") if "message" in may else _("Geen bericht inspreken"),
    ]


def _shortened(words: str) -> str:
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN].rstrip()}…"
