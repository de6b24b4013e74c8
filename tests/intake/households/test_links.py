"""Household links: made by people, giving no access, with one coordinating lead."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.utils import timezone

from intake.households import links as household_links
from intake.households.models import Household, HouseholdLink
from intake.questions.models import Question
from intake.questions.status import WrongMomentError
from intake.submission.submit import Receipt
from tests.support import factories as make
from tests.support.signing_in import entered
from welzijn.core.working_days import local_date

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
TODAY = local_date(make.TUESDAY)


def fresh(receipt: Receipt) -> Question:
    return Question.objects.get(pk=receipt.question.pk)


def linked(one: Receipt, two: Receipt) -> Household:
    return household_links.link(question=fresh(one), other=fresh(two), now=make.TUESDAY)


def test_a_link_gives_no_access() -> None:
    here = make.world()
    mother, son = make.submitted(here, "geld"), make.submitted(here, "opgroeien", age_band="16-17")
    hers, his = make.intake_worker(here, "stimenz"), make.intake_worker(here, "jeugd-punt")
    linked(mother, son)
    for worker, own in ((hers, mother), (his, son)):
        seen = Question.objects.visible_to(worker, TODAY)
        assert list(seen.values_list("reference", flat=True)) == [own.reference]
        assert (
            household_links.family(question=fresh(own), user=worker, on=TODAY)
            == household_links.Family()
        )


def test_a_parent_reads_nothing_of_the_question_of_a_child() -> None:
    here = make.world()
    now = timezone.now()
    father = make.submitted(here, "geld", now=now)
    son = make.submitted(here, "opgroeien", now=now, age_band="16-17", words="ruzie met mijn vader")
    household_links.link(question=fresh(son), other=fresh(father), now=now)
    text = entered(father).get("/volg/vraag/", headers=HOST).content.decode()
    for secret in (son.reference, "ruzie met mijn vader", "Jeugd-Punt", "hoort nu bij uw gezin"):
        assert secret not in text
    family_page = entered(father).get("/volg/vraag/gezin/", headers=HOST).content.decode()
    assert "Uw vraag hoort bij uw gezin." not in family_page
    # A son of 16 is "je" on his own page.
    assert "hoort nu bij je gezin" in (
        entered(son).get("/volg/vraag/", headers=HOST).content.decode()
    )


def test_a_worker_who_may_read_both_sees_the_coordinating_lead() -> None:
    here = make.world()
    first = make.submitted(here, "geld")
    second = make.submitted(here, "geld", now=make.TUESDAY + timedelta(hours=1))
    elsewhere = make.submitted(here, "opgroeien", now=make.TUESDAY - timedelta(days=1))
    worker = make.intake_worker(here, "stimenz")
    linked(first, second)
    found = household_links.family(question=fresh(second), user=worker, on=TODAY)
    assert ([q.reference for q in found.others], found.face) == ([first.reference], fresh(first))
    linked(second, elsewhere)
    # The oldest is now one that this worker may not read: its lead stays unnamed.
    found = household_links.family(question=fresh(second), user=worker, on=TODAY)
    assert ([q.reference for q in found.others], found.face) == ([first.reference], None)


def test_a_worker_links_only_questions_they_may_read() -> None:
    here = make.world()
    one, two = make.submitted(here, "geld"), make.submitted(here, "geld")
    other = make.submitted(here, "opgroeien")
    worker = make.intake_worker(here, "stimenz")
    household_links.link(
        question=fresh(one), other=fresh(two), how="phone", by=worker, now=make.TUESDAY
    )
    assert set(HouseholdLink.objects.values_list("agreed_how", flat=True)) == {"phone"}
    with pytest.raises(PermissionDenied):
        household_links.link(
            question=fresh(one), other=fresh(other), how="phone", by=worker, now=make.TUESDAY
        )


def test_linking_again_changes_nothing_and_two_households_become_one() -> None:
    here = make.world()
    one, two, three, four = (make.submitted(here, "geld") for _n in range(4))
    first = linked(one, two)
    assert linked(two, one) == first
    linked(three, four)
    assert linked(four, one) == first
    assert first.links.filter(ended_at__isnull=True).count() == 4


def test_leaving_ends_a_household_of_one_as_well() -> None:
    here = make.world()
    one, two = make.submitted(here, "geld"), make.submitted(here, "geld")
    linked(one, two)
    household_links.leave(question=fresh(two), now=make.TUESDAY)
    household_links.leave(question=fresh(two), now=make.TUESDAY)
    assert not HouseholdLink.objects.filter(ended_at__isnull=True).exists()


def test_a_link_with_itself_or_another_partnership_is_refused() -> None:
    here, there = make.world(), make.world("elders")
    one, other = make.submitted(here, "geld"), make.submitted(there, "geld")
    for theirs in (one, other):
        with pytest.raises(WrongMomentError):
            linked(one, theirs)
    home = Household.objects.create(partnership=here.partnership, created_at=make.TUESDAY)
    HouseholdLink.objects.create(
        household=home,
        person_id=fresh(other).asker_id,
        agreed_at=make.TUESDAY,
        agreed_how="code",
    )
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
