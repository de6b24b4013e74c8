"""The style guide: every component of the design system in every state.

Only in the demo and in tests (welzijn/urls.py); the pages show invented people and write nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import constants as message_levels
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from welzijn.design_system.context_processors import theme_slugs

ERROR_PAGES = ("400", "403", "404", "429", "500", "503", "stale_form")
_LONG_NAME = "Wilhelmina Johanna Geertruida van den Heuvel-Oosterhoutsema"


class ExampleForm(forms.Form):
    """A form with one field of each kind."""

    name = forms.CharField(
        label="Hoe heet u?",
        help_text="Alleen uw voornaam is genoeg.",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "class": "vd-width-md"}),
    )
    phone = forms.CharField(
        label="Op welk nummer kunnen wij u bellen?",
        error_messages={"required": "Vul een telefoonnummer in. Anders kunnen wij u niet bellen."},
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "class": "vd-width-md"}
        ),
    )
    words = forms.CharField(
        label="Vertel het in uw eigen woorden",
        help_text="Een paar zinnen is genoeg. Schrijf gerust zoals u praat.",
        error_messages={"required": "Schrijf op waar het over gaat. Een paar woorden is genoeg."},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    about = forms.ChoiceField(
        label="Over wie gaat het?",
        error_messages={"required": "Kies over wie het gaat."},
        choices=[
            ("self", "Over mijzelf"),
            ("child", "Over mijn kind"),
            ("parent", "Over mijn vader of moeder"),
            ("other", "Over iemand anders"),
        ],
        widget=forms.RadioSelect,
    )
    domains = forms.MultipleChoiceField(
        label="Waar gaat het over?",
        help_text="U kunt meer dan één onderwerp kiezen.",
        required=False,
        choices=[("money", "Geld en schulden"), ("home", "Wonen"), ("young", "Opgroeien")],
        widget=forms.CheckboxSelectMultiple,
    )
    age = forms.ChoiceField(
        label="Hoe oud bent u?",
        choices=[
            ("", "Kies uw leeftijd"),
            ("18-26", "18 tot en met 26"),
            ("27-66", "27 tot en met 66"),
        ],
        error_messages={"required": "Kies uw leeftijd."},
    )
    day = forms.DateField(
        label="Welke dag past u?", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    voicemail = forms.BooleanField(label="U mag een bericht inspreken", required=False)


class FilterForm(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label="Zoek", required=False, widget=forms.TextInput({"type": "search"}))
    organisation = forms.ChoiceField(
        label="Organisatie", required=False, choices=[("", "Alle"), ("stimenz", "Stimenz")]
    )
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Alle"), ("open", "Open")]
    )


@login_not_required
def resident(request: HttpRequest) -> HttpResponse:
    """Show the components of the resident's pages."""
    return render(request, "devtools/styleguide.html", _examples(request))


@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """Show the front page for residents."""
    return render(request, "devtools/styleguide_start.html", _examples(request))


@login_not_required
def staff(request: HttpRequest) -> HttpResponse:
    """Show the components of the staff screens."""
    return render(
        request, "devtools/styleguide_staff.html", {**_examples(request), "in_gallery": True}
    )


