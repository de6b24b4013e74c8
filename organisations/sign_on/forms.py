"""Forms: a provider, a table of roles, SCIM access."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as InvalidSettingsError

from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from organisations.sign_on import role_table
from welzijn.core.form_fields import CleanCharField, set_choice_messages
from welzijn.single_sign_on import sources
from welzijn.single_sign_on.provider_settings import ProviderSettings

_LISTS = ("domains", "trusted_domains", "second_factor_amr", "second_factor_acr")


def _named(message: str) -> str:
    """Return the key that a check of the whole names first: "Value error, issuer: ..."."""
    return message.removeprefix("Value error, ").partition(":")[0]


def _problem(place: str) -> str:
    known = {
        "issuer": _now(
            "Schrijf het adres van uw eigen inlogsysteem, met https:// en zonder ? of #."
        ),
        "domains": _now("Schrijf maildomeinen zoals stimenz.example, zonder @."),
        "trusted_domains": _now("Noem deze domeinen ook bij Maildomeinen."),
    }
    return known.get(place) or _now("Controleer dit veld.")


class OrganisationForm(forms.Form):
    """The organisation that a setting is for."""

    organisation: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Organisatie"), queryset=None, empty_label=_("Kies een organisatie")
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(
            participations__partnership=partnership
        ).order_by("name")
        set_choice_messages(self)
        for each in self.fields.values():
            if not isinstance(each, forms.ModelChoiceField):
                each.error_messages["required"] = _now("Dit ontbreekt nog: {what}.").format(
                    what=str(each.label).lower()
                )


class ProviderForm(OrganisationForm):
    """An identity provider of one organisation."""

    provider_id = forms.RegexField(
        label=_("Korte naam"),
        regex=r"^[a-z0-9][a-z0-9-]{0,29}$",
        help_text=_("Kleine letters, cijfers en streepjes. Staat in het terugkeeradres."),
        error_messages={"invalid": _("Gebruik kleine letters, cijfers en streepjes.")},
    )
    label = CleanCharField(
        label=_("Tekst van de knop"),
        max_length=80,
        help_text=_("Bijvoorbeeld: Inloggen bij Stimenz."),
    )
    issuer = CleanCharField(
        label=_("Adres van het inlogsysteem (issuer)"), max_length=300, help_text="https://"
    )
    client_id = CleanCharField(label=_("Client-id"), max_length=200)
    client_secret = forms.CharField(
        label=_("Client secret"),
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Wordt versleuteld bewaard en nooit meer getoond."),
    )
    domains = CleanCharField(
        label=_("Maildomeinen"),
        max_length=500,
        help_text=_("Met spaties ertussen. Alleen wie zo'n adres heeft, logt hier in."),
    )
    trusted_domains = CleanCharField(
        label=_("Vertrouwde maildomeinen"),
        max_length=500,
        required=False,
        help_text=_(
            "Voor Entra ID en AD FS, die niet doorgeven of een adres is gecontroleerd. "
            "Noem de domeinen waarvan uw organisatie zelf de adressen uitgeeft."
        ),
    )
    only = forms.BooleanField(
        label=_("Wie zo'n adres heeft, kan niet meer met een wachtwoord inloggen"), required=False
    )
    name_claim = CleanCharField(
        label=_("Claim met de naam"),
        max_length=120,
        required=False,
        help_text=_("Bijvoorbeeld: name. Leeg: de naam in Voordeur blijft staan."),
    )
    second_factor_amr = CleanCharField(
        label=_("Waarden van amr die als tweede stap gelden"),
        max_length=300,
        required=False,
        help_text=_("Bijvoorbeeld: mfa. Leeg: Voordeur vraagt zelf om een tweede stap."),
    )
    second_factor_acr = CleanCharField(
        label=_("Waarden van acr die als tweede stap gelden"), max_length=300, required=False
    )
    roles_claim = CleanCharField(
        label=_("Claim met groepen of rollen"),
        max_length=120,
        required=False,
        help_text=_("Bijvoorbeeld: groups of roles."),
    )

    def content(self) -> dict[str, Any]:
        """Return the settings without id and secret, as they are stored."""
        data = self.cleaned_data
        return {
            "label": data["label"],
            "issuer": data["issuer"],
            "client_id": data["client_id"],
            "only": data["only"],
            "name_claim": data["name_claim"] or None,
            "roles_claim": data["roles_claim"] or None,
            **{
                name: data[name].lower().split() if "domains" in name else data[name].split()
                for name in _LISTS
            },
        }

    def clean(self) -> dict[str, Any]:
        """Check the whole as the settings of a provider."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            ProviderSettings(
                **self.content(),
                id=cleaned["provider_id"],
                client_secret=cleaned["client_secret"],
                insecure=settings.WELZIJN_TEST or settings.WELZIJN_DEMO,
            )
        except InvalidSettingsError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            place = str(first["loc"][0]) if first["loc"] else _named(first["msg"])
            self.add_error(
                place if place in self.fields else None,
                _problem(place),
            )
        return cleaned


class RoleTableForm(OrganisationForm):
    """Which group gives which role."""

    provider_id = forms.ChoiceField(label=_("Inlogsysteem"))
    rows = forms.CharField(
        label=_("Rollen per groep"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Eén regel per groep: groep = rol. "
            "Bijvoorbeeld: Sociaal werk = medewerker + nieuwe vragen. "
            "Of: Toegang = teamlid: Toegangsteam."
        ),
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, partnership=partnership, **kwargs)
        field = self.fields["provider_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (one.id, one.label)
            for one in sources.for_partnership(partnership.pk)
            if one.roles_claim
        ]

    def clean_rows(self) -> list[dict[str, Any]]:
        """Return the table's rows."""
        return role_table.parse(self.cleaned_data["rows"], self.partnership)

    def clean(self) -> dict[str, Any]:
        """Refuse a provider of another organisation."""
        cleaned: dict[str, Any] = super().clean() or {}
        one = sources.provider(cleaned.get("provider_id", ""))
        who = cleaned.get("organisation")
        if one and who and one.organisation and one.organisation != who.slug:
            self.add_error("provider_id", _now("Dit inlogsysteem is van een andere organisatie."))
        return cleaned
