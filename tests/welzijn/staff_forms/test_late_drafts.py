"""A draft that arrives after its form was sent is no draft any more."""

from hashlib import sha256
from uuid import uuid4

import pytest
from django.utils import timezone

from intake.questions.models import Question
from tests.support import factories as make
from tests.welzijn.staff_forms.pages import browser, keys_of, opened, sent, worker_with_question
from welzijn.staff_forms.models import FormKey, StaffDraft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]


@pytest.fixture
def world() -> make.World:
    return make.world()


def test_what_a_browser_kept_of_an_earlier_page_is_not_brought_back(world: make.World) -> None:
    """An editor is replaced while somebody works in it; what was sent had a later page's key."""
    worker, question = worker_with_question(world)
    assert Question.objects.get() == question
    client, path = browser(worker), f"/vraagstuk/{question.pk}/contact/"
    note = {"outcome": "spoken", "way": "phone", "note": "Gebeld over de huur"}
    first, second = opened(client, path), opened(client, path)
    assert sent(client, path, second, **note).status_code == 302
    where = {"draft_page": path, "draft_action": path}
    late = sent(client, "/concept/", first, draft_late="1", **where, **note)
    assert late.json() == {"state": "not"}
    # Somebody who is still typing in another tab keeps their words.
    assert sent(client, "/concept/", first, **where, **note).json()["state"] == "kept"


def test_what_the_desk_sent_is_no_draft_for_the_next_caller(world: make.World) -> None:
    desk = make.desk_worker(world)
    client = browser(desk)
    keys = opened(client, "/balie/")
    typed = {
        "channel": "phone",
        "words": "Mijn huur is niet betaald",
        "life_domains": "geld",
        "phone": "0612345678",
        "submission_key": str(uuid4()),
        "language": "nl",
    }
    step = sent(client, "/balie/", keys, **typed)
    step = client.get(step["Location"])
    assert "Mijn huur" in client.get("/balie/").content.decode()
    # The page of the next step has the key of the form that it goes on with.
    assert keys_of(step)["form_key"] == keys["form_key"]
    FormKey.objects.create(
        user=desk,
        key=keys["form_key"].split(".")[1],
        action=sha256(b"putten.localhost\n/balie/antwoord/").digest(),
        content=b"",
        claimed_at=timezone.now(),
        sent_at=timezone.now(),
    )
    StaffDraft.objects.all().delete()
    late = sent(client, "/concept/", keys, draft_page="/balie/", draft_action="/balie/", **typed)
    assert late.json() == {"state": "not"}
    assert "Mijn huur" not in client.get("/balie/").content.decode()
