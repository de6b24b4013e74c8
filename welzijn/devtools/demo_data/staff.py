"""Invented staff in every role, for a partnership loaded from its file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from organisations.directory.models import Organisation, Participation, Team
from organisations.partnerships.models import Municipality, Partnership
from organisations.roles.models import Duty, Membership, Role
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.devtools.demo_data.names import full_name, mailbox
from welzijn.devtools.demo_data.staff_roles import WantedRole, give_roles

PASSWORD = "voordeur-in-de-demo"  # noqa: S105 - printed at the start of the demo, refused elsewhere
PROFESSIONALS = 4
DUTY_WEEKS = 8
# Each partnership starts at its own number, so that no name occurs twice.
_START = {"putten": 0, "landerd": 60, "beekdaelen": 120, "asten-someren": 180, "oss": 240}
_FUNCTIONS = {
    Organisation.Kind.WELFARE: ("sociaal werker", "maatschappelijk werker", "ouderenadviseur"),
    Organisation.Kind.INITIATIVE: ("dorpsondersteuner", "gastvrouw", "vrijwilliger"),
    Organisation.Kind.MUNICIPALITY: ("Wmo-consulent", "klantmanager", "consulent"),
}
_FUNCTIONS_OF = {
    "jeugd-punt": ("jongerenwerker", "jongerencoach", "meidenwerker"),
    "actief-putten": ("buurtsportcoach", "beweegmakelaar", "buurtsportcoach"),
}


@dataclass
class Staff:
    """The invented staff of one partnership, by role."""

    partnership: Partnership
    professionals: dict[str, list[User]] = field(default_factory=dict)
    coordinators: dict[str, User] = field(default_factory=dict)
    triage: list[User] = field(default_factory=list)
    desk: list[User] = field(default_factory=list)
    desk_organisation: Organisation | None = None


class NoTriageError(Exception):
    """The partnership has no triage team: load its file first."""


def make_staff(*, partnership: Partnership, now: datetime) -> Staff:
    """Give the partnership users in every role. Idempotent.

    Each organisation that picks up questions gets a coordinator and professionals; teams get members
    of their organisations; a triage member is on duty every week for `DUTY_WEEKS` weeks.
    Raises NoTriageError if the partnership's file was not loaded.
    """
    if partnership.triage_team is None:
        raise NoTriageError(partnership.slug)
    with transaction.atomic():
        return _StaffBuilder(partnership, now).fill()


class _StaffBuilder:
    """Fills the roles one by one; every new user takes the next name."""

    def __init__(self, partnership: Partnership, now: datetime) -> None:
        self.partnership, self.now = partnership, now
        self.today = local_date(now)
        self.since = date(self.today.year - 3, 1, 1)
        self.staff = Staff(partnership)
        self._number = _START.get(partnership.slug, 300)
        self._known = {u.email: u for u in User.objects.filter(email__endswith=".example")}
        self._hash = make_password(PASSWORD)
        self._roles: list[WantedRole] = []

    def fill(self) -> Staff:
        """Fill all roles in a fixed order, so that a name always has the same role."""
        controller = self.partnership.triage_team.organisation  # type: ignore[union-attr]
        participations = [
            p
            for p in self.partnership.participations.select_related("organisation").order_by(
                "organisation__slug"
            )
            if p.until is None or p.until >= self.today
        ]
        for participation in participations:
            if participation.picks_up:
                self._organisation(participation.organisation)
        for participation in participations:
            if participation.brings_in:
                self._partner(participation.organisation)
        for number in (1, 2):
            user = self._person(controller, "gastvrouw" if number == 1 else "medewerker balie")
            self._role(user, Role.FRONT_DESK, controller)
            self.staff.desk.append(user)
        self.staff.desk_organisation = controller
        self._teams()
        for neighbourhood in self._led_neighbourhoods():
            lead = self._person(controller, "wijkaanjager")
            self._role(lead, Role.NEIGHBOURHOOD_LEAD, controller, neighbourhood=neighbourhood)
        for municipality in self.partnership.municipalities.filter(valid_until=None).order_by(
            "code"
        ):
            self._policy_officer(municipality)
        administrator = self._person(controller, "functioneel beheerder")
        self._role(administrator, Role.ADMINISTRATOR, controller)
        self._role(self._person(controller, "FG"), Role.PRIVACY_OFFICER, controller)
        for municipality in self.partnership.municipalities.filter(valid_until=None):
            office = self._office_of(municipality)
            seat = self._person(office, "wethouder sociaal domein")
            self._role(seat, Role.ALDERMAN, office, municipality=municipality)
        give_roles(
            partnership=self.partnership,
            administrator=administrator,
            wanted=self._roles,
            since=self.since,
            now=self.now,
        )
        self._duty()
        return self.staff

    def _organisation(self, organisation: Organisation) -> None:
        coordinator = self._person(organisation, "coördinator")
        self._role(coordinator, Role.COORDINATOR, organisation, reads_new=True)
        self.staff.coordinators[organisation.slug] = coordinator
        functions = _FUNCTIONS_OF.get(
            organisation.slug,
            _FUNCTIONS.get(Organisation.Kind(organisation.kind), ("medewerker",) * 3),
        )
        people = [
            self._person(organisation, functions[number % len(functions)])
            for number in range(PROFESSIONALS)
        ]
        for number, user in enumerate(people):
            self._role(user, Role.PROFESSIONAL, organisation, reads_new=number < 2)
        self.staff.professionals[organisation.slug] = people

    def _partner(self, organisation: Organisation) -> None:
        function = {
            Organisation.Kind.GP: "praktijkondersteuner",
            Organisation.Kind.SCHOOL: "intern begeleider",
        }.get(Organisation.Kind(organisation.kind), "aan de deur")
        self._role(self._person(organisation, function), Role.PARTNER_DOOR, organisation)

    def _teams(self) -> None:
        """Give every team a member of each of its organisations."""
        for team in self.partnership.teams.order_by("slug").prefetch_related("organisations"):
            for organisation in sorted(team.organisations.all(), key=lambda o: o.slug):
                people = self.staff.professionals.get(organisation.slug, [])
                member = self._of_team(team, people)
                if member is None:
                    continue
                self._role(member, Role.TEAM_MEMBER, organisation, team=team)
                if team.id == self.partnership.triage_team_id:
                    self.staff.triage.append(member)

    def _of_team(self, team: Team, people: list[User]) -> User | None:
        if not people:
            return None
        if team.id == self.partnership.triage_team_id:
            return people[0]
        return people[sum(map(ord, team.slug)) % len(people)]

    def _led_neighbourhoods(self) -> Iterator[object]:
        """Neighbourhoods with learning sessions; if there are none, one neighbourhood."""
        places = list(self.partnership.neighbourhoods.order_by("name"))
        with_sessions = [place for place in places if place.learning_sessions]
        yield from with_sessions or sorted(places, key=lambda p: p.slug != "putten-dorp")[:1]

    def _policy_officer(self, municipality: Municipality) -> None:
        organisation = self._office_of(municipality)
        officer = self._person(organisation, "beleidsadviseur sociaal domein")
        self._role(officer, Role.MUNICIPALITY, organisation, municipality=municipality)

    def _office_of(self, municipality: Municipality) -> Organisation:
        """The municipality's organisation in this partnership, made if missing."""
        offices = Organisation.objects.filter(
            participations__partnership=self.partnership, kind=Organisation.Kind.MUNICIPALITY
        )
        found = offices.filter(name__icontains=municipality.name).first()
        if found is not None:
            return found
        slug = f"gemeente-{municipality.name.lower()}"
        found, _made = Organisation.objects.get_or_create(
            slug=slug,
            defaults={
                "name": f"Gemeente {municipality.name}",
                "kind": Organisation.Kind.MUNICIPALITY,
                "shows_worker_names": False,
            },
        )
        Participation.objects.get_or_create(
            partnership=self.partnership,
            organisation=found,
            defaults={
                "since": self.since,
                "picks_up": False,
                "contact_name": "gemeentesecretaris",
                "contact_email": f"gemeentesecretaris@{slug}.example",
            },
        )
        return found

    def _duty(self) -> None:
        """Plan duty for triage members in turn, a week each from Monday 8:00."""
        monday = self.now.replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(
            days=self.today.weekday()
        )
        ahead = Duty.objects.filter(partnership=self.partnership, ends_at__gt=self.now)
        if ahead.exists() or not self.staff.triage:
            return
        Duty.objects.bulk_create(
            Duty(
                partnership=self.partnership,
                user=self.staff.triage[week % len(self.staff.triage)],
                starts_at=monday + timedelta(weeks=week),
                ends_at=monday + timedelta(weeks=week + 1),
            )
            for week in range(DUTY_WEEKS)
        )

    def _person(self, organisation: Organisation, function: str) -> User:
        name = full_name(self._number)
        self._number += 1
        email = f"{mailbox(name)}@{organisation.slug}.example"
        user = self._known.get(email)
        if user is None:
            user = User(
                email=email,
                name=name,
                function=function,
                phone=f"+316000{self._number:05d}",
                password=self._hash,
            )
            user.save()
            self._known[email] = user
        EmailAddress.objects.get_or_create(
            user=user, email=email, defaults={"verified": True, "primary": True}
        )
        return user

    def _role(self, user: User, role: Role, organisation: Organisation, **where: Any) -> None:
        self._roles.append(WantedRole(user, role, organisation, **where))


def logins(partnership: Partnership) -> Iterable[tuple[str, str, str, str]]:
    """Yield for each role its label, a user's name, the place or organisation, and the address."""
    members = (
        Membership.objects.active()
        .filter(partnership=partnership, user__email__endswith=".example")
        .select_related("user", "organisation", "municipality", "neighbourhood")
        .order_by("user__created_at", "user__email")
    )
    order = {role: number for number, role in enumerate(Role)}
    listed: set[tuple[str, str]] = set()
    for member in sorted(members, key=lambda m: order[Role(m.role)]):
        where = member.municipality or member.neighbourhood or member.organisation
        key = (
            member.role,
            "" if member.role in (Role.PROFESSIONAL, Role.TEAM_MEMBER) else str(where),
        )
        if key not in listed:
            listed.add(key)
            yield str(Role(member.role).label), member.user.name, str(where), member.user.email
