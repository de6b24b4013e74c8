"""The answer to a question's link for who may not read it.

An attacker who tries links may learn nothing, so for a link to nothing, to another partnership's
question and to one that was not shared the page is the same, with the same status and the same
queries. More is said only to who knows it already: the giver of a handover that went well (to whom,
when, met how, no content), and who may see the row without the person (the way to that row).
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from intake.questions.models import Question
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from organisations.roles.permissions import Permission
from referrals.casework_base.models import ContactMoment
from referrals.handovers import past_handovers
from welzijn.accounts.models import User

MOST_NAMES = 3


def page(
    request: HttpRequest, user: User, partnership: Partnership, question_id: UUID
) -> HttpResponse:
    """Return the page that says what to do, with status 404; or that it was handed over, with 200.

    Reads no person.
    """
    given = past_handovers.past_handover(user, partnership, question_id)
    listed = (
        user.has_perm(Permission.SEE_CASELOAD, partnership)
        and Question.objects.listed_for(user, timezone.localdate())
        .filter(partnership=partnership, pk=question_id)
        .exists()
    )
    if given is not None:
        ways = {**dict(ContactMoment.Way.choices), "online": ""}
        return render(
            request,
            "referrals/case_page/past_handover.html",
            {"handover": given, "how": ways.get(given.met_how, ""), "listed": listed},
        )
    coordinators = (
        Membership.objects.active(timezone.localdate())
        .filter(
            partnership=partnership,
            role=Role.COORDINATOR,
            organisation__in=Membership.objects.active(timezone.localdate())
            .filter(partnership=partnership, user=user)
            .values("organisation"),
        )
        .exclude(user=user)
        .order_by("user__name")
        .values_list("user__name", flat=True)
        .distinct()
    )
    return render(
        request,
        "referrals/case_page/without_access.html",
        {
            "listed": listed,
            "question_id": question_id,
            "coordinators": list(coordinators[:MOST_NAMES]),
        },
        status=404,
    )
