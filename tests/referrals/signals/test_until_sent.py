"""A signal and a bundle can change until they are sent; afterwards nothing does."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from intake.questions.status import WrongMomentError
from referrals.casework_base.acting_membership import NotAllowedError
from referrals.signals import changes
from referrals.signals import services as verbs
from referrals.signals.models import Signal, SignalBundle, SignalSupport
from tests.referrals.signals.test_services import MEETING, ON, TEXT, Practice
from tests.support import factories as make
from tests.support import guards
from tests.support.signing_in import signed_in
from welzijn.notifications.models import Message

pytestmark = pytest.mark.django_db
NOW = make.TUESDAY


def written(practice: Practice, by: object = None) -> Signal:
    return verbs.write(
        partnership=practice.here.partnership,
        municipalities=[practice.asten],
        kind=Signal.Kind.RESIDENTS,
        text=TEXT,
        by=by or practice.worker,  # type: ignore[arg-type]
        now=NOW,
    )[0]


def bundled(practice: Practice, *signals: Signal) -> SignalBundle:
    return verbs.bundle(
        partnership=practice.here.partnership, municipality=practice.asten, signals=signals,
        title="Vervoer", text="Er rijdt niets.", asks="Een bus.", meeting_on=MEETING,
        by=practice.boss, now=NOW,
    )  # fmt: skip


def test_the_writer_corrects_and_withdraws_while_it_waits() -> None:
    practice = Practice()
    signal = written(practice)
    changes.correct(
        signal=signal, kind=Signal.Kind.ROOM, text="Na acht uur.", by=practice.worker, now=NOW
    )
    signal.refresh_from_db()
    assert (signal.text, signal.kind, signal.redacted) == ("Na acht uur.", "room", False)
    with pytest.raises(ValidationError):
        changes.correct(
            signal=signal, kind=Signal.Kind.ROOM, text="Bel 06 12345678.", by=practice.worker,
            now=NOW,
        )  # fmt: skip
    colleague = make.professional(practice.here, "actief")
    for verb in (changes.withdraw, changes.support):
        with pytest.raises(NotAllowedError):
            verb(
                signal=signal,
                by=colleague if verb is changes.withdraw else practice.worker,
                now=NOW,
            )
    changes.withdraw(signal=signal, by=practice.worker, now=NOW)
    assert not Signal.objects.waiting().exists()
    with pytest.raises(WrongMomentError):
        changes.correct(
            signal=signal, kind=Signal.Kind.ROOM, text="Toch.", by=practice.worker, now=NOW
        )
    with pytest.raises(WrongMomentError):
        verbs.set_aside(signal=signal, why="Anders.", by=practice.boss, now=NOW)
    with pytest.raises(WrongMomentError):
        bundled(practice, signal)


def test_a_coordinator_redacts_until_it_is_sent_and_the_writer_is_told() -> None:
    practice = Practice()
    signal = written(practice)
    bundle = bundled(practice, signal)
    with pytest.raises(NotAllowedError):
        changes.redact(signal=signal, text="Korter.", by=practice.worker, now=NOW)
    changes.redact(signal=signal, text="Korter.", by=practice.boss, now=NOW)
    signal.refresh_from_db()
    assert (signal.text, signal.redacted) == ("Korter.", True)
    assert Message.objects.filter(subject_id=signal.pk).count() == 1
    with pytest.raises(WrongMomentError):
        changes.withdraw(signal=signal, by=practice.worker, now=NOW)
    verbs.send(bundle=bundle, by=practice.boss, now=NOW)
    with pytest.raises(WrongMomentError):
        changes.redact(signal=signal, text="Nog korter.", by=practice.boss, now=NOW)
    for change in (
        {"text": "Anders."},
        {"text": "Anders.", "edited_at": NOW + timedelta(minutes=1)},
    ):
        with pytest.raises(IntegrityError, match="signal_stands"), transaction.atomic():
            Signal.objects.filter(pk=signal.pk).update(edited_by=practice.boss, **change)


def test_a_colleague_who_sees_the_same_supports_it_once_without_reading_who_wrote_it() -> None:
    practice = Practice()
    signal = written(practice)
    colleague = make.professional(practice.here, "actief")
    assert list(Signal.objects.to_support(colleague, ON)) == [signal]
    assert not Signal.objects.to_support(practice.worker, ON).exists()
    assert not Signal.objects.to_support(
        make.professional(make.world("verderop"), "stimenz"), ON
    ).exists()
    for _twice in range(2):
        changes.support(signal=signal, by=colleague, now=NOW)
    assert SignalSupport.objects.get().organisation == practice.here["actief"]


def test_the_database_refuses_support_from_the_writer_and_from_elsewhere() -> None:
    practice = Practice()
    signal = written(practice)
    outsider = make.professional(make.world("elders"), "actief")
    colleague = make.professional(practice.here, "actief")
    for by, organisation in (
        (practice.worker, practice.here["stimenz"]),
        (outsider, outsider.memberships.get().organisation),
        (colleague, practice.here["stimenz"]),
    ):
        with pytest.raises(IntegrityError, match="inside_wall"), transaction.atomic():
            SignalSupport.objects.create(signal=signal, by=by, organisation=organisation, at=NOW)
    changes.support(signal=signal, by=colleague, now=NOW)


def test_a_bundle_changes_and_comes_apart_until_it_is_sent() -> None:
    practice = Practice()
    one, other = written(practice), written(practice)
    bundle = bundled(practice, one)
    changes.change_bundle(
        bundle=bundle, signals=[other], title="Bus", text="Er rijdt niets.", asks="Twee bussen.",
        meeting_on=MEETING, concerns=SignalBundle.Concerns.ALDERMAN, about_figure="aanbod",
        by=practice.boss, now=NOW,
    )  # fmt: skip
    bundle.refresh_from_db()
    assert (bundle.title, bundle.concerns, bundle.about_figure) == ("Bus", "alderman", "aanbod")
    assert list(bundle.signals.all()) == [other]
    assert list(Signal.objects.waiting()) == [one]
    changes.take_apart(bundle=bundle, by=practice.boss, now=NOW)
    assert Signal.objects.waiting().count() == 2
    assert not SignalBundle.objects.visible_to(practice.boss, ON).exists()
    for verb in (changes.take_apart, verbs.send):
        with pytest.raises(WrongMomentError):
            verb(bundle=bundle, by=practice.boss, now=NOW)
    sent = bundled(practice, one, other)
    verbs.send(bundle=sent, by=practice.boss, now=NOW)
    with pytest.raises(WrongMomentError):
        changes.take_apart(bundle=sent, by=practice.boss, now=NOW)
    with guards.switched_off():
        for change in (
            {"title": "Iets anders"},
            {"concerns": "manager"},
            {"about_figure": "wacht"},
        ):
            with pytest.raises(IntegrityError, match="signal_stands"), transaction.atomic():
                SignalBundle.objects.filter(pk=sent.pk).update(**change)


@pytest.mark.usefixtures("no_second_factor")
def test_the_pages_offer_each_change() -> None:
    here = make.world()
    host = {"host": "putten.localhost"}
    worker, boss = make.professional(here, "stimenz"), make.coordinator(here)
    mine, theirs = signed_in(worker), signed_in(boss)
    mine.post("/signalen/nieuw/", {"kind": "residents", "text": TEXT}, headers=host)
    signal = Signal.objects.get()
    path = f"/signalen/{signal.pk}"
    assert "Dit zie ik ook" not in mine.get("/signalen/", headers=host).content.decode()
    colleague = signed_in(make.professional(here, "actief"))
    assert TEXT in colleague.get("/signalen/", headers=host).content.decode()
    assert colleague.get(f"{path}/wijzig/", headers=host).status_code == 404
    colleague.post(f"{path}/doe/", {"wat": "zie-ik-ook"}, headers=host)
    assert "1 collega ziet dit ook" in theirs.get("/signalen/", headers=host).content.decode()
    mine.post(f"{path}/wijzig/", {"kind": "room", "text": "Na acht uur."}, headers=host)
    theirs.post(f"{path}/wijzig/", {"text": "Laat op de avond."}, headers=host)
    signal.refresh_from_db()
    assert signal.text == "Laat op de avond."
    assert (
        "weggehaald wat iemand herkenbaar" in mine.get("/signalen/", headers=host).content.decode()
    )
    mine.post(f"{path}/doe/", {"wat": "trek-in"}, headers=host)
    assert "U heeft dit ingetrokken." in mine.get("/signalen/", headers=host).content.decode()


@pytest.mark.usefixtures("no_second_factor")
def test_the_page_of_a_draft_changes_it_and_takes_it_apart() -> None:
    practice, host = Practice(), {"host": "putten.localhost"}
    one, other = written(practice), written(practice)
    bundle = bundled(practice, one)
    boss, path = signed_in(practice.boss), f"/signalen/bundel/{bundle.pk}"
    assert f"/signalen/{one.pk}/wijzig/" in boss.get(f"{path}/", headers=host).content.decode()
    data = boss.get(f"{path}/wijzig/", headers=host).context["form"].initial
    data |= {
        "signals": [other.pk],
        "title": "Bus",
        "concerns": "alderman",
        "about_figure": "aanbod",
    }
    data["meeting_on"] = f"{MEETING}"
    assert boss.post(f"{path}/wijzig/", data, headers=host)["location"] == f"{path}/"
    bundle.refresh_from_db()
    assert (bundle.title, bundle.concerns, bundle.about_figure) == ("Bus", "alderman", "aanbod")
    assert list(bundle.signals.all()) == [other]
    redacted = boss.post(f"/signalen/{other.pk}/wijzig/", {"text": "Korter."}, headers=host)
    assert redacted["location"] == f"{path}/"
    boss.post(f"{path}/wijzig/", {"wat": "uit-elkaar"}, headers=host)
    assert boss.get(f"{path}/", headers=host).status_code == 404
    assert set(Signal.objects.waiting()) == {one, other}
