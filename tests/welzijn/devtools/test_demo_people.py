"""The demo's people: every role, every partnership, once; and never at a real front door."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from intake.questions.models import Question, SharingBasis
from organisations.partnerships.models import Partnership
from organisations.roles.models import Membership, Role
from referrals.casework_base.models import ContactMoment
from referrals.handovers.models import Handover
from welzijn.devtools.demo_data import demo_questions, names
from welzijn.devtools.demo_data.staff import PASSWORD, make_staff
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
FOLDER = Path(django_settings.BASE_DIR) / "organisations" / "partnerships"
SLUGS = sorted(path.stem for path in FOLDER.glob("*.toml"))


def load(slug: str) -> Partnership:
    call_command("load_partnership", str(FOLDER / f"{slug}.toml"), verbosity=0)
    return Partnership.objects.get(slug=slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_each_partnership_has_its_people_and_their_questions_once(slug: str) -> None:
    partnership = load(slug)
    call_command("demo_people", verbosity=0)
    written = demo_questions.load(slug).questions
    questions = Question.objects.filter(partnership=partnership)
    assert questions.count() == len(written) >= 8
    members = Membership.objects.filter(partnership=partnership)
    before = members.count()
    roles = set(members.values_list("role", flat=True))
    expected = set(Role.values)
    if not partnership.participations.filter(brings_in=True).exists():
        expected.discard(Role.PARTNER_DOOR)
    assert roles == expected
    call_command("demo_people", verbosity=0)
    assert questions.count() == len(written)
    assert members.count() == before


def test_putten_shows_every_state_by_the_products_own_verbs() -> None:
    load("putten")
    call_command("demo_people", verbosity=0)
    assert set(Question.objects.values_list("status", flat=True)) == set(Question.Status.values)
    assert {"offered", "proposed"} <= set(Handover.objects.values_list("status", flat=True))
    assert ContactMoment.objects.filter(outcome="not_reached").exists()
    assert Question.objects.filter(urgency="danger", lead_team__slug="toegang").exists()
    assert SharingBasis.objects.filter(kind="first_handling").exists()
    assert not Question.objects.filter(received_at__gt=timezone.now()).exists()
    old = Question.objects.filter(reference__isnull=False, closed_at__isnull=False)
    assert not Message.objects.filter(status="waiting", about_id__in=old.values("pk")).exclude(
        created_at__gt=timezone.now() - timedelta(days=1)
    )


def test_everybody_signs_in_with_the_one_password_that_is_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    load("putten")
    call_command("demo_people", "--staff-only")
    printed = capsys.readouterr().out
    assert PASSWORD in printed
    for role in Role:
        assert str(role.label) in printed
    email = Membership.objects.filter(role="coordinator").first().user.email
    assert email in printed
    assert authenticate(None, email=email, password=PASSWORD) is not None
    assert not Question.objects.exists()


@pytest.mark.parametrize("command", ["demo_people", "synthesise"])
def test_a_real_front_door_gets_no_invented_people(command: str, settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    options = ["--partnership", "putten", "--questions", "5"] if command == "synthesise" else []
    with pytest.raises(CommandError, match="real front door"):
        call_command(command, *options)


def test_nobody_of_two_partnerships_has_the_same_name() -> None:
    made = [make_staff(partnership=load(slug), now=timezone.now()) for slug in SLUGS]
    people = [
        {m.user.name for m in Membership.objects.filter(partnership=staff.partnership)}
        for staff in made
    ]
    for number, some in enumerate(people):
        for others in people[number + 1 :]:
            assert not some & others


def test_names_do_not_repeat_and_make_plain_mailboxes() -> None:
    all_names = [names.full_name(number) for number in range(names.DISTINCT_NAMES)]
    assert len(set(all_names)) == names.DISTINCT_NAMES
    assert names.mailbox("Willemien van den Brink") == "willemien.vandenbrink"
    assert names.mailbox("Omar al-Khatib") == "omar.alkhatib"
