"""Danger that nobody judged stands first in every list, whatever the sort (every page is tried).

Pages are not named here: each address of staff that takes no argument is opened as each role that
works with questions. Where two questions or more stand on it, the one with danger comes first.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.access_log.open_question import open_question
from intake.questions.models import Question
from intake.submission.submission import EnteredBy
from organisations.roles.models import Role
from referrals.caseload.ordering import ORDERS
from referrals.casework.pick_up import pick_up
from referrals.follow_ups import sentences
from referrals.follow_ups import services as follow_up_services
from referrals.follow_ups.models import FollowUp
from referrals.work_list.listing import LISTS
from tests.support import factories as make
from tests.support.all_roles import own_addresses
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.audit.reasons import Reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}
# What a partner brought in: reference and status, and nothing of what is in it.
WITHOUT_CONTENT = {"partner_door"}


@pytest.fixture
def people() -> tuple[make.World, str, list[User]]:
    """Who sees questions; theirs and a later, less urgent one with danger that nobody judged."""
    here = make.world()
    now = timezone.now()
    desk = make.desk_worker(here, "stimenz")
    worker = make.intake_worker(here, "stimenz")
    coordinator = make.coordinator(here, "stimenz", reads_new=True)
    lead = make.member(here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=here.places["dorp"])
    found = []
    for number in range(3):
        made = make.submitted(
            here,
            "geld",
            name=f"Sanne {number}",
            postcode="3881AB",
            now=now - timedelta(minutes=number),
            entered_by=EnteredBy(user=desk, organisation=here["stimenz"]),
        ).question
        pick_up(question=made, by=worker, now=now)
        found.append(made)
        for user in (worker, coordinator):
            open_question(
                user=user,
                partnership=here.partnership,
                question_id=made.pk,
                now=now + timedelta(minutes=10 - number),
                why=Reason.OPENED,
            )
    danger = found[1]
    follow_up_services.make(
        question=danger,
        kind=FollowUp.Kind.DUTY,
        what=sentences.JUDGE(),
        due_on=timezone.localdate(),
        organisation=danger.lead,
        now=now,
    )
    # By every sort it would come last or in the middle.
    late = timezone.localdate() + timedelta(days=300)
    Question.objects.filter(pk=danger.pk).update(due_on=late, urgency="normal")
    return here, danger.reference, [desk, worker, coordinator, lead]


def references(client: Client, path: str, *, search: str = "") -> list[str]:
    """Return the references on a page, in order, each once."""
    page = client.post(path, {"zoek": search}, headers=HOST) if search else None
    page = page or client.get(path, headers=HOST, follow=True)
    if page.status_code != 200:
        return []
    _head, _main, body = page.content.decode().partition("<main")
    ours = set(Question.objects.values_list("reference", flat=True))
    found = re.findall(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", body)
    return [one for one in dict.fromkeys(found) if one in ours]


def test_danger_that_nobody_judged_stands_first_in_every_list(
    people: tuple[make.World, str, list[User]],
) -> None:
    _here, danger, users = people
    paths = [
        reverse(name)
        for name, pattern in own_addresses().items()
        if not pattern.pattern.converters and name not in WITHOUT_CONTENT
    ]
    paths += [f"{reverse('work')}?lijst={one}" for one in LISTS]
    for name in ("caseload", "neighbourhood"):
        paths += [f"{reverse(name)}?volgorde={order}" for order in ORDERS]
    wrong, lists = [], set()
    for user in users:
        client = signed_in(user)
        found = {path: references(client, path) for path in paths}
        found["/zoeken/"] = references(client, "/zoeken/", search="sanne")
        for path, shown in found.items():
            if len(shown) > 1:
                lists.add(path.partition("?")[0])
                if shown[0] != danger:
                    wrong.append((path, shown))
    assert wrong == []
    assert {"/werk/", "/werk/bekeken/", "/caseload/", "/wijk/", "/balie/", "/zoeken/"} <= lists
