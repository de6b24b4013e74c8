"""Every text that can go out, in both languages, against what it may not say."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from organisations.partnerships.models import Partnership
from welzijn.notifications import rendering
from welzijn.notifications.models import RESIDENT_TEMPLATES, Message
from welzijn.notifications.recipients import Channel, RecipientKind

TEMPLATES = Path("templates/notifications")
LOCALE = Path("welzijn/notifications/locale/en/LC_MESSAGES")
WHOLE_MAILS = {"digest", "account_mail"}
LINES = [name for name in rendering.STAFF_TEMPLATES if name not in WHOLE_MAILS]
FULL = {
    "reference": "PT-2K7",
    "path": "/werk/",
    "due_on": "2026-11-26",
    "working_days": 2,
    "count": 2,
}
# Words of the trade and names that would tell a reader over somebody's shoulder too much.
TELLING = (
    "schuld", "geld", "opgroeien", "jeugd", "huiselijk", "geweld", "wmo", "stimenz", "putten ",
    "welzijn", "hulpvraag", "debt", "violence", "welfare",
)  # fmt: skip


def message(template: str, kind: RecipientKind, language: str, **fields) -> Message:
    partnership = Partnership(slug="putten", name="Breed Welzijn Putten", hostname="p.example")
    return Message(
        partnership=partnership,
        template=template,
        recipient_kind=kind,
        channel=Channel.EMAIL,
        language=language,
        **fields,
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("discreet", [False, True])
@pytest.mark.parametrize("template", RESIDENT_TEMPLATES)
def test_a_resident_reads_that_there_is_news_and_nothing_else(template, discreet, language) -> None:
    news = message(template, RecipientKind.RESIDENT, language, discreet=discreet)
    mail = rendering.render(news)
    text = rendering.render_sms(news)
    for words in (mail.subject, mail.text, mail.html, text):
        # Who writes and the host of the link say where: neither has a place in a discreet one.
        plain = words if discreet else words.replace("Breed Welzijn Putten", "")
        plain = plain.lower().replace("http://putten.localhost:8000", "")
        assert [word for word in TELLING if word in plain] == []
    assert ("Breed Welzijn Putten" in mail.text) != discreet
    assert "Putten" not in mail.subject + text.replace("http://putten.localhost:8000", "")
    assert ("http" in mail.text) != discreet
    assert ("http" in text) != discreet
    assert len(text) <= 160
    assert mail.text.strip() == mail.text.strip("\n ")


def test_the_news_reads_as_agreed() -> None:
    news = rendering.render(message("news", RecipientKind.RESIDENT, "nl"))
    assert news.subject == "Er is nieuws voor u"
    assert news.text.startswith(
        "Er is nieuws over uw vraag. Bekijk het op http://putten.localhost:8000/volg/ met uw code."
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("template", LINES)
def test_a_line_for_staff_is_one_sentence_or_two_without_a_person(template, language) -> None:
    line = rendering.line(message(template, RecipientKind.STAFF, language, context=FULL))
    assert "\n" not in line
    assert line.endswith(".")
    assert len(line) <= 160
    assert "{" not in line


@pytest.mark.parametrize("template", LINES)
def test_english_is_complete(template) -> None:
    dutch = rendering.line(message(template, RecipientKind.STAFF, "nl", context=FULL))
    english = rendering.line(message(template, RecipientKind.STAFF, "en", context=FULL))
    assert dutch != english


def test_days_are_counted_in_the_language_of_the_reader() -> None:
    one = FULL | {"working_days": 1}
    late = [
        rendering.line(message("followup_overdue", RecipientKind.STAFF, language, context=context))
        for language in ("nl", "en")
        for context in (one, FULL)
    ]
    assert [line.partition(". ")[2] for line in late] == [
        "1 werkdag te laat.",
        "2 werkdagen te laat.",
        "1 working day late.",
        "2 working days late.",
    ]


def test_a_date_is_a_weekday_with_its_date() -> None:
    line = rendering.line(message("handover_offered", RecipientKind.STAFF, "nl", context=FULL))
    assert line == "Vraag PT-2K7 wordt aan u aangeboden. Antwoord voor of op donderdag 26 november."


def test_every_file_has_a_name_and_every_name_a_file() -> None:
    files = {path.stem for path in (TEMPLATES / "staff").iterdir()}
    assert files - {"one"} == set(rendering.STAFF_TEMPLATES)
    residents = {path.name.partition(".")[0] for path in (TEMPLATES / "resident").iterdir()}
    assert residents == set(RESIDENT_TEMPLATES)


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    with (LOCALE / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    source = (LOCALE / "django.po").read_text()
    pairs = [block.split("\n") for block in source.split("\n\n")[1:] if "msgid_plural" not in block]
    for lines in pairs:
        words = dict(line.split(" ", 1) for line in lines if line.startswith("msg"))
        if words:
            assert catalogue.gettext(words["msgid"].strip('"')) == words["msgstr"].strip('"')