@login_not_required
def error_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the error pages, with status 200."""
    if name not in ERROR_PAGES:
        raise Http404
    kept = [("words", "brief van deurwaarder snap nie"), ("phone", "06 12345678")]
    context = {"kept": kept if name in {"503", "stale_form"} else [], "path": "#", "minutes": 5}
    return render(request, f"errors/{name}.html", context)


def _examples(request: HttpRequest) -> dict[str, Any]:
    today = timezone.localdate()
    paginator = Paginator(range(1, 1201), 50)
    return {
        "form": ExampleForm(),
        "wrong": ExampleForm({"name": "Jan"}, prefix="fout"),
        "filters": FilterForm(prefix="zoek"),
        "sample_messages": [
            Message(message_levels.SUCCESS, "U heeft de vraag opgepakt."),
            Message(message_levels.ERROR, "Een ander was u net voor."),
        ],
        "today": today,
        "days": [today + timedelta(days=n) for n in (-1, 0, 1, 4)],
        "other_year": date(today.year + 1, 1, 4),
        "now": timezone.now(),
        "page": paginator.page(7),
        "themes": sorted(theme_slugs()),
        "rail": [
            SimpleNamespace(label="Vandaag", url="#werk", current=True, count=4),
            SimpleNamespace(label="Balie", url="#balie", current=False, count=0),
            SimpleNamespace(label="Caseload", url="#caseload", current=False, count=0),
            SimpleNamespace(label="Aanbod", url="#aanbod", current=False, count=0),
            SimpleNamespace(label="Verdeelregels", url="#regels", current=False, count=0),
            SimpleNamespace(label="Rapportage", url="#rapport", current=False, count=0),
        ],
        "tabs": [
            {"label": "Open", "url": "#open", "current": True, "count": 12},
            {"label": "Wacht op antwoord", "url": "#wacht", "current": False, "count": 3},
            {"label": "Afgerond", "url": "#klaar", "current": False},
        ],
        "rows": _table(today),
        "chart": [
            ("Stimenz", 214),
            ("Stichting Welzijn Putten", 166),
            ("Jeugd-Punt", 73),
            ("Actief Putten", 41),
            ("Triage", None),
        ],
        "definitions": [
            (
                "Uw vraag",
                "Ik krijg een brief van de deurwaarder en ik snap het niet.",
                ("Wijzig", "#"),
            ),
            ("Bellen", "06 12345678, liefst in de ochtend", ("Wijzig", "#")),
            ("Wie leest dit", "Het team van Breed Welzijn Putten"),
        ],
        "entries": [
            {
                "title": "Fatma de Boer van Stimenz belt u",
                "when": "donderdag 26 november",
                "now": True,
            },
            {
                "title": "Stimenz pakt uw vraag op",
                "when": "dinsdag 24 november, 9.40 uur",
                "who": "Fatma de Boer",
                "text": "Ik bel u donderdag. Leg de brief vast klaar.",
            },
            {"title": "U stelde uw vraag", "when": "maandag 23 november, 16.12 uur"},
        ],
        "chips": [("Organisatie: Stimenz", "#zonder-organisatie")],
        "steps": [
            {"label": "Breng de signalen in kaart", "done": True, "when": "ma 16 nov"},
            {
                "label": "Overleg met een collega",
                "now": True,
                "text": "Veilig Thuis mag meedenken.",
            },
            {"label": "Praat met de bewoner"},
        ],
        "long_timeline": [
            {"title": f"Gesprek {n}", "when": f"{n} maart", "who": "Samir el Amrani"}
            for n in range(1, 31)
        ],
        "long_text": "Het is een lang verhaal en het begint vorig jaar. " * 60,
        "long_name": _LONG_NAME,
    }


def _table(today: date) -> list[dict[str, Any]]:
    return [
        {
            "reference": "PUT-7K4M",
            "asker": "Mevrouw Yıldız",  # noqa: RUF001 - a Turkish name
            "domain": "Geld",
            "place": "Putten-Zuid",
            "status": ("Nieuw", "info"),
            "due": today,
            "late": 0,
            "row": "vd-row-new",
        },
        {
            "reference": "PUT-2PX9",
            "asker": _LONG_NAME,
            "domain": "Vervoer",
            "place": "Voorthuizerstraat",
            "status": ("Te laat", "danger"),
            "due": today - timedelta(days=4),
            "late": 2,
            "row": "vd-row-late",
        },
        {
            "reference": "PUT-9DDA",
            "asker": "zonder naam",
            "domain": "Opgroeien",
            "place": "onbekend",
            "status": ("Wacht op bewoner", "warning"),
            "due": today + timedelta(days=2),
            "late": 0,
            "row": "",
        },
        {
            "reference": "PUT-5TRE",
            "asker": "Samir el Amrani",
            "domain": "Sport",
            "place": "Huinen",
            "status": ("Opgepakt", "ok"),
            "due": None,
            "late": 0,
            "row": "",
        },
    ]


urlpatterns = [
    path("", resident, name="gallery"),
    path("start/", start, name="gallery_start"),
    path("fouten/<slug:name>/", error_page, name="gallery_error"),
    path("medewerkers/", staff, name="gallery_staff"),
]
