"""Which of a partnership's texts a resident of another language reads in Dutch."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import override

from organisations.partnerships.models import Partnership
from organisations.partnerships.translations import DUTCH, texts_of, translate
from organisations.routing.models import RoutingRule, RuleSet


def untranslated(partnership: Partnership) -> dict[str, list[str]]:
    """Return, by language, the texts that have no translation; languages with none are left out."""
    texts = list(dict.fromkeys(text.strip() for text in _texts(partnership) if text.strip()))
    found: dict[str, list[str]] = {}
    with texts_of(partnership):
        for language, _name in settings.LANGUAGES:
            if language == DUTCH:
                continue
            with override(language):
                found[language] = [text for text in texts if translate(text).lang]
    return {language: missing for language, missing in found.items() if missing}


def _texts(partnership: Partnership) -> Iterator[str]:
    # The first words of every front door stand apart and are ours.
    yield partnership.opening_text.strip().removeprefix("Waar kunnen we u mee helpen?")
    yield from partnership.principles
    yield partnership.closing_question
    yield partnership.legal_basis
    for question in partnership.opening_questions:
        yield from (question.get("question") or "", question.get("help") or "")
    for term in partnership.glossary:
        yield from (term["term"], term["meaning"])
    for domain in partnership.life_domains.all():
        yield from (domain.name, domain.explanation)
    for service in partnership.services.all():
        yield from (service.name, service.description)
    for taking_part in partnership.participations.select_related("organisation"):
        yield taking_part.organisation.description
    rules = RuleSet.objects.filter(partnership=partnership).order_by("-version").first()
    if rules is not None:
        yield from RoutingRule.objects.filter(rule_set=rules).values_list("reason", flat=True)
