"""The MDO: invited is not informed, each question keeps its own readers, the resident is there."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone

from intake.asked import Reachable
from intake.models import Question, SharingBasis
from intake.status import WrongMomentError
from organisations.models import Membership, Role
from referrals import follow_ups, pick_up, revoke
from referrals.conference import page, prepare, record, told
from referrals.models import AgendaItem, Conference, FollowUp, Participant
from referrals.standing import NotAllowedError
from tests import factories as make
from tests.referrals.due import the
from welzijn.accounts.models import User
from welzijn.audit.models import AccessEvent
from welzijn.notifications.invitation import method_of
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
HOST = {"host": "putten.localhost"}
STARTS = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=1)
PHONE = SharingBasis.How.PHONE


class Family:
    """Parents at Stimenz, their son of 16 at Jeugd-Punt, an MDO about the parents' question."""

    def __init__(self, now: datetime = make.TUESDAY) -> None:
        self.now = now
        self.here = make.world()
        self.worker = make.intake_worker(self.here, "stimenz")
        self.youth = make.intake_worker(self.here, "jeugd-punt")
        self.parents = make.submitted(
            self.here,
            "geld",
            now=now,
            postcode="3881",
            words="huur te hoog",
            reach=Reachable(email="amal@voordeur.example", ways=("email",)),
        )
        self.son = make.submitted(
            self.here, "opgroeien", now=now, age_band="16-17", words="ruzie met mijn vader"
        )
        self.question = Question.objects.get(pk=self.parents.question.pk)
        self.sons = Question.objects.get(pk=self.son.question.pk)
        pick_up.pick_up(question=self.question, by=self.worker, now=now)
        pick_up.pick_up(question=self.sons, by=self.youth, now=now)

    def proposed(self) -> Conference:
        return prepare.propose(
            question=self.question, why="Over de huur.", by=self.worker, now=self.now
        )

    def member(self, user: User) -> Membership:
        return Membership.objects.get(user=user)

    def invited(self) -> Conference:
        """With Jeugd-Punt invited, without any yes."""
        found = self.proposed()
        prepare.invite(
            conference=found, member=self.member(self.youth), by=self.worker, now=self.now
        )
        return found

    def planned(self, starts: datetime = STARTS) -> Conference:
        return prepare.plan(
            conference=self.invited(),
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            place="Het Trefpunt",
            by=self.worker,
            now=self.now,
        )

    def sees(self, user: User, conference: Conference) -> list[str] | None:
        seen = page.of(conference=conference, user=user, now=self.now)
        return None if seen is None else [i.item.question.reference for i in seen.items]

    def item(self) -> AgendaItem:
        return AgendaItem.objects.get(question=self.question)

    def write(self, **changes: Any) -> AgendaItem:
        values: dict[str, Any] = {
            "item": self.item(),
            "answers": [("Wat wil je?", "rust in huis")],
            "plan": "Wij bellen de verhuurder.",
            "best": "yes",
            "best_words": "ja, samen",
            "minutes": "Besproken: de huur.",
            "by": self.worker,
            "now": self.now,
        }
        return record.write(**{**values, **changes})


def test_being_invited_shows_time_and_place_and_nothing_of_the_question() -> None:
    family = Family()
    conference = family.planned()
    assert family.sees(family.youth, conference) == []
    assert not Question.objects.visible_to(family.youth, date(2026, 11, 24)).contains(
        family.question
    )
    prepare.share(
        item=family.item(),
        organisation=family.here["jeugd-punt"],
        how=PHONE,
        by=family.worker,
        now=family.now,
    )
    assert family.sees(family.youth, conference) == [family.parents.reference]
    assert AccessEvent.objects.filter(actor=family.youth, what="conference").count() == 1


def test_who_has_nothing_to_do_with_it_sees_nothing() -> None:
    family = Family()
    conference = family.planned()
    for stranger in (make.intake_worker(family.here, "actief"), make.triagist(family.here)):
        assert family.sees(stranger, conference) is None
        assert not page.listed(
            user=stranger, partnership=family.here.partnership, now=family.now
        ).exists()


