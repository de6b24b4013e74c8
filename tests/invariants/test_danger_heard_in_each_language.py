"""Danger is heard at every door in each language: in words so plain that they are always heard."""

import pytest
from django.db import transaction
from django.utils import timezone

from intake.questions.models import Question
from referrals.follow_ups.models import FollowUp
from tests.invariants import danger_doors
from tests.support import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]

WORDS = {
    "en": "my husband hits me and the children, i dare not say it",
    "tr": "kocam beni dovuyor cocuklari da, korkuyorum",
    "ar": "زوجي يضربني انا والاولاد وانا خايفة",
    "pl": "mąż bije mnie i dzieci, boję się",
    "uk": "чоловік б'є мене і дітей, я боюся",  # noqa: RUF001 - Ukrainian
}


@pytest.mark.parametrize("language", WORDS)
def test_danger_is_heard_at_every_door(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: make.TUESDAY)
    monkeypatch.setattr(danger_doors, "WORDS", WORDS[language])
    unheard = []
    for name, door in (danger_doors.DOORS | danger_doors.MORE).items():
        with transaction.atomic():
            shown = door(make.world()).content.decode()
            question = Question.objects.get()
            heard = question.heard_danger.first()
            duties = FollowUp.objects.filter(question=question, kind="duty", status="open")
            numbers = "0800-2000" in shown.split("<main", 1)[1]
            if not (question.maybe_danger and heard and duties.count() == 1 and numbers):
                unheard.append((name, heard is not None, numbers))
            transaction.set_rollback(True)
    assert unheard == []
