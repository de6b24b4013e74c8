"""What the receiver reads of a question before they have accepted it."""

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from intake.questions.models import SharingBasis
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.handovers import (
    receiver_summary,
)
from referrals.handovers import (
    services as handover_services,
)
from referrals.handovers.models import Handover
from tests.referrals.handovers.case import Case
from tests.support import factories as make
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db


def test_before_accepting_the_receiver_sees_the_minimal_summary_only() -> None:
    case = Case()
    _handover, seen, _member = receiver_summary.open_summary(
        user=case.receiver,
        partnership=case.here.partnership,
        handover_id=case.offered().id,
        now=make.TUESDAY,
    )
    everything = repr(seen)
    assert seen.life_domains == ("Geld en post",)
    assert "jongere met vragen" in seen.summary
    assert "Zeynep" not in everything
    assert "Ik kom er niet uit" not in everything
    assert "612345678" not in everything


@pytest.mark.parametrize("role", ["professional", "coordinator", "sender", "triagist"])
def test_only_intake_workers_of_the_receiver_open_the_summary(role: str) -> None:
    case = Case()
    user = {
        "professional": lambda: make.professional(case.here, "jeugd-punt"),
        "coordinator": lambda: make.coordinator(case.here, "jeugd-punt"),
        "sender": lambda: case.sender,
        "triagist": lambda: make.triagist(case.here, "jeugd-punt"),
    }[role]()
    offered = case.offered()
    with pytest.raises(Http404):
        receiver_summary.open_summary(
            user=user,
            partnership=case.here.partnership,
            handover_id=offered.id,
            now=make.TUESDAY,
        )
    with pytest.raises(NotAllowedError):
        handover_services.accept(handover=offered, by=user, now=make.TUESDAY)


@pytest.mark.parametrize(
    "words",
    [
        "Zeynep wil hulp met school.",
        "Mevrouw yildiz wil hulp.",
        "Bel 06 12 34 56 78.",
        "Mail naar z.y@voorbeeld.example",
        "Woont op 3881 AB.",
        "Woont in de Dorpsstraat 12.",
        "Geboren op 3-4-2009.",
        "BSN 123456782",
    ],
)
def test_a_summary_with_the_person_in_it_is_refused(words: str) -> None:
    case = Case()
    with pytest.raises(ValidationError):
        case.propose(summary=words)
    assert not Handover.objects.exists()


@pytest.mark.parametrize(
    "words", ["Een vrouw van 43 met 2 kinderen, 3 maanden huurschuld van 1.450 euro."]
)
def test_figures_that_tell_nothing_about_who_may_stand_there(words: str) -> None:
    assert Case().propose(summary=words).summary == words


def test_of_a_handover_that_was_stopped_the_receiver_reads_only_that_it_was() -> None:
    case = Case()
    offered = case.offered()
    before = receiver_summary.summary_of(offered)
    assert (before.life_domains, before.urgency) == (("Geld en post",), "normal")
    stopped = handover_services.resident_stops(handover=offered, now=make.TUESDAY)
    seen = receiver_summary.summary_of(stopped)
    assert seen.status == "revoked"
    notified = (seen.life_domains, seen.neighbourhood, seen.urgency, seen.summary, seen.talk)
    assert notified == ((), "", "", "", ())


def test_the_resident_says_no_and_the_receiver_never_knows() -> None:
    case = Case()
    refused = handover_services.resident_says(
        handover=case.propose(), yes=False, how=SharingBasis.How.ONLINE, now=make.TUESDAY
    )
    assert refused.status == "refused"
    with pytest.raises(Http404):
        receiver_summary.open_summary(
            user=case.receiver,
            partnership=case.here.partnership,
            handover_id=refused.id,
            now=make.TUESDAY,
        )
    assert not Message.objects.filter(recipient_key=f"user:{case.receiver.id}").exists()
    assert case.fresh().lead == case.here["stimenz"]
