"""The template tags of the design system say what they promise."""

import re
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from welzijn.core.dates import near_day as day_in_words
from welzijn.core.working_days import Calendar
from welzijn.design_system.context_processors import describe
from welzijn.design_system.templatetags.tables import definitions

THURSDAY = date(2026, 11, 26)


def render(source: str, **context: Any) -> str:
    return Template("{% load layout dates forms tables charts %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 25), "gisteren"),
        (date(2026, 11, 26), "vandaag"),
        (date(2026, 11, 27), "morgen"),
        (date(2026, 11, 30), "ma 30 nov"),
        (date(2026, 3, 2), "ma 2 mrt"),
        (date(2027, 1, 4), "ma 4 jan 2027"),
    ],
)
def test_a_day_is_said_as_staff_say_it(day: date, words: str) -> None:
    assert day_in_words(day, THURSDAY) == words


def test_english_names_its_months_with_a_capital() -> None:
    with translation.override("en"):
        assert day_in_words(date(2026, 11, 30), THURSDAY) == "Mon 30 Nov"


def test_a_moment_is_told_in_local_time() -> None:
    html = render(
        "{% moment at today %}", at=datetime(2026, 7, 1, 7, 5, tzinfo=UTC), today=THURSDAY
    )
    assert ">wo 1 jul, 9.05 uur<" in html
    assert 'datetime="2026-07-01T09:05+02:00"' in html


def test_a_moment_just_after_midnight_belongs_to_the_local_day() -> None:
    html = render(
        "{% moment at today %}", at=datetime(2026, 11, 25, 23, 10, tzinfo=UTC), today=THURSDAY
    )
    assert ">vandaag, 00.10 uur<" in html


def test_no_date_is_no_markup() -> None:
    assert render("{% working_day None %}{% moment None %}{% full_day None %}") == ""


def test_a_deadline_tells_the_working_days_over_time() -> None:
    html = render("{% due day 1 %}", day=date(2026, 11, 20))
    assert "1 werkdag te laat" in html
    assert "vd-due--late" in html
    assert "3 werkdagen te laat" in render("{% due day 3 %}", day=date(2026, 11, 20))


def test_a_deadline_counts_by_the_calendar_that_the_page_has() -> None:
    class AlwaysTwo(Calendar):
        def overdue_by(self, due_on: date, today: date) -> int:
            return 2

    html = render("{% due day %}", day=date(2026, 11, 20), calendar=AlwaysTwo())
    assert "2 werkdagen te laat" in html


def test_a_badge_is_a_word_and_escapes_it() -> None:
    html = render('{% badge word "danger" %}', word="<Te laat>")
    assert "&lt;Te laat&gt;" in html
    assert "utrecht-status-badge--danger" in html


def test_an_unknown_tone_is_an_error_of_the_template() -> None:
    with pytest.raises(KeyError):
        render('{% badge "Nieuw" "paars" %}')


def test_a_notice_keeps_its_markup_and_escapes_its_title() -> None:
    html = render(
        '{% notice "warning" title=title alert=True %}<p>{{ text }}</p>{% endnotice %}',
        title="<b>",
        text="<i>",
    )
    assert "<p>&lt;i&gt;</p>" in html
    assert "&lt;b&gt;" in html
    assert 'role="alert"' in html
    assert 'role="alert"' not in render('{% notice "info" %}<p>x</p>{% endnotice %}')


def test_a_title_is_neutral_and_escaped_once() -> None:
    html = render(
        "{% page_title %}{{ title }}{% endpage_title %}",
        title="Stap 2 & verder",
        front_door=describe(None),
    )
    assert html == "Stap 2 &amp; verder · Voordeur"


def test_a_title_says_first_that_something_is_wrong() -> None:
    class Form(forms.Form):
        name = forms.CharField()

    html = render("{% page_title %}Stap 2{% endpage_title %}", form=Form({}))
    assert html == "Er klopt iets niet · Stap 2 · Voordeur"
    assert render("{% page_title %}Stap 2{% endpage_title %}", form=Form()) == "Stap 2 · Voordeur"


def test_a_partnerships_name_is_not_in_the_title() -> None:
    door = describe(SimpleNamespace(name="Breed Welzijn Putten", theme="putten", desk_phone=""))
    assert door.title == "Voordeur"
    assert door.theme == "putten"


def test_the_desks_number_is_shown_as_people_write_it_and_dialled_in_full() -> None:
    door = describe(SimpleNamespace(name="Putten", theme="", desk_phone="+31341357001"))
    assert (door.phone, door.phone_link) == ("0341 357 001", "+31341357001")


def test_a_number_that_is_none_is_shown_as_it_was_given() -> None:
    door = describe(SimpleNamespace(name="Putten", theme="", desk_phone="vraag de balie"))
    assert (door.phone, door.phone_link) == ("vraag de balie", "")