def test_revoking_shuts_the_door_of_the_mdo_as_well() -> None:
    family = Family()
    conference = family.planned()
    basis = prepare.share(
        item=family.item(),
        organisation=family.here["jeugd-punt"],
        how=PHONE,
        by=family.worker,
        now=family.now,
    )
    revoke.revoke(question=family.question, basis=basis, now=family.now)
    assert family.sees(family.youth, conference) == []


def test_the_question_of_a_son_on_the_same_agenda_stays_closed_to_the_parents_side() -> None:
    family = Family()
    conference = family.planned()
    prepare.share(
        item=family.item(),
        organisation=family.here["jeugd-punt"],
        how=PHONE,
        by=family.worker,
        now=family.now,
    )
    prepare.add_question(
        conference=conference,
        question=family.sons,
        why="Over thuis.",
        by=family.youth,
        now=family.now,
    )
    assert family.sees(family.worker, conference) == [family.parents.reference]
    assert family.sees(family.youth, conference) == [
        family.parents.reference,
        family.son.reference,
    ]
    with pytest.raises(NotAllowedError):
        family.write(item=AgendaItem.objects.get(question=family.sons))


def test_a_wijkaanjager_proposes_and_it_is_due_for_who_has_the_question() -> None:
    family = Family()
    place = family.here.places["dorp"]
    lead = make.member(family.here, Role.NEIGHBOURHOOD_LEAD, neighbourhood=place)
    conference = prepare.propose(
        question=family.question, why="Samen verder.", by=lead, now=family.now
    )
    assert family.sees(lead, conference) == []
    due = the(family.question, FollowUp.Kind.ACTION)
    assert (due.worker, due.due_on) == (family.worker, date(2026, 11, 27))
    with pytest.raises(NotAllowedError):
        prepare.propose(question=family.sons, why="x", by=lead, now=family.now)


def test_a_resident_asks_for_one_and_planning_it_is_the_answer() -> None:
    family = Family()
    conference = prepare.propose(question=family.question, why="Met u allen.", now=family.now)
    assert conference.proposed_by is None
    with pytest.raises(WrongMomentError):
        family.proposed()
    prepare.plan(
        conference=conference,
        starts_at=STARTS,
        ends_at=ENDS,
        place="Het Trefpunt",
        by=family.worker,
        now=family.now,
    )
    assert not FollowUp.objects.filter(question=family.question, kind="action", status="open")


def test_the_resident_is_invited_and_where_not_the_reason_is_theirs_to_read() -> None:
    family = Family()
    family.planned()
    assert family.item().resident_invited
    with pytest.raises(ValueError, match="reason"):
        prepare.say_about_resident(
            item=family.item(), invited=False, by=family.worker, now=family.now
        )
    prepare.say_about_resident(
        item=family.item(),
        invited=False,
        why_not="U bent die dag in het ziekenhuis.",
        by=family.worker,
        now=family.now,
    )
    assert family.question.timeline.filter(
        for_resident=True, text__contains="in het ziekenhuis"
    ).exists()
    with pytest.raises(IntegrityError):
        AgendaItem.objects.filter(pk=family.item().pk).update(not_invited_why="")


def invitations(conference: Conference) -> list[Message]:
    return list(
        Message.objects.filter(calendar__contains=f"mdo-{conference.pk}").order_by(
            "created_at", "id"
        )
    )


def told_method(message: Message) -> str:
    return method_of(message.calendar)


def sequence(message: Message) -> int:
    return int(message.calendar.split("SEQUENCE:")[1].split()[0])


def test_invitations_move_and_are_cancelled_under_one_uid() -> None:
    family = Family()
    conference = family.planned()
    outside = prepare.invite_outside(
        conference=conference,
        name="Dokter Vos",
        works_at="Huisartsen Dorp",
        email="Praktijk@voordeur.example",
        by=family.worker,
        now=family.now,
    )
    first = invitations(conference)
    assert {m.recipient_kind for m in first} == {"staff", "resident"}
    assert len(first) == 4  # both workers, the doctor, the resident
    assert all("SEQUENCE:0" in m.calendar and "METHOD:REQUEST" in m.calendar for m in first)
    later = prepare.plan(
        conference=conference,
        starts_at=STARTS + timedelta(days=1),
        ends_at=ENDS + timedelta(days=1),
        place="Het Trefpunt",
        by=family.worker,
        now=family.now,
    )
    moved = [m for m in invitations(conference) if "SEQUENCE:1" in m.calendar]
    assert len(moved) == 4
    old = [m for m in first if m.subject_kind == told.PLANNED]
    assert told.still_planned(old, family.now) == set()
    prepare.cancel(conference=later, why="Ziek.", by=family.worker, now=family.now)
    over = [m for m in invitations(conference) if "METHOD:CANCEL" in m.calendar]
    assert len(over) == 4
    assert all("SEQUENCE:2" in m.calendar for m in over)
    assert outside.email == "praktijk@voordeur.example"


