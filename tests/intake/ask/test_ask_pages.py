"""Every page of the form has a form class that builds its fields, in u and in je."""

from collections.abc import Iterator

import pytest

from intake.ask.conversation import Conversation, Step
from intake.ask.forms import PageForm
from intake.ask.views.steps import FORMS
from organisations.front_door import configuration as front_door
from tests.support import factories as make

pytestmark = pytest.mark.django_db
# These two are read, not filled in; the check page has its own form (intake/ask/forms/check.py).
WITHOUT_A_PAGE_FORM = {Step.START, Step.CHECK}


def kinds_of(form: type[PageForm]) -> Iterator[type[PageForm]]:
    """Return the leaf subclasses of a form."""
    below = form.__subclasses__()
    if not below:
        yield form
    for one in below:
        yield from kinds_of(one)


def test_every_page_to_fill_in_has_a_form_and_every_form_a_page() -> None:
    assert set(FORMS) == {*Step} - WITHOUT_A_PAGE_FORM
    assert set(FORMS.values()) == set(kinds_of(PageForm))


@pytest.mark.parametrize("young", [False, True], ids=["u", "je"])
@pytest.mark.parametrize("step", FORMS)
def test_a_page_builds_its_own_fields(step: Step, young: bool) -> None:
    here = make.world()
    form = FORMS[step](
        conversation=Conversation(young=young),
        front=front_door.of(here.partnership),
        partnership=here.partnership,
        answer={},
        step=step,
    )
    assert form.fields
    assert form.je is young