def test_the_summary_of_errors_links_to_each_field() -> None:
    class Form(forms.Form):
        name = forms.CharField(error_messages={"required": "Vul uw naam in."})
        who = forms.ChoiceField(
            choices=[("a", "A"), ("b", "B")],
            widget=forms.RadioSelect,
            error_messages={"required": "Kies iemand."},
        )

        def clean(self) -> None:
            raise forms.ValidationError("Kies een dag of een tijd.")

    html = render("{% error_summary form %}", form=Form({}))
    assert '<a href="#id_name">Vul uw naam in.</a>' in html
    assert '<a href="#id_who_0">Kies iemand.</a>' in html
    assert "<li>Kies een dag of een tijd.</li>" in html
    # The alert stands inside what gets the focus, so that it is read once.
    assert re.match(r'<div class="vd-error-summary"[^>]*autofocus[^>]*><div role="alert">', html)
    assert "Er kloppen nog 3 dingen niet" in html


def test_what_is_said_of_two_fields_names_each_field() -> None:
    class Form(forms.Form):
        seen = forms.CharField(label="Wat zien wij?")
        day = forms.DateField(label="Overleg op")

    html = render("{% error_summary form %}", form=Form({}))
    assert '<a href="#id_seen">Vul nog in: Wat zien wij?</a>' in html
    assert '<a href="#id_day">Vul nog in: Overleg op</a>' in html


def test_no_errors_no_summary() -> None:
    class Form(forms.Form):
        name = forms.CharField()

    assert render("{% error_summary form %}", form=Form()).strip() == ""
    assert render("{% error_summary form %}", form=Form({"name": "x"})).strip() == ""


def test_pages_of_a_list_keep_the_filters() -> None:
    request = RequestFactory().get("/caseload/", {"wijk": "Zuid", "pagina": "2"})
    html = render("{% pagination page %}", page=Paginator(range(90), 30).page(2), request=request)
    assert 'href="?wijk=Zuid&amp;pagina=1"' in html
    assert 'href="?wijk=Zuid&amp;pagina=3"' in html
    assert "31 tot en met 60 van 90" in html
    assert html.count('aria-current="page"') == 1


def test_a_list_of_one_page_has_no_pagination() -> None:
    assert render("{% pagination page %}", page=Paginator(range(9), 30).page(1)).strip() == ""


def test_a_chart_never_draws_a_hidden_number() -> None:
    html = render(
        '{% bar_chart rows "Vragen" "Organisatie" "Aantal" %}',
        rows=[("Stimenz", 40), ("Jeugd-Punt", 10), ("Triage", None), ("Geen", 0)],
    )
    assert 'width="100.0"' in html
    assert 'width="25.0"' in html
    assert html.count("<rect") == 2
    assert "niet getoond" in html
    assert "style=" not in html


def test_a_chart_without_figures_says_so() -> None:
    assert "nog geen cijfers" in render('{% bar_chart rows "Vragen" "Wijk" "Aantal" %}', rows=[])


def test_pairs_may_bring_a_link_to_change_them() -> None:
    assert definitions([("Naam", "Jan"), ("Postcode", "3881", ("Wijzig", "/x/"))]) == {
        "rows": [("Naam", "Jan", None), ("Postcode", "3881", ("Wijzig", "/x/"))],
        "actions": True,
    }


def test_a_long_story_unfolds_and_a_short_one_stands_open() -> None:
    short = render("{% own_words text %}", text="brief van deurwaarder\nsnap nie")
    assert "brief van deurwaarder\nsnap nie" in short
    assert "<details" not in short
    long = render("{% own_words text %}", text="woord " * 2000)
    assert "Lees alles (2000 woorden)" in long


@pytest.mark.parametrize(("count", "open_ones", "hidden"), [(200, 10, 190), (12, 12, 0), (0, 0, 0)])
def test_a_long_timeline_unfolds(count: int, open_ones: int, hidden: int) -> None:
    entries = [{"title": f"Stap {n}", "when": "vandaag"} for n in range(count)]
    html = render("{% timeline entries 10 %}", entries=entries)
    opened, _, folded = html.partition("<details")
    assert opened.count("<li") == open_ones
    assert folded.count("<li") == hidden


def test_a_timeline_tells_a_moment_in_full_and_leaves_words_alone() -> None:
    at = datetime(timezone.localdate().year, 11, 24, 8, 40, tzinfo=UTC)
    html = render("{% timeline entries %}", entries=[{"title": "Gebeld", "when": at}])
    assert "24 november</time>, 9.40 uur" in html
    html = render("{% timeline entries %}", entries=[{"title": "Gebeld", "when": "<net>"}])
    assert "&lt;net&gt;" in html