def test_who_is_taken_off_the_list_loses_the_appointment() -> None:
    family = Family()
    conference = family.planned()
    theirs = Participant.objects.get(user=family.youth)
    prepare.remove(participant=theirs, by=family.worker, now=family.now)
    prepare.say_about_resident(
        item=family.item(),
        invited=False,
        why_not="U bent dan op reis.",
        by=family.worker,
        now=family.now,
    )
    gone = [m for m in invitations(conference) if "METHOD:CANCEL" in m.calendar]
    keys = {m.recipient_key for m in gone}
    assert keys == {f"user:{family.youth.pk}", f"resident:{family.question.asker_id}"}
    assert family.sees(family.youth, conference) is None


def test_somebody_invited_again_gets_the_appointment_again_and_newer_than_its_end() -> None:
    family = Family()
    conference = family.planned()
    theirs = Participant.objects.get(user=family.youth)
    prepare.answer(participant=theirs, comes=True, now=family.now)
    prepare.remove(participant=theirs, by=family.worker, now=family.now)
    again = prepare.invite(
        conference=conference, member=family.member(family.youth), by=family.worker, now=family.now
    )
    # Asking twice is asking once.
    prepare.invite(
        conference=conference, member=family.member(family.youth), by=family.worker, now=family.now
    )
    mine = [m for m in invitations(conference) if m.recipient_key == f"user:{family.youth.pk}"]
    assert [(told_method(m), sequence(m)) for m in mine] == [
        ("REQUEST", 0),
        ("CANCEL", 1),
        ("REQUEST", 2),
    ]
    assert [m.template for m in mine] == [
        "conference_invited",
        "conference_changed",
        "conference_invited",
    ]
    assert again.comes is None
    assert told.still_planned(mine, family.now) == {mine[2].id}
    assert told.still_over([mine[1]], family.now) == set()


def test_somebody_outside_who_is_asked_again_gets_a_second_mail() -> None:
    family = Family()
    conference = family.planned()
    asks: Any = {
        "conference": conference,
        "name": "Dokter Vos",
        "works_at": "Huisartsen Dorp",
        "email": "praktijk@voordeur.example",
        "by": family.worker,
        "now": family.now,
    }
    who = prepare.invite_outside(**asks)
    prepare.remove(participant=who, by=family.worker, now=family.now)
    prepare.invite_outside(**asks)
    mine = [m for m in invitations(conference) if m.recipient_key == f"participant:{who.pk}"]
    assert [(told_method(m), sequence(m)) for m in mine] == [
        ("REQUEST", 0),
        ("CANCEL", 1),
        ("REQUEST", 2),
    ]


def test_a_resident_who_is_invited_again_gets_a_newer_appointment() -> None:
    family = Family()
    conference = family.planned()
    for invited in (False, True):
        prepare.say_about_resident(
            item=family.item(),
            invited=invited,
            why_not="" if invited else "U bent dan op reis.",
            by=family.worker,
            now=family.now,
        )
    mine = [m for m in invitations(conference) if m.recipient_kind == "resident"]
    assert [(told_method(m), sequence(m)) for m in mine] == [
        ("REQUEST", 0),
        ("CANCEL", 1),
        ("REQUEST", 2),
    ]


def test_another_time_asks_everybody_again_whether_they_come() -> None:
    family = Family()
    conference = family.planned()
    prepare.answer(
        participant=Participant.objects.get(user=family.youth), comes=True, now=family.now
    )
    moving: Any = {"conference": conference, "by": family.worker, "now": family.now}
    prepare.plan(starts_at=STARTS, ends_at=ENDS, place="Het dorpshuis", **moving)
    assert Participant.objects.get(user=family.youth).comes is True
    later = timedelta(days=1)
    prepare.plan(starts_at=STARTS + later, ends_at=ENDS + later, place="Het dorpshuis", **moving)
    assert Participant.objects.get(user=family.youth).comes is None


