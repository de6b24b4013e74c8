"""Form fields as NL Design System has them: label, help, error, control; all tied together."""

import re

import pytest
from django import forms


class Form(forms.Form):
    name = forms.CharField(
        label="Hoe heet u?",
        help_text="Alleen uw voornaam is genoeg.",
        error_messages={"required": "Vul uw naam in."},
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "class": "vd-width-md"}),
    )
    words = forms.CharField(label="Vertel", widget=forms.Textarea, required=False)
    about = forms.ChoiceField(
        label="Over wie?",
        help_text="Kies er een.",
        choices=[("self", "Over mijzelf"), ("child", "Over mijn kind")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies over wie het gaat."},
    )
    domains = forms.MultipleChoiceField(
        choices=[("a", "Geld"), ("b", "Wonen")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    age = forms.ChoiceField(choices=[("18", "18 en ouder")])
    voicemail = forms.BooleanField(label="U mag inspreken", required=False)
    token = forms.CharField(widget=forms.HiddenInput)


def field(name: str, form: forms.Form) -> str:
    return form[name].as_field_group()


def test_label_help_error_and_control_come_in_that_order() -> None:
    html = field("name", Form({}))
    places = [html.index(text) for text in ("Hoe heet u?", "voornaam", "Vul uw naam in.", "<input")]
    assert places == sorted(places)


def test_a_control_points_at_its_help_and_its_error() -> None:
    html = field("name", Form({}))
    described = re.search(r'<input[^>]*aria-describedby="([^"]*)"', html)
    assert described
    assert described[1].split() == ["id_name_helptext", "id_name_error"]
    for name in described[1].split():
        assert f'id="{name}"' in html
    assert 'aria-invalid="true"' in html
    assert '<label class="utrecht-form-label" for="id_name">' in html


def test_a_group_of_options_is_a_fieldset_that_points_at_its_help_and_error() -> None:
    html = field("about", Form({}))
    assert re.search(r'<fieldset[^>]*aria-describedby="id_about_helptext id_about_error"', html)
    assert '<legend class="utrecht-form-fieldset__legend' in html
    assert html.count('<label class="vd-option') == 2
    assert html.count('type="radio"') == 2
    assert 'id="id_about_error"' in html


def test_classes_of_a_widget_come_beside_those_of_the_package() -> None:
    html = field("name", Form())
    assert 'class="utrecht-textbox utrecht-textbox--html-input vd-width-md"' in html
    assert html.count("class=") == html.count(' class="')
    assert 'autocomplete="given-name"' in html


def test_only_what_may_stay_empty_says_so() -> None:
    form = Form()
    assert "(niet verplicht)" in field("words", form)
    assert "(niet verplicht)" in field("domains", form)
    assert "(niet verplicht)" not in field("name", form)
    assert "(niet verplicht)" not in field("voicemail", form)
    form.fields["words"].says_optional = False  # type: ignore[attr-defined]
    assert "(niet verplicht)" not in field("words", form)


@pytest.mark.parametrize("name", ["name", "about", "age"])
def test_a_field_that_is_the_pages_question_is_its_heading(name: str) -> None:
    form = Form()
    form.fields[name].as_question = True  # type: ignore[attr-defined]
    assert field(name, form).count("<h1") == 1
    assert "<h1" not in field(name, Form())


def test_what_was_typed_comes_back_escaped() -> None:
    form = Form({"name": '"><script>', "words": "</textarea><script>"})
    assert "<script>" not in str(form)
    assert "&lt;/textarea&gt;&lt;script&gt;" in str(form)


def test_what_was_chosen_stays_chosen() -> None:
    form = Form({"about": "child", "domains": ["b"], "voicemail": "on", "age": "18"})
    html = str(form)
    assert re.search(r'value="child"[^>]*checked', html)
    assert not re.search(r'value="self"[^>]*checked', html)
    assert re.search(r'name="domains"[^>]*value="b"[^>]*checked', html)
    assert re.search(r'name="voicemail"[^>]*checked', html)
    assert re.search(r'<option value="18" selected', html)


def test_a_single_tick_box_is_one_row_with_its_label_around_it() -> None:
    html = field("voicemail", Form())
    assert re.search(r'<label class="vd-option[^>]*for="id_voicemail"><input type="checkbox"', html)


def test_a_hidden_field_has_no_label_and_no_looks() -> None:
    html = str(Form())
    assert '<input type="hidden" name="token"' in html
    assert "token" not in "".join(re.findall(r"<label.*?</label>", html))


def test_no_inline_style_or_script_in_any_field() -> None:
    html = str(Form({}))
    assert not re.search(r"<[^>]*\s(style|on\w+)=", html)
