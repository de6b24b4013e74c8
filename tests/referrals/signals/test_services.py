"""Signals from practice: without persons, for one municipality each, with a dated answer."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.test import Client

from intake.questions.status import WrongMomentError
from intake.submission.submission import EnteredBy
from organisations.partnerships.models import Municipality
from organisations.roles import commands as role_commands
from organisations.roles.models import Role
from referrals.casework import pick_up
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.signals import services as verbs
from referrals.signals.models import Signal, SignalBundle
from tests.support import factories as make
from tests.support import guards
from welzijn.accounts.models import User
from welzijn.core.working_days import local_date
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
ON = local_date(make.TUESDAY)
MEETING = date(2026, 12, 3)
TEXT = "Na zes uur rijdt er geen bus. Mensen komen niet meer bij de eettafel."


class Practice:
    """Two municipalities with one practice, as in Asten and Someren."""

    def __init__(self) -> None:
        self.here = make.world()
        self.asten = self.here.partnership.municipalities.get()
        self.someren = Municipality.objects.create(code="GM0847", name="Someren")
        self.here.partnership.municipalities.add(self.someren)
        self.worker = make.professional(self.here, "stimenz")
        self.boss = make.coordinator(self.here)
        self.policy_asten = make.member(self.here, Role.MUNICIPALITY, municipality=self.asten)
        self.policy_someren = make.member(self.here, Role.MUNICIPALITY, municipality=self.someren)

    def write(self, *municipalities: Municipality, **changes: Any) -> list[Signal]:
        values: dict[str, Any] = {
            "partnership": self.here.partnership,
            "municipalities": municipalities or (self.asten,),
            "kind": Signal.Kind.RESIDENTS,
            "text": TEXT,
            "by": self.worker,
            "now": make.TUESDAY,
        }
        return verbs.write(**{**values, **changes})

    def bundle(self, *written: Signal, **changes: Any) -> SignalBundle:
        values: dict[str, Any] = {
            "partnership": self.here.partnership,
            "municipality": self.asten,
            "signals": written,
            "title": "Geen bus in de avond",
            "text": "In drie dorpen rijdt na zes uur niets.",
            "asks": "Een proef met de buurtbus.",
            "meeting_on": MEETING,
            "by": self.boss,
            "now": make.TUESDAY,
        }
        return verbs.bundle(**{**values, **changes})

    def sent(self, *written: Signal) -> SignalBundle:
        return verbs.send(
            bundle=self.bundle(*(written or self.write())), by=self.boss, now=make.TUESDAY
        )

    def answer(self, bundle: SignalBundle, **changes: Any) -> SignalBundle:
        values: dict[str, Any] = {
            "bundle": bundle,
            "answer": "Vanaf maart rijdt de buurtbus tot tien uur.",
            "answered_on": MEETING,
            "by": self.policy_asten,
            "now": make.TUESDAY + timedelta(days=10),
        }
        return verbs.record_answer(**{**values, **changes})


@pytest.fixture
def practice() -> Practice:
    return Practice()


def reads(user: User, model: Any) -> set[Any]:
    return set(model.objects.visible_to(user, ON).values_list("pk", flat=True))


@pytest.mark.parametrize(
    "text",
    [
        "Bel 06 12345678 maar eens.",
        "Zij woont op Dorpsstraat 12.",
        "Mail naar piet@voordeur.example.",
        "Zij is geboren op 3-4-1961.",
        "In 3881 AB is geen bus.",
    ],
)
def test_what_gives_a_person_away_is_refused(practice: Practice, text: str) -> None:
    with pytest.raises(ValidationError):
        practice.write(text=text)
    assert Signal.objects.count() == 0


def test_the_name_of_somebody_the_writer_helps_is_refused(practice: Practice) -> None:
    worker = make.intake_worker(practice.here, "stimenz")
    question = make.question(practice.here, "geld", name="Zeynep Yildiz")
    pick_up.pick_up(question=question, by=worker, now=make.TUESDAY)
    with pytest.raises(ValidationError, match="naam"):
        practice.write(by=worker, text="Zeynep wacht al weken op een brief.")
    # No error for others: it would reveal that she has a question.
    assert practice.write(text="Zeynep wacht al weken op een brief.")


def test_the_name_of_somebody_that_the_desk_wrote_down_is_refused(practice: Practice) -> None:
    desk = make.desk_worker(practice.here)
    make.submitted(
        practice.here,
        "geld",
        name="Zeynep Yildiz",
        entered_by=EnteredBy(user=desk, organisation=practice.here["welzijn"]),
    )
    with pytest.raises(ValidationError, match="naam"):
        practice.write(by=desk, text="Zeynep wacht al weken op een brief.")


def test_a_writer_without_a_role_is_not_notified(practice: Practice) -> None:
    bundle = practice.sent()
    held = practice.worker.memberships.get()
    role_commands.end(membership=held, by=practice.boss, now=make.TUESDAY)
    practice.answer(bundle)
    assert not Message.objects.filter(template="signal_answered").exists()
    assert reads(practice.worker, Signal) == reads(practice.worker, SignalBundle) == set()


def test_a_signal_for_two_municipalities_becomes_two_rows(practice: Practice) -> None:
    written = practice.write(practice.asten, practice.someren)
    assert {s.municipality for s in written} == {practice.asten, practice.someren}


def test_before_it_is_sent_only_the_writer_and_coordinators_read_it(practice: Practice) -> None:
    [signal] = practice.write()
    bundle = practice.bundle(signal)
    colleague = make.professional(practice.here, "stimenz")
    for user in (practice.worker, practice.boss):
        assert reads(user, Signal) == {signal.pk}
    for user in (colleague, practice.policy_asten, practice.policy_someren):
        assert reads(user, Signal) == set()
    assert reads(practice.boss, SignalBundle) == {bundle.pk}
    for user in (practice.worker, practice.policy_asten):
        assert reads(user, SignalBundle) == set()


def test_a_bundle_for_one_municipality_is_hidden_from_the_other(practice: Practice) -> None:
    bundle = practice.sent()
    assert reads(practice.policy_asten, SignalBundle) == {bundle.pk}
    assert reads(practice.policy_asten, Signal) == {bundle.signals.get().pk}
    assert reads(practice.policy_someren, SignalBundle) == set()
    assert reads(practice.policy_someren, Signal) == set()
    with pytest.raises(NotAllowedError):
        practice.answer(bundle, by=practice.policy_someren)


def test_another_partnership_reads_nothing(practice: Practice) -> None:
    practice.sent()
    there = make.world("elders")
    there.partnership.municipalities.add(practice.asten)
    for user in (
        make.coordinator(there),
        make.member(there, Role.MUNICIPALITY, municipality=practice.asten),
    ):
        assert reads(user, Signal) == reads(user, SignalBundle) == set()


def test_writers_are_notified_of_the_answer(practice: Practice) -> None:
    bundle = practice.answer(practice.sent())
    assert (bundle.answered_on, bundle.answer_recorded_by) == (MEETING, practice.policy_asten)
    notified = Message.objects.get(template="signal_answered")
    assert notified.recipient_key == f"user:{practice.worker.pk}"
    assert "bus" not in f"{notified.context}"


def test_an_answer_has_a_past_day_and_is_recorded_once(practice: Practice) -> None:
    bundle = practice.sent()
    for day in (date(2027, 3, 1), date(2026, 11, 1)):
        with pytest.raises(WrongMomentError):
            practice.answer(bundle, answered_on=day)
    practice.answer(bundle)
    with pytest.raises(WrongMomentError):
        practice.answer(bundle, answer="Toch niet.")


def test_a_draft_has_no_answer(practice: Practice) -> None:
    with pytest.raises(WrongMomentError):
        practice.answer(practice.bundle(*practice.write()), by=practice.boss)


def test_setting_aside_has_a_reason_that_the_writer_reads(practice: Practice) -> None:
    [signal] = practice.write()
    verbs.set_aside(signal=signal, why="Dit regelen wij zelf.", by=practice.boss, now=make.TUESDAY)
    assert Message.objects.filter(template="signal_answered").count() == 1
    with pytest.raises(WrongMomentError):
        practice.bundle(signal)


def test_a_signal_goes_in_one_bundle_of_its_own_municipality(practice: Practice) -> None:
    [signal] = practice.write()
    [other] = practice.write(practice.someren)
    practice.bundle(signal)
    for wrong in (signal, other):
        with pytest.raises(WrongMomentError):
            practice.bundle(wrong)


def test_only_practitioners_write_and_only_coordinators_bundle(practice: Practice) -> None:
    with pytest.raises(NotAllowedError):
        practice.write(by=practice.policy_asten)
    with pytest.raises(NotAllowedError):
        practice.bundle(*practice.write(), by=practice.worker)


def refused(rows: QuerySet[Any], match: str, **changes: Any) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        change(rows, **changes)


def change(rows: QuerySet[Any], **changes: Any) -> None:
    rows.update(**changes)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_the_database_enforces_isolation_and_sent_bundles(practice: Practice) -> None:
    [other] = practice.write(practice.someren)
    sent = practice.answer(practice.sent())
    drafted = practice.bundle(*practice.write())
    there = make.world("elders").partnership
    someren = Signal.objects.filter(pk=other.pk)
    inside = Signal.objects.filter(bundle=sent)
    answered = SignalBundle.objects.filter(pk=sent.pk)
    draft = SignalBundle.objects.filter(pk=drafted.pk)
    refused(someren, "signal_inside_wall", bundle=drafted)
    refused(someren, "signal_stands", bundle=sent)
    with guards.switched_off():
        refused(draft, "inside_wall", partnership=there)
    refused(inside, "signal_stands", bundle=None)
    with guards.switched_off():
        refused(inside, "signal_stands", text="anders")
    refused(answered, "signal_stands", text="anders")
    refused(answered, "signal_stands", answer="anders")
    refused(draft, "answer_dated", answer="iets")
    change(draft, text="Een draft mag nog anders.")


def test_the_municipality_does_not_read_who_wrote_it(practice: Practice, settings: Any) -> None:
    settings.WELZIJN_DEMO = True
    bundle = practice.sent()
    client = Client()
    client.force_login(practice.policy_asten)
    page = client.get(f"/signalen/bundel/{bundle.pk}/", headers={"host": "putten.localhost"})
    assert page.status_code == 200
    assert TEXT[:20] in page.content.decode()
    assert practice.worker.name not in page.content.decode()