def test_no_message_says_what_it_is_about_and_a_residents_appointment_has_no_title() -> None:
    family = Family()
    conference = family.planned()
    family.write()
    for message in Message.objects.exclude(template="digest"):
        text = f"{message.context} {message.calendar}"
        assert "huur" not in text
        assert not ("MDO" in message.calendar and message.recipient_kind == "resident")
    resident = next(m for m in invitations(conference) if m.recipient_kind == "resident")
    assert "SUMMARY:Afspraak" in resident.calendar
    assert "Trefpunt" not in resident.calendar


def test_minutes_are_told_only_to_who_may_read_them() -> None:
    family = Family()
    family.planned()
    family.write()
    assert not Message.objects.filter(subject_kind=told.MINUTES).exists()
    prepare.share(
        item=family.item(),
        organisation=family.here["jeugd-punt"],
        how=PHONE,
        by=family.worker,
        now=family.now,
    )
    family.write(minutes="Meer.")
    keys = Message.objects.filter(subject_kind=told.MINUTES).values_list("recipient_key", flat=True)
    assert list(keys) == [f"user:{family.youth.pk}"]


def test_it_counts_as_held_once_it_has_begun() -> None:
    family = Family()
    conference = family.planned()
    family.write()
    assert Conference.objects.get(pk=conference.pk).status == "planned"
    family.write(now=STARTS + timedelta(minutes=1))
    assert Conference.objects.get(pk=conference.pk).status == "held"
    with pytest.raises(WrongMomentError):
        prepare.cancel(conference=conference, why="x", by=family.worker, now=family.now)


def test_an_action_is_due_for_who_does_it_on_a_working_day() -> None:
    family = Family()
    family.planned()
    participants = {p.user_id: p for p in Participant.objects.all()}
    own = record.add_action(
        item=family.item(),
        what="de verhuurder bellen",
        participant=participants[family.worker.pk],
        due_on=date(2026, 11, 28),
        by=family.worker,
        now=family.now,
    )
    assert (own.follow_up.due_on, own.follow_up.worker) == (date(2026, 11, 30), family.worker)
    # Somebody without a basis can't have it on their list: who asks for it watches over it.
    theirs = record.add_action(
        item=family.item(),
        what="school bellen",
        participant=participants[family.youth.pk],
        due_on=date(2026, 12, 2),
        by=family.worker,
        now=family.now,
    )
    assert theirs.follow_up.worker == family.worker
    # On the day itself it says whose it is and what to do about it.
    assert theirs.follow_up.what == f"vraag {family.youth} of dit gedaan is: school bellen"
    residents = record.add_action(
        item=family.item(),
        what="brieven verzamelen",
        participant=None,
        due_on=date(2026, 12, 2),
        by=family.worker,
        now=family.now,
    )
    assert residents.follow_up.waits_for == "resident"
    assert residents.follow_up.what == "vraag de inwoner of dit gedaan is: brieven verzamelen"
    follow_ups.done(follow_up=own.follow_up, by=family.worker, now=family.now)
    with pytest.raises(WrongMomentError):
        record.add_action(
            item=family.item(),
            what="te laat",
            participant=None,
            due_on=date(2026, 11, 20),
            by=family.worker,
            now=family.now,
        )


def test_an_mdo_stays_inside_its_partnership() -> None:
    family = Family()
    elsewhere = make.question(make.world("elders"), "geld")
    AgendaItem.objects.create(
        conference=family.proposed(), question=elsewhere, why="x", added_at=family.now
    )
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def entered(receipt: Any) -> Client:
    client = Client()
    client.post("/volg/", {"reference": receipt.reference, "code": receipt.code}, headers=HOST)
    return client


