"""SCIM 2.0 as directories speak it, for the accounts of one organisation."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from organisations.roles.models import Role
from organisations.sign_on import proposals
from organisations.sign_on.models import ProvisionedUser, SignOnSetting
from tests.support import factories as make
from welzijn.accounts.models import User
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
USERS = "/scim/v2/Users"
PATCH = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]


class Directory:
    """A directory with the token of Stimenz."""

    def __init__(self, here: make.World, *, approved: bool = True, host: str = "putten") -> None:
        boss = make.member(here, Role.ADMINISTRATOR)
        coordinator = make.coordinator(here, "stimenz")
        self.setting, self.token = proposals.propose(
            kind=SignOnSetting.Kind.SCIM,
            partnership=here.partnership,
            organisation=here["stimenz"],
            by=boss,
            now=timezone.now(),
        )
        if approved:
            proposals.approve(setting_id=self.setting.pk, by=coordinator, now=timezone.now())
        self.host = f"{host}.localhost"

    def __call__(self, method: str, path: str = USERS, body: Any = None, **headers: str) -> Any:
        sent = {"host": self.host, "authorization": f"Bearer {self.token}", **headers}
        content = json.dumps(body) if body is not None else ""
        return getattr(Client(enforce_csrf_checks=True), method)(
            path, content, content_type="application/scim+json", headers=sent
        )

    def make(self, email: str = "fatma@voordeur.example", **more: Any) -> dict[str, Any]:
        """Create a user as Entra ID does."""
        answer = self(
            "post",
            body={
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                "userName": email,
                "externalId": f"x-{email}",
                "displayName": "Fatma de Boer",
                "name": {"givenName": "Fatma", "familyName": "de Boer"},
                "title": "Sociaal werker",
                "active": True,
                **more,
            },
        )
        assert answer.status_code == 201, answer.content
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
def here() -> make.World:
    return make.world()


@pytest.fixture
def directory(here: make.World) -> Directory:
    return Directory(here)


def find(directory: Directory, text: str) -> Any:
    return Client().get(
        USERS,
        {"filter": text},
        headers={"host": directory.host, "authorization": f"Bearer {directory.token}"},
    )


def test_a_created_account_has_no_role_and_can_be_found(directory: Directory) -> None:
    made = directory.make()
    user = User.objects.get(email="fatma@voordeur.example")
    assert (user.name, user.function, user.is_active) == ("Fatma de Boer", "Sociaal werker", True)
    assert not user.has_usable_password()
    assert not user.memberships.exists()
    listed = find(directory, 'userName eq "FATMA@voordeur.example"').json()
    assert [one["id"] for one in listed["Resources"]] == [made["id"]]
    assert find(directory, 'externalId eq "x-fatma@voordeur.example"').json()["totalResults"] == 1
    assert find(directory, 'userName eq "niemand@x.y"').json()["totalResults"] == 0
    assert find(directory, f'id eq "{made["id"]}"').json()["totalResults"] == 1
    assert directory("get", f"{USERS}/{made['id']}").json() == made
    assert made["meta"]["location"].endswith(f"{USERS}/{made['id']}")


@pytest.mark.parametrize(
    "text", ['displayName eq "x"', "userName co x", 'userName eq "a" or id eq "b"', '"', "a" * 900]
)
def test_another_filter_is_refused(directory: Directory, text: str) -> None:
    answer = find(directory, text)
    assert answer.status_code == 400
    assert answer.json()["scimType"] == "invalidFilter"


def test_a_list_has_pages(directory: Directory) -> None:
    for number in range(3):
        directory.make(f"iemand{number}@voordeur.example")
    page = directory("get", f"{USERS}?startIndex=2&count=1").json()
    assert (page["totalResults"], page["itemsPerPage"], page["startIndex"]) == (3, 1, 2)
    assert directory("get", f"{USERS}?startIndex=x&count=-1").status_code == 200


@pytest.mark.parametrize(
    "operations",
    [
        [{"op": "Replace", "path": "active", "value": "False"}],
        [{"op": "replace", "value": {"active": False}}],
        [
            {
                "op": "add",
                "path": "urn:ietf:params:scim:schemas:core:2.0:User:active",
                "value": False,
            }
        ],
    ],
)
def test_made_inactive_every_role_and_session_ends(
    here: make.World, directory: Directory, operations: list[dict[str, Any]]
) -> None:
    user = make.intake_worker(here, "stimenz")
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    made = directory.make(user.email)
    body = {"schemas": PATCH, "Operations": operations}
    answer = directory("patch", f"{USERS}/{made['id']}", body)
    assert answer.status_code == 200
    assert answer.json()["active"] is False
    user.refresh_from_db()
    assert not user.is_active
    assert not user.memberships.filter(until__isnull=True).exists()
    assert browser.get("/werk/", headers={"host": "putten.localhost"}).status_code == 302
    again = {"Operations": [{"op": "replace", "path": "active", "value": True}]}
    assert directory("patch", f"{USERS}/{made['id']}", again).json()["active"] is True
    assert User.objects.get(pk=user.pk).is_active
    assert not user.memberships.active().exists()


def test_delete_ends_the_account(directory: Directory) -> None:
    made = directory.make()
    assert directory("delete", f"{USERS}/{made['id']}").status_code == 204
    assert directory("get", f"{USERS}/{made['id']}").status_code == 404
    assert directory("delete", f"{USERS}/{made['id']}").status_code == 404
    assert not User.objects.get(email="fatma@voordeur.example").is_active
    assert directory.make()["active"] is True


def test_replace_changes_name_and_address_and_the_old_address_is_told(
    directory: Directory,
) -> None:
    made = directory.make()
    answer = directory(
        "put",
        f"{USERS}/{made['id']}",
        {"userName": "getrouwd@voordeur.example", "displayName": "Fatma Vos", "active": True},
    )
    assert answer.status_code == 200
    assert answer.json()["userName"] == "getrouwd@voordeur.example"
    assert User.objects.get(email="getrouwd@voordeur.example").name == "Fatma Vos"
    notified = Message.objects.get(template="address_changed")
    assert notified.address == "fatma@voordeur.example"
    assert directory("put", f"{USERS}/{made['id']}", {"displayName": "x"}).status_code == 400


def test_who_works_elsewhere_too_loses_only_the_roles_with_this_organisation(
    here: make.World, directory: Directory
) -> None:
    user = make.intake_worker(here, "stimenz")
    made = directory.make(user.email)
    make.member(here, Role.FRONT_DESK, "jeugd-punt", who=user)
    body = {"Operations": [{"op": "replace", "path": "userName", "value": "x@voordeur.example"}]}
    assert directory("patch", f"{USERS}/{made['id']}", body).status_code == 409
    ended = {"Operations": [{"op": "replace", "path": "active", "value": False}]}
    assert directory("patch", f"{USERS}/{made['id']}", ended).json()["active"] is False
    user.refresh_from_db()
    assert user.is_active
    assert [m.organisation.slug for m in user.memberships.active()] == ["jeugd-punt"]


def test_an_account_of_another_organisation_is_out_of_reach(
    here: make.World, directory: Directory
) -> None:
    other = make.intake_worker(here, "jeugd-punt")
    answer = directory("post", body={"userName": other.email, "active": False})
    assert answer.status_code == 409
    assert answer.json()["scimType"] == "uniqueness"
    other.refresh_from_db()
    assert other.is_active
    assert directory("get").json()["totalResults"] == 0
    row = ProvisionedUser.objects.create(organisation=here["jeugd-punt"], user=other)
    for method in ("get", "delete"):
        assert directory(method, f"{USERS}/{row.pk}").status_code == 404


def test_the_same_user_twice_is_a_conflict(directory: Directory) -> None:
    directory.make()
    again = directory("post", body={"userName": "fatma@voordeur.example"})
    assert again.status_code == 409


@pytest.mark.parametrize(
    "token", ["", "Bearer", "Bearer x", "Basic x", "Bearer " + "x" * 5000, "bearer \u00e9"]
)
def test_without_a_valid_token_nothing_is_said(directory: Directory, token: str) -> None:
    answer = directory("get", authorization=token.encode("utf-8").decode("latin-1"))
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/scim+json"


def test_a_token_works_only_when_approved_here_and_not_ended(here: make.World) -> None:
    assert Directory(here, approved=False)("get").status_code == 401
    make.world("elders")
    directory = Directory(here)
    directory.host = "elders.localhost"
    assert directory("get").status_code == 401
    directory.host = "putten.localhost"
    assert directory("get").status_code == 200
    assert directory("get", "/scim/v2/ServiceProviderConfig").json()["patch"]["supported"]
    proposals.end(setting=directory.setting, now=timezone.now())
    assert directory("get").status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"userName": "geen adres"},
        {"userName": 7},
        {"userName": "a@voordeur.example", "active": "misschien"},
        {"userName": "a@voordeur.example", "title": {"x": 1}},
    ],
)
def test_a_malformed_user_is_refused(directory: Directory, body: Any) -> None:
    before = User.objects.count()
    answer = directory("post", body=body)
    assert answer.status_code == 400
    assert answer.json()["status"] == "400"
    assert User.objects.count() == before


@pytest.mark.parametrize(
    "operations",
    [
        None,
        [],
        ["x"],
        [{"op": "move", "path": "active"}],
        [{"op": "remove"}],
        [{"op": "remove", "path": "userName"}],
        [{"op": "replace", "path": 7, "value": 1}],
        [{"op": "replace", "value": "x"}],
        [{"path": "active", "value": False}],
    ],
)
def test_a_malformed_patch_is_refused(directory: Directory, operations: Any) -> None:
    made = directory.make()
    answer = directory("patch", f"{USERS}/{made['id']}", {"Operations": operations})
    assert answer.status_code == 400


def test_attributes_that_are_not_kept_are_passed_over(directory: Directory) -> None:
    made = directory.make()
    operations = [
        {"op": "Add", "path": 'emails[type eq "work"].value', "value": "x@y.example"},
        {"op": "Replace", "path": "name.familyName", "value": "Vos"},
        {"op": "Remove", "path": "title"},
    ]
    answer = directory("patch", f"{USERS}/{made['id']}", {"Operations": operations})
    assert answer.status_code == 200
    assert answer.json()["title"] == ""
