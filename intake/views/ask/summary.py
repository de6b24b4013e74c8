"""What somebody answered, as the check page gives it back: each with a link to change it."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from intake.address_form import pick
from intake.asking import Answer, Conversation, Step
from intake.forms.ask.page import subject_named
from intake.models import Question
from intake.reading_times import listed
from intake.views.ask.steps import path_of
from organisations.front_door import FrontDoor
from organisations.routing.facts import AGE_BANDS
from welzijn.contact import display_phone, display_postcode

Row = tuple[str, str, tuple[str, str]]


def rows(talk: Conversation, front: FrontDoor) -> list[Row]:
    """The answers as (what, answer, (label, address)) in the order in which they were asked."""
    if talk.channel == Question.Channel.CALL_ME:
        return _of_a_call(talk, front)
    words, contact = talk.answer(Step.WORDS), talk.answer(Step.CONTACT)
    found = [
        _row(
            pick(talk.says_je, _("Uw woorden"), _("Jouw woorden")),
            words.get("words") or _("Niets"),
            Step.WORDS,
        )
    ]
    found += [_row(question, answer, Step.WORDS) for question, answer in words.get("opening", [])]
    found += [
        _row(_("Over wie"), _about(talk), Step.ABOUT),
        _row(_("Waar het over gaat"), _domains(talk.answer(Step.TOPIC), front), Step.TOPIC),
        _row(_("Leeftijd"), _age(talk), Step.PLACE),
        _row(_("Postcode"), _place(talk, front), Step.PLACE),
        _row(_("Bereiken"), _ways(contact, je=talk.says_je), Step.CONTACT),
    ]
    return [*found, *_safe(contact, Step.CONTACT)]


def _of_a_call(talk: Conversation, front: FrontDoor) -> list[Row]:
    call = talk.answer(Step.CALL)
    found = [
        _row(_("Telefoonnummer"), display_phone(call["phone"]), Step.CALL),
        *_safe({**call, "ways": ["phone"]}, Step.CALL),
    ]
    if call.get("words"):
        found.append(
            _row(pick(talk.says_je, _("Uw woorden"), _("Jouw woorden")), call["words"], Step.CALL)
        )
    found.append(_row(_("Waar het over gaat"), _domains(call, front), Step.CALL))
    return found


def _row(what: str, answer: str, step: Step) -> Row:
    return what, answer, (_("Verander"), path_of(step))


def _about(talk: Conversation) -> str:
    about, je = talk.answer(Step.ABOUT), talk.says_je
    if talk.about == Question.About.SELF:
        return pick(je, _("Over uzelf"), _("Over jezelf"))
    who = about.get("subject_name") or subject_named(talk.about, je=je)
    who = f"{who[0].upper()}{who[1:]}"
    if about.get("knows") == "yes":
        return pick(
            je,
            _("{who}. Diegene weet dat u dit vraagt."),
            _("{who}. Diegene weet dat je dit vraagt."),
        ).format(who=who)
    return pick(
        je,
        _("{who}. Diegene weet niet dat u dit vraagt."),
        _("{who}. Diegene weet niet dat je dit vraagt."),
    ).format(who=who)


def _domains(answer: Answer, front: FrontDoor) -> str:
    names = [d.name for d in front.domains if d.slug in answer.get("domains", [])]
    return ", ".join(names) or _("Dat weet ik nog niet")


def _age(talk: Conversation) -> str:
    band = talk.answer(Step.PLACE).get("age_band", "")
    return str(AGE_BANDS[band]).capitalize() if band in AGE_BANDS else _("Zeg ik liever niet")


def _place(talk: Conversation, front: FrontDoor) -> str:
    place = talk.answer(Step.PLACE)
    postcode = place.get("postcode", "")
    if not postcode:
        return _("Niet ingevuld")
    shown = display_postcode(postcode)
    chosen = front.place_by_slug.get(place.get("neighbourhood", ""))
    lies_in = front.places_of(postcode)
    if chosen is None and len(lies_in) == 1:
        chosen = lies_in[0]
    if chosen is not None:
        return f"{shown}, {chosen.name}"
    if front.postcodes and not lies_in:
        return pick(
            talk.says_je,
            _("{postcode}. Dat is buiten ons gebied. Wij kijken wie u daar kan helpen."),
            _("{postcode}. Dat is buiten ons gebied. Wij kijken wie jou daar kan helpen."),
        ).format(postcode=shown)
    return shown


def _ways(contact: Answer, *, je: bool) -> str:
    ways = contact.get("ways", [])
    phone = display_phone(contact["phone"]) if contact.get("phone") else ""
    said = {
        "phone": _("Bellen: {phone}").format(phone=phone),
        "sms": _("Sms: {phone}").format(phone=phone),
        "email": _("Mail: {email}").format(email=contact.get("email", "")),
    }
    if ways:
        return "\n".join(said[way] for way in ways)
    return pick(
        je,
        _("Niet. U kijkt zelf met uw code."),
        _("Niet. Je kijkt zelf met je code."),
    )


def _safe(contact: Answer, step: Step) -> list[Row]:
    """Name, times, and what a caller may do; language where it isn't Dutch."""
    times = {"morning": _("ochtend"), "afternoon": _("middag"), "evening": _("avond")}
    may = contact.get("may", [])
    found = [_row(_("Naam"), contact.get("name") or _("Zeg ik liever niet"), step)]
    if "phone" in contact["ways"]:
        chosen = listed(times[t] for t in contact.get("times", []))
        found += [
            _row(_("Wanneer"), chosen.capitalize() or _("Maakt niet uit"), step),
            _row(_("Bericht inspreken"), _("Mag") if "message" in may else _("Liever niet"), step),
            _row(_("Zeggen wie wij zijn"), _("Mag") if "who" in may else _("Liever niet"), step),
        ]
    if "no_post" in contact:
        found.append(_row(_("Post"), _("Geen post") if contact["no_post"] else _("Mag"), step))
    language, interpreter = contact.get("language") or "nl", contact.get("interpreter")
    if language != "nl" or interpreter:
        name = str(get_language_info(language)["name_local"])
        said = _("{language}, met een tolk") if interpreter else "{language}"
        found.append(_row(_("Taal"), said.format(language=name).capitalize(), step))
    return found