def test_the_pages_from_proposal_to_plan(settings: Any) -> None:
    settings.WELZIJN_DEMO = True
    family = Family(timezone.now())
    worker = signed_in(family.worker)
    proposing = f"/vraagstuk/{family.question.pk}/mdo/"
    assert worker.post(proposing, {"why": "Over de huur."}, headers=HOST).status_code == 302
    conference = Conference.objects.get()
    base, item = f"/mdo/{conference.pk}/", f"/mdo/punt/{family.item().pk}/"
    outside = {"name": "Dokter Vos", "works_at": "Huisarts", "email": "vos@voordeur.example"}
    day = (timezone.localdate() + timedelta(days=7)).isoformat()
    steps: list[tuple[str, dict[str, Any]]] = [
        (f"{base}tijd/", {"day": day, "begins": "10:00", "ends": "11:00", "place": "Trefpunt"}),
        (f"{base}nodig-uit/", {"member": str(family.member(family.youth).pk)}),
        (f"{base}nodig-uit/", outside),
        (base, {"komt": "ja"}),
        (f"{item}delen/", {"organisation": str(family.here["jeugd-punt"].pk), "how": "phone"}),
        (f"{item}verslag/", {"answer0": "rust", "plan": "Samen bellen.", "best": "yes"}),
        (f"{item}actie/", {"what": "bellen", "due_on": day}),
    ]
    for path, given in steps:
        assert worker.get(path, headers=HOST).status_code == 200
        assert worker.post(path, given, headers=HOST).status_code == 302, path
    assert worker.post(f"{base}nodig-uit/", {}, headers=HOST).status_code == 422
    text = entered(family.parents).get("/volg/vraag/mdo/", headers=HOST).content.decode()
    for shown in ("Samen bellen.", "Is dit de beste oplossing?", "Trefpunt", "de inwoner zelf"):
        assert shown in text
    assert "Samen bellen." not in (
        entered(family.son).get("/volg/vraag/mdo/", headers=HOST).content.decode()
    )
    assert worker.post(f"{base}zeg-af/", {"why": "Ziek."}, headers=HOST).status_code == 302


def test_somebody_from_outside_sees_time_and_place_only() -> None:
    family = Family(timezone.now())
    conference = family.planned(timezone.now() + timedelta(days=7))
    who = prepare.invite_outside(
        conference=conference,
        name="Dokter Vos",
        works_at="",
        email="vos@voordeur.example",
        by=family.worker,
        now=family.now,
    )
    page_of = f"/mdo/uitnodiging/{who.token}/"
    client = Client()
    text = client.get(page_of, headers=HOST).content.decode()
    assert "Het Trefpunt" in text
    for secret in (family.parents.reference, "huur", "Stimenz", str(family.worker)):
        assert secret not in text
    client.post(page_of, {"komt": "nee"}, headers=HOST)
    assert Participant.objects.get(pk=who.pk).comes is False
    make.world("elders")
    assert client.get(page_of, headers={"host": "elders.localhost"}).status_code == 404


def test_a_resident_asks_on_their_own_page() -> None:
    family = Family(timezone.now())
    client = entered(family.parents)
    assert client.post("/volg/vraag/mdo/", {"why": ""}, headers=HOST).status_code == 422
    asked = client.post("/volg/vraag/mdo/", {"why": "Met u allen."}, headers=HOST)
    assert asked.status_code == 302
    assert "Wij zoeken een dag" in client.get("/volg/vraag/mdo/", headers=HOST).content.decode()


def test_a_coordinator_proposes_by_reference_and_reads_nothing(settings: Any) -> None:
    settings.WELZIJN_DEMO = True
    family = Family(timezone.now())
    boss = signed_in(make.coordinator(family.here, "actief"))
    given = {"reference": family.parents.reference, "why": "Samen."}
    assert "/mdo/nieuw/" in boss.get("/mdo/", headers=HOST).content.decode()
    answer = boss.post("/mdo/nieuw/", given, headers=HOST)
    assert answer.status_code == 302
    text = boss.get(answer["Location"], headers=HOST).content.decode()
    assert family.parents.reference not in text
    assert "huur" not in text


def test_the_plan_asks_the_partnerships_own_questions_in_words() -> None:
    here = make.world()
    here.partnership.opening_questions = [
        {"key": "wat", "question": "Wat wilt u?", "informal": "Wat wil je?", "help": "Bijvoorbeeld"}
    ]
    held = Conference(partnership=here.partnership)
    assert record.opening_questions(held) == ["Wat wilt u?"]
    assert record.opening_questions(held, je=True) == ["Wat wil je?"]
