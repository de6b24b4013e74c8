"""Forms about services."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from organisations.directory.models import PyramidLayer, Service
from organisations.front_door.configuration import FrontDoor


class OfferFilter(forms.Form):
    """Filter the staff's table of services. Sent by GET: nothing in it is about a person."""

    leefgebied = forms.ChoiceField(required=False)
    laag = forms.ChoiceField(required=False)
    organisatie = forms.ChoiceField(required=False)

    def __init__(
        self, data: Any, *, door: FrontDoor, services: Sequence[Service], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        offering = sorted({(s.organisation.slug, s.organisation.name) for s in services})
        self._choose("leefgebied", _("Leefgebied"), [(d.slug, d.for_staff) for d in door.domains])
        self._choose(
            "laag", _("Laag"), [(str(v), f"{v}. {label}") for v, label in PyramidLayer.choices]
        )
        self._choose("organisatie", _("Organisatie"), offering)

    def _choose(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.label = label
        field.choices = [("", _("alle")), *choices]

    def matching(self, services: Sequence[Service]) -> list[Service]:
        """Return the services that match. A value that is no choice is ignored."""
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {})
        domain, layer = chosen.get("leefgebied"), chosen.get("laag")
        organisation = chosen.get("organisatie")
        return [
            service
            for service in services
            if (not domain or any(d.slug == domain for d in service.life_domains.all()))
            and (not layer or str(service.layer) == layer)
            and (not organisation or service.organisation.slug == organisation)
        ]
