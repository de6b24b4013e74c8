"""How we reach a resident, in lines for their own page: what they said, as it holds now."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from intake.ask.opening_hours import join_words
from intake.people import details
from intake.questions.models import Question
from welzijn.core.contact_details import display_phone
from welzijn.core.languages import OWN_NAMES
from welzijn.design_system.templatetags.layout import untranslated


def lines(question: Question) -> list[str]:
    """Return the ways with number and address, when, what we may say, the name and language."""
    known = details.known(question.asker)
    ways = known["ways"]
    phone = display_phone(known["phone"]) if known["phone"] else ""
    answered = {
        "phone": _("Bellen: {phone}").format(phone=phone),
        "sms": _("Sms: {phone}").format(phone=phone),
        "email": _("Mail: {email}").format(email=known["email"]),
        "post": _("Brief: {address}").format(address=known["post"]),
    }
    found = [answered[way] for way in answered if way in ways]
    if not ways:
        found.append(_("Niet. U kijkt zelf met uw code."))
    if "phone" in ways:
        times = {"morning": _("ochtend"), "afternoon": _("middag"), "evening": _("avond")}
        chosen = join_words(times[t] for t in times if t in known["times"])
        found.append(
            _("In de {times}").format(times=chosen) if chosen else _("Het maakt niet uit wanneer")
        )
        found.append(
            _("Een bericht inspreken mag")
            if known["may_leave_message"]
            else _("Geen bericht inspreken")
        )
    if ways:
        found.append(
            _("Wij mogen zeggen wie wij zijn")
            if known["may_say_who"]
            else _("Wij zeggen niet wie wij zijn")
        )
    called = known["called"] or known["name"]
    if called:
        found.append(format_html(_("Naam: {name}"), name=untranslated(called)))
    language = OWN_NAMES.get(known["language"], known["language"])
    if known["language"] != "nl" or known["interpreter"]:
        with_one = _("{language}, met een tolk").format(language=language)
        found.append(with_one if known["interpreter"] else language)
    return found
