"""What was practised is gone when a rehearsal ends, and nothing of it ever left."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from intake.questions.models import Decision, Question
from organisations.partnerships.models import Partnership
from organisations.rehearsal import rehearsing
from referrals.retention.models import DeletionProof
from tests.referrals.retention import personal_traces
from tests.referrals.retention.full_case import everything
from tests.referrals.retention.personal_traces import WORD
from tests.support import factories as make
from tests.support.all_roles import _signals
from welzijn.accounts import invitation
from welzijn.notifications import message_kinds
from welzijn.notifications.delivery import sweep
from welzijn.notifications.models import Message, Status

NOW = make.TUESDAY
# Who looked, without at what; that something was wiped; and what the partnership set up itself.
KEPT = {"AccessEvent", "DeletionProof"}


def rehearsal() -> make.World:
    here = make.world()
    Partnership.objects.filter(pk=here.partnership.pk).update(live=False)
    here.partnership.refresh_from_db()
    rehearsing.start(partnership=here.partnership, now=NOW)
    here.partnership.refresh_from_db()
    return here


def of_cases() -> Iterator[type[Model]]:
    for model in apps.get_models():
        if model._meta.app_label in ("intake", "referrals", "notifications", "audit") and any(
            field.name == "partnership" for field in model._meta.fields
        ):
            yield model


@pytest.mark.django_db(transaction=True)
def test_a_rehearsal_ends_without_a_trace() -> None:
    here = rehearsal()
    question = everything(here)
    _signals(
        here,
        {
            "worker_own": make.professional(here, "stimenz"),
            "coordinator_own": make.coordinator(here, "stimenz"),
            "coordinator_other": make.coordinator(here, "actief"),
        },
        NOW,
    )
    personal_traces.plant(question)
    needles = [WORD, *personal_traces.ids_of(question).values()]
    assert personal_traces.traces(needles)
    there = {model.__name__ for model in of_cases() if model._default_manager.exists()}
    assert {
        "Question",
        "Decision",
        "Message",
        "ReportCell",
        "Correction",
        "Spread",
        "SignalBundle",
    } <= there

    assert rehearsing.end(partnership=here.partnership, now=NOW) == 2

    assert personal_traces.traces(needles) == []
    assert {m.__name__ for m in of_cases() if m._default_manager.exists()} <= KEPT
    here.partnership.refresh_from_db()
    assert here.partnership.rehearsing_since is None
    proofs = DeletionProof.objects.values_list("rule", "years")
    assert set(proofs) == {("oefening", 0)}


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_question_leaves_and_an_invitation_does() -> None:
    here = rehearsal()
    everything(here)
    about = Message.objects.exclude(about_id=None)
    assert set(about.values_list("status", flat=True)) <= {Status.REHEARSED, Status.SHOWN}
    assert about.filter(status=Status.REHEARSED, recipient_kind="resident").exists()
    mail.outbox.clear()
    sweep(now=NOW)
    assert mail.outbox == []
    with transaction.atomic():
        newcomer = make.user("Ali")
        newcomer.set_unusable_password()
        newcomer.save()
        invitation.queue(
            user=newcomer, partnership_id=here.partnership.pk, invited_by="", role="", now=NOW
        )
    sweep(now=NOW)
    assert len(mail.outbox) == 1
    # Whatever the code does: the database doesn't let one become due.
    Message.objects.filter(status=Status.REHEARSED).update(status=Status.WAITING)
    assert not Message.objects.filter(status=Status.WAITING).exclude(about_id=None).exists()


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_beginning_and_end() -> None:
    here = rehearsal()
    place = Partnership.objects.filter(pk=here.partnership.pk)
    with pytest.raises(IntegrityError, match="partnership_rehearses_closed"):
        place.update(live=True)
    question = make.question(here, "geld")
    with pytest.raises(IntegrityError, match="without a question"):
        place.update(rehearsing_since=None)
    with pytest.raises(IntegrityError, match="evidence"), transaction.atomic():
        Decision.objects.filter(question=question)._raw_delete("default")
    rehearsing.wipe(partnership=here.partnership, now=NOW)
    place.update(rehearsing_since=None, live=True)
    real = make.question(here, "geld")
    for statement in (
        "SELECT evidence_open_rehearsal(%s)",
        "UPDATE organisations_partnership SET live = false, rehearsing_since = now() WHERE id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [here.partnership.pk])
    with (
        pytest.raises(IntegrityError, match="open question"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT evidence_open(gen_random_uuid(), 'oefening', %s)", [[real.pk]])
    assert Question.objects.filter(pk=real.pk).exists()


def test_what_leaves_a_rehearsal_is_named() -> None:
    assert message_kinds.setup_kinds() == {
        "accounts.invitation",
        "accounts.mail",
        "colleagues.account_changed",
        "colleagues.request_asked",
        "colleagues.request_done",
        "organisations.role_granted",
        "organisations.role_proposed",
        "organisations.rules_answered",
        "organisations.rules_asked",
        "organisations.rules_published",
        "partnership_editor.text_proposed",
        "set_aside",
        "sign_on.proposed",
        "sign_on.refused",
        "single_sign_on.address_changed",
    }
