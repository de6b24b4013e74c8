"""A mail server that refuses everything marks no address: a real one on loopback."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from intake.people.models import ContactDetail
from intake.submission.submission import ContactChoices
from organisations.administration import stuck_rows
from organisations.roles.models import Role
from referrals.casework import pick_up
from tests.support import factories as make
from tests.welzijn.notifications.conftest import TUESDAY, by_mail, by_text
from tests.welzijn.notifications.test_one_recipient import serve
from tests.welzijn.notifications.test_sms import Service, service  # noqa: F401
from welzijn.core.ids import uuid7
from welzijn.devtools.bench.outbox.misbehaving_server import Fault, MisbehavingServer
from welzijn.notifications import message_kinds
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message, Refusal, Status
from welzijn.notifications.recipients import Recipient
from welzijn.sweeps.models import SetAside

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
ADDRESSES = [f"r{n}@d{n}.example" for n in range(8)]
EVERYTHING = {
    "550 at RCPT": Fault("RCPT", "550"),
    "550 5.1.1 at RCPT": Fault("RCPT", "550 5.1.1"),
    "550 5.7.1 at RCPT": Fault("RCPT", "550 5.7.1"),
    "554 at RCPT": Fault("RCPT", "554"),
    "530 at DATA": Fault("DATA", "530"),
    "550 after DATA": Fault("DOT", "550"),
}


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """What workers would hear: of closed addresses and of other failures."""
    found: list[Message] = []

    def hear(message: Message, _now: datetime) -> None:
        found.append(message)

    for name in ("_bounce_subscribers", "_delivery_failure_subscribers"):
        monkeypatch.setattr(message_kinds, name, [hear])
    return found


def put(queue: Any, addresses: list[str]) -> list[Message]:
    return [queue(by_mail(address), about_id=uuid7())[0] for address in addresses]


def statuses() -> set[str]:
    return set(Message.objects.filter(subject_kind="test").values_list("status", flat=True))


def shown() -> list[SetAside]:
    return list(SetAside.objects.filter(sweep="mail.refused"))


@pytest.mark.parametrize("how", EVERYTHING)
def test_messages_are_kept_and_no_address_is_marked(
    queue: Any, settings: Any, truth: Any, heard: list[Message], how: str
) -> None:
    with MisbehavingServer(dict.fromkeys(ADDRESSES, EVERYTHING[how])) as server:
        serve(settings, server)
        put(queue, ADDRESSES)
        tally = sweep(now=TUESDAY)
        assert {channel.value for channel in tally.down} == {"email"}
        assert len(server.tried) == 3
        now = TUESDAY
        for _ in range(40):
            now += 30 * MINUTE
            sweep(now=now)
        assert (statuses(), heard, truth.bounced) == ({Status.WAITING}, [], [])
        # None runs out of attempts meanwhile.
        assert max(Message.objects.values_list("attempts", flat=True)) <= 1
        [row] = shown()
        assert row.notified_at is not None
        server.faults = {}
        sweep(now=now + 2 * timedelta(hours=1))
        sweep(now=now + 4 * timedelta(hours=1))
        assert sorted(set(server.recipients())) == ADDRESSES
        assert (statuses(), shown(), Refusal.objects.count()) == ({Status.SENT}, [], 0)


def test_the_sender_that_is_refused_is_never_the_recipients_fault(
    queue: Any, settings: Any, truth: Any, heard: list[Message]
) -> None:
    faults = [Fault("MAIL", "550 5.1.8")] * 50
    with MisbehavingServer(connection_faults=faults) as server:
        serve(settings, server)
        put(queue, ADDRESSES)
        sweep(now=TUESDAY)
        sweep(now=TUESDAY + 5 * MINUTE)
        assert (statuses(), heard, truth.bounced) == ({Status.WAITING}, [], [])
        assert len(shown()) == 1


def test_one_by_one_it_is_noticed_as_well_and_what_was_believed_is_taken_back(
    queue: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    good: list[Message] = []
    monkeypatch.setattr(
        message_kinds, "_arrival_subscribers", [lambda message, _now: good.append(message)]
    )
    with MisbehavingServer(dict.fromkeys(ADDRESSES, Fault("RCPT", "550"))) as server:
        serve(settings, server)
        now = TUESDAY
        for address in ADDRESSES[:4]:
            put(queue, [address])
            sweep(now=now)
            now += 20 * MINUTE
        assert statuses() == {Status.WAITING}
        assert len(good) == 2
        assert len(shown()) == 1


def test_a_single_address_that_is_gone_is_told_at_once(
    queue: Any, settings: Any, truth: Any
) -> None:
    with MisbehavingServer({ADDRESSES[0]: Fault("RCPT", "550 5.1.1")}) as server:
        serve(settings, server)
        [gone] = put(queue, ADDRESSES[:1])
        sweep(now=TUESDAY)
        assert truth.bounced == [gone.subject_id]
        assert shown() == []


def test_addresses_that_are_gone_between_mails_that_go_are_closed(
    queue: Any, settings: Any, truth: Any
) -> None:
    gone = ADDRESSES[::2]
    with MisbehavingServer(dict.fromkeys(gone, Fault("RCPT", "550"))) as server:
        serve(settings, server)
        put(queue, ADDRESSES)
        sweep(now=TUESDAY)
        assert server.recipients() == ADDRESSES[1::2]
        assert len(truth.bounced) == len(gone)
        assert (shown(), Refusal.objects.count()) == ([], 0)


def test_three_that_are_gone_in_a_row_hold_up_nobody_for_long(
    queue: Any, settings: Any, truth: Any
) -> None:
    gone = ADDRESSES[:3]
    with MisbehavingServer(dict.fromkeys(gone, Fault("RCPT", "550"))) as server:
        serve(settings, server)
        put(queue, ADDRESSES)
        sweep(now=TUESDAY)
        assert truth.bounced == []
        # The others went before; then the server still refuses these three.
        for minutes in (1, 2, 3):
            sweep(now=TUESDAY + minutes * MINUTE)
        assert server.recipients() == ADDRESSES[3:]
        assert len(truth.bounced) == 3
        assert shown() == []


def test_many_of_one_provider_alike_are_not_believed_either(
    queue: Any, settings: Any, truth: Any
) -> None:
    addresses = [f"r{n}@example.nl" for n in range(6)]
    with MisbehavingServer(dict.fromkeys(addresses, Fault("RCPT", "550"))) as server:
        serve(settings, server)
        put(queue, addresses)
        sweep(now=TUESDAY)
        assert (truth.bounced, statuses()) == ([], {Status.WAITING})
        assert len(shown()) == 1


def test_another_answer_is_another_class(queue: Any, settings: Any, truth: Any) -> None:
    faults = {a: Fault("RCPT", f"55{n % 2} 5.{n % 7}.1") for n, a in enumerate(ADDRESSES[:4])}
    with MisbehavingServer(faults) as server:
        serve(settings, server)
        put(queue, ADDRESSES[:4])
        sweep(now=TUESDAY)
        assert shown() == []
        assert Status.WAITING not in statuses()


def test_a_daily_mail_is_never_ended_by_it(queue: Any, settings: Any) -> None:
    morning = TUESDAY + timedelta(hours=21)
    worker = Recipient.user(uuid7(), email=ADDRESSES[0])
    with MisbehavingServer({ADDRESSES[0]: Fault("RCPT", "550")}) as server:
        serve(settings, server)
        queue(worker, template="followup_due", context={"reference": "PT-1"})
        sweep(now=morning)
        assert Message.objects.get(template="digest").status == Status.WAITING
        server.faults = {}
        sweep(now=morning + 5 * MINUTE)
        assert server.recipients() == [ADDRESSES[0]]


def test_texts_that_are_all_refused_close_no_number(
    queue: Any,
    service: Service,  # noqa: F811
    truth: Any,
) -> None:
    service.answer = (400, {"errors": [{"error": "ValidationError", "message": "phone_number"}]})
    for number in range(5):
        queue(by_text(f"+3161234567{number}"))
    sweep(now=TUESDAY)
    assert (statuses(), truth.bounced) == ({Status.WAITING}, [])
    assert [row.key for row in shown()] == ["sms"]


def test_residents_keep_their_addresses_and_administrators_hear_it_once(settings: Any) -> None:
    here = make.world()
    administrator = make.member(here, Role.ADMINISTRATOR)
    worker = make.intake_worker(here, "stimenz")
    for address in ADDRESSES[:5]:
        reach = ContactChoices(email=address, ways=("email",), may_say_who=True)
        question = make.question(here, "geld", reach=reach, now=TUESDAY)
        pick_up.pick_up(question=question, by=worker, now=TUESDAY)
    everyone = dict.fromkeys(
        [*ADDRESSES, *Message.objects.values_list("address", flat=True)], Fault("RCPT", "550")
    )
    with MisbehavingServer(everyone) as server:
        serve(settings, server)
        for minutes in range(0, 600, 5):
            sweep(now=TUESDAY + minutes * MINUTE)
    assert not ContactDetail.objects.exclude(bounced_at=None).exists()
    assert not Message.objects.filter(status__in=[Status.BOUNCED, Status.FAILED]).exists()
    assert not Message.objects.filter(subject_kind="message.returned").exists()
    alarm = Message.objects.filter(template="mail_refused", channel="email")
    assert [(m.recipient_key, m.urgent) for m in alarm] == [(f"user:{administrator.pk}", True)]
    assert "geweigerd" in stuck_rows.of(here.partnership)[0].what
