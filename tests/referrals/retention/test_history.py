"""The history of what was deleted goes as well, and no other."""

import pghistory
import pytest
from pghistory.models import Context

from intake.questions.models import Question
from referrals.retention import history
from tests.support import factories as make
from tests.support import guards

pytestmark = pytest.mark.django_db
NOTHING: dict[str, list] = {history.QUESTION: [], history.PERSON: [], history.CONFERENCE: []}


def changed(*questions: Question) -> None:
    """Change each in one context, so that history keeps the old row and who did it."""
    with pghistory.context(user="somebody"):
        for question in questions:
            question.kind = Question.Kind.DEBTS
            question.save()


def events(question: Question) -> int:
    [model] = [m for m in history.histories() if m._meta.label == "intake.QuestionEvent"]
    return model._default_manager.filter(pgh_obj_id=question.pk).count()


def test_each_history_is_listed_or_of_staff() -> None:
    labels = {model._meta.label for model in history.histories()}
    assert labels == {*history.LINK_COLUMNS, *history.OF_STAFF}


def test_only_the_history_of_the_ids_goes_with_its_context() -> None:
    here = make.world()
    gone, kept = make.question(here, "geld"), make.question(here, "geld")
    changed(gone)
    changed(kept)
    before = events(kept)
    contexts = Context.objects.count()
    assert (events(gone) > 0, before > 0) == (True, True)
    with guards.switched_off():  # the question itself stays here
        rows = history.erase({**NOTHING, history.QUESTION: [gone.pk]})
    assert (events(gone), events(kept)) == (0, before)
    assert rows["intake.QuestionEvent"] == before
    assert rows["pghistory.Context"] == 1
    assert Context.objects.count() == contexts - 1


def test_a_context_that_another_history_names_stays() -> None:
    here = make.world()
    gone, kept = make.question(here, "geld"), make.question(here, "geld")
    changed(gone, kept)
    contexts = Context.objects.count()
    with guards.switched_off():
        history.erase({**NOTHING, history.QUESTION: [gone.pk]})
        assert Context.objects.count() == contexts
        rows = history.erase({**NOTHING, history.QUESTION: [kept.pk]})
    assert rows["pghistory.Context"] == 1


def test_nothing_gone_erases_nothing() -> None:
    question = make.question(make.world(), "geld")
    changed(question)
    assert not history.erase(NOTHING).total()
    assert events(question) > 0
