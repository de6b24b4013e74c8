"""The navigation of staff screens follows the roles of the user."""

import pytest
from django.test import RequestFactory

from organisations.administration.navigation import navigation, navigation_for
from organisations.roles.models import Role
from tests.support import factories as make
from welzijn.accounts.models import User

pytestmark = pytest.mark.django_db


def shown(here: make.World, who: User, path: str) -> list[str]:
    request = RequestFactory().get(path)
    request.user = who
    request.partnership = here.partnership  # type: ignore[attr-defined]
    return [place.url for place in navigation(request)["rail"] if place.current]


def test_nobody_gets_more_than_seven_places_or_one_twice() -> None:
    here = make.world()
    who = make.coordinator(here)
    for role in (Role.FRONT_DESK, Role.PROFESSIONAL, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER):
        make.member(here, role, who=who)
    places = navigation_for(who, here.partnership)
    assert len(places) == 7
    assert len(set(places)) == 7


def test_without_a_role_here_there_is_no_navigation() -> None:
    here = make.world()
    assert navigation_for(make.coordinator(make.world("ermelo")), here.partnership) == []


def test_the_page_of_a_question_is_shown_under_the_work_list() -> None:
    here = make.world()
    assert shown(here, make.intake_worker(here, "stimenz"), "/vraagstuk/abc/") == ["/werk/"]


def test_signals_are_shown_under_the_figures_where_the_navigation_has_no_room_for_them() -> None:
    here = make.world()
    assert shown(here, make.coordinator(here), "/signalen/") == ["/rapportage/"]
    assert shown(here, make.desk_worker(here), "/signalen/") == ["/signalen/"]
