"""Suggested life domains while the desk types; nothing is chosen automatically."""

import logging
import re

import pytest

from intake.questions.models import Question
from tests.intake.desk.test_desk import HOST, noted
from tests.support import factories as make
from tests.support.signing_in import signed_in
from welzijn.audit.models import AccessEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
WORDS = "hoe kom ik met de bus bij mijn zus"


def typed(**fields: object) -> str:
    client = signed_in(make.desk_worker(make.world()))
    return client.post("/balie/voorstel/", fields, headers=HOST).content.decode()


def test_suggested_life_domains_come_first_with_their_words() -> None:
    page = typed(words=WORDS)
    assert page.index("Misschien is het dit") < page.index('value="vervoer"')
    assert page.index('value="vervoer"') < page.index("Of iets anders")
    assert re.search(r"\([^)]*bus", page)


def test_suggestions_are_unticked_and_ticks_stay() -> None:
    assert "checked" not in typed(words=WORDS)


def test_a_tick_stays_when_the_list_is_put_in_another_order() -> None:
    page = typed(words=WORDS, life_domains="vervoer")
    assert page.count("checked") == 1


def test_words_that_may_mean_danger_bring_the_numbers_while_typing() -> None:
    assert "0800-2000" in typed(words="mijn man slaat mij")


def test_calm_words_bring_no_numbers() -> None:
    assert "0800-2000" not in typed(words=WORDS)


@pytest.mark.parametrize("words", ["", "\x00", "!!!", "x" * 50_000])
def test_words_that_say_nothing_give_the_plain_list(words: str) -> None:
    page = typed(words=words)
    assert "Misschien is het dit" not in page
    assert 'value="geld"' in page


def test_the_words_are_neither_stored_nor_logged(caplog: pytest.LogCaptureFixture) -> None:
    client = signed_in(make.desk_worker(make.world()))
    before = AccessEvent.objects.count()
    with caplog.at_level(logging.DEBUG):
        client.post("/balie/voorstel/", {"words": WORDS}, headers=HOST)
    shown = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert not any("bij mijn zus" in line for line in shown)
    assert Question.objects.count() == 0
    assert AccessEvent.objects.count() == before


def test_without_javascript_it_is_proposed_beside_the_sentence_that_is_read_aloud() -> None:
    client = signed_in(make.desk_worker(make.world()))
    shown = noted(words=WORDS)
    del shown["life_domains"]
    page = client.post("/balie/", shown, headers=HOST, follow=True).content.decode()
    assert "Is het misschien dit?" in page
    taken = client.post("/balie/", noted(words=WORDS), headers=HOST, follow=True).content.decode()
    assert "Is het misschien dit?" not in taken


def test_back_at_the_form_the_proposal_stands_first() -> None:
    client = signed_in(make.desk_worker(make.world()))
    page = client.post(
        "/balie/", noted(words=WORDS, terug="1"), headers=HOST, follow=True
    ).content.decode()
    assert "Misschien is het dit" in page
