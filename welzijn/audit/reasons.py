"""Why somebody looked at a person's data: a kind that the log stores, and its words.

The log keeps the kind (`opened`), never a sentence. `in_words` gives it in the language of who
reads; `of` also knows the Dutch phrases that releases before 0.2.0 stored. Those lines stay as
they are: the log is evidence, and its chain covers the reason. What somebody wrote themselves (why
they export a list) stays as it was written.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Every reason that an entry of the access log may have."""

    OPENED = "opened", _("vraag geopend")
    WRITTEN_DOWN = "written_down", _("vraag opgeschreven")
    WORK_LIST = "work_list", _("werklijst")
    CASELOAD = "caseload", _("caseload")
    NEIGHBOURHOOD = "neighbourhood", _("wijk")
    AGENDA = "agenda", _("agenda")
    EARLIER_QUESTION = "earlier_question", _("gezocht of er al een vraag was")
    ROUTING = "routing", _("toedeling bekeken")
    DETAILS_TO_CHANGE = "details_to_change", _("gegevens geopend om te wijzigen")
    SEARCHED = "searched", _("gezocht")
    RECENTLY = "recently", _("onlangs bekeken")
    ATTACHMENT = "attachment", _("een brief of foto bekeken")
    STEP_TO_STRIKE = "step_to_strike", _("stap geopend om door te halen")
    EARLIER_DETAILS = "earlier_details", _("eerdere gegevens bekeken")
    LOG_SAMPLE = "log_sample", _("steekproef van het logboek")
    DATA_REQUEST = "data_request", _("antwoord op uw verzoek om inzage")
    DATA_REQUEST_READ = "data_request_read", _("verzoek om inzage of wissen bekeken")
    DATA_REQUEST_HANDLED = "data_request_handled", _("verzoek om inzage of wissen behandeld")
    FINDING = "finding", _("bevinding over inzage vastgelegd")
    DISCLOSURES = "disclosures", _("gedeeld zonder toestemming nagekeken")
    UNUSUAL = "unusual", _("opvallend kijken nagekeken")
    DESK_MESSAGE = "desk_message", _("aan de balie een bericht doorgegeven")
    CODE_PAGE = "code_page", _("bladzijde voor een nieuwe code geopend")
    CODE_BY_PHONE = "code_by_phone", _("nieuwe code aan de telefoon")
    CODE_IN_PERSON = "code_in_person", _("nieuwe code in een gesprek")
    CODE_AT_DESK = "code_at_desk", _("nieuwe code aan de balie")
    CODE_REQUESTED = "code_requested", _("aan de balie is om een nieuwe code gevraagd")
    TAKEN_OVER = "taken_over", _("meteen overgenomen omdat er misschien gevaar was")
    REPORTED = "reported", _("gemeld bij Veilig Thuis")


# What 0.1.0, and the work after it, stored.
_FORMER = {
    "vraag geopend": Reason.OPENED,
    "hulpvraag geopend": Reason.OPENED,
    "vraag opgeschreven": Reason.WRITTEN_DOWN,
    "werklijst": Reason.WORK_LIST,
    "wijk": Reason.NEIGHBOURHOOD,
    "gezocht of er al een vraag was": Reason.EARLIER_QUESTION,
    "toedeling bekeken": Reason.ROUTING,
    "gegevens geopend om te wijzigen": Reason.DETAILS_TO_CHANGE,
    "gezocht": Reason.SEARCHED,
    "onlangs bekeken": Reason.RECENTLY,
    "een brief of foto bekeken": Reason.ATTACHMENT,
    "stap geopend om door te halen": Reason.STEP_TO_STRIKE,
    "eerdere gegevens bekeken": Reason.EARLIER_DETAILS,
    "steekproef van het logboek": Reason.LOG_SAMPLE,
    "antwoord op uw verzoek om inzage": Reason.DATA_REQUEST,
    "aan de balie een bericht doorgegeven": Reason.DESK_MESSAGE,
    "bladzijde voor een nieuwe code geopend": Reason.CODE_PAGE,
    "nieuwe code aan de telefoon": Reason.CODE_BY_PHONE,
    "nieuwe code in een gesprek": Reason.CODE_IN_PERSON,
    "nieuwe code aan de balie": Reason.CODE_AT_DESK,
    "aan de balie is om een nieuwe code gevraagd": Reason.CODE_REQUESTED,
    "meteen overgenomen omdat er misschien gevaar was": Reason.TAKEN_OVER,
    "gemeld bij Veilig Thuis": Reason.REPORTED,
}


def of(stored: str) -> Reason | None:
    """Return the reason of an entry, or None if it has none or one that nobody knows."""
    if stored in Reason:
        return Reason(stored)
    return _FORMER.get(stored)


def in_words(stored: str) -> str:
    """Return the reason in the language of now; what nobody knows stays as it was stored."""
    known = of(stored)
    return str(known.label) if known else stored
