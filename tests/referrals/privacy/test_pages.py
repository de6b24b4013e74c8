"""The privacy officer's pages: all lines, disclosures, findings, unusual looks, requests."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from intake.questions.models import Question
from organisations.roles.models import Role
from referrals.casework import withdraw as casework_withdraw
from referrals.meldcode import services as meldcode
from referrals.meldcode.models import MeldcodeStep
from referrals.privacy import findings, log_sampling, unusual
from referrals.privacy.models import DataRequest, Finding
from referrals.retention.models import DeletionProof
from tests.referrals.retention.full_case import with_terms
from tests.support import factories as make
from tests.support.factories import World
from tests.support.signing_in import signed_in
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent
from welzijn.audit.reasons import Reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_second_factor")]
HOST = {"host": "putten.localhost"}


@pytest.fixture
def here() -> World:
    return make.world()


@pytest.fixture
def officer(here: World) -> Client:
    return signed_in(make.member(here, Role.PRIVACY_OFFICER))


def looked(here: World, who: User, question: Question, **fields: Any) -> None:
    values: dict[str, Any] = {"now": timezone.now(), "action": AccessEvent.Action.READ}
    with transaction.atomic():
        access_log.record(
            access_log.event(
                partnership_id=here.partnership.pk,
                actor=who,
                organisation_id=here["stimenz"].pk,
                what="question",
                question_id=question.pk,
                **{**values, **fields},
            )
        )


def text_of(client: Client, path: str, **given: Any) -> str:
    return client.get(path, given, headers=HOST).content.decode()


def test_all_a_colleague_opened_also_last_year(here: World, officer: Client) -> None:
    who, other = make.intake_worker(here, "stimenz"), make.intake_worker(here, "stimenz")
    old, new, theirs = (make.question(here, "geld", now=timezone.now()) for _ in range(3))
    looked(here, who, old, now=timezone.now() - timedelta(days=400))
    looked(here, who, new)
    looked(here, other, theirs)
    text = text_of(officer, "/beheer/inzage/logboek/", medewerker=who.pk)
    assert old.reference in text
    assert new.reference in text
    assert theirs.reference not in text


def test_all_who_opened_a_question_paged(here: World, officer: Client) -> None:
    question = make.question(here, "geld", now=timezone.now())
    who = make.intake_worker(here, "stimenz")
    for _ in range(101):
        looked(here, who, question)
    path = "/beheer/inzage/logboek/"
    first = text_of(officer, path, kenmerk=question.reference)
    assert "101 regels" in first
    assert first.count("vd-reference") == 100
    assert text_of(officer, path, kenmerk=question.reference, pagina=2).count("vd-reference") == 1


def test_lists_stand_apart_from_what_was_opened(here: World, officer: Client) -> None:
    opened, listed = (make.question(here, "geld", now=timezone.now()) for _ in range(2))
    who = make.intake_worker(here, "stimenz")
    looked(here, who, opened)
    looked(here, who, listed, action=AccessEvent.Action.LIST)
    path = "/beheer/inzage/logboek/"
    text = text_of(officer, path, medewerker=who.pk)
    assert (opened.reference in text, listed.reference in text) == (True, False)
    text = text_of(officer, path, medewerker=who.pk, soort="lijst")
    assert (opened.reference in text, listed.reference in text) == (False, True)


@pytest.mark.parametrize(
    "path", ["/beheer/inzage/", "/beheer/inzage/logboek/", "/beheer/inzage/gewist/"]
)
def test_reversed_days_are_said_and_show_nothing(here: World, officer: Client, path: str) -> None:
    question = make.question(here, "geld", now=timezone.now())
    looked(here, make.intake_worker(here, "stimenz"), question)
    text = text_of(officer, path, van="2026-11-30", tot="2026-11-01")
    assert "De laatste dag ligt vóór de eerste." in text
    assert question.reference not in text


@pytest.mark.parametrize("path", ["/beheer/inzage/", "/beheer/inzage/logboek/"])
@pytest.mark.parametrize("typed", ["ZZZZ-ZZZZ", "onzin", "OTHER"])
def test_an_unknown_reference_is_said_and_shows_nothing(
    here: World, officer: Client, path: str, typed: str
) -> None:
    question = make.question(here, "geld", now=timezone.now())
    looked(here, make.intake_worker(here, "stimenz"), question)
    elsewhere = make.question(make.world("elders"), "geld")
    text = text_of(officer, path, kenmerk=elsewhere.reference if typed == "OTHER" else typed)
    assert "Er is geen vraag met dit kenmerk" in text
    assert question.reference not in text


def test_the_download_has_every_line_with_formulas_escaped(here: World, officer: Client) -> None:
    question = make.question(here, "geld", now=timezone.now())
    who = make.intake_worker(here, "stimenz", who=make.user("=HYPERLINK(1)"))
    for _ in range(101):
        looked(here, who, question, reason="+cmd")
    answer = officer.get(
        "/beheer/inzage/logboek.csv", {"kenmerk": question.reference}, headers=HOST
    )
    lines = answer.content.decode().splitlines()
    assert len(lines) == 102
    assert "'=HYPERLINK(1)" in lines[1]
    assert "'+cmd" in lines[1]
    assert AccessEvent.objects.filter(what="log", action="export").count() == 1


def reported(here: World) -> Question:
    question = make.question(here, "geld", now=timezone.now())
    meldcode.report(
        question=question,
        way=MeldcodeStep.Way.PHONE,
        ground=MeldcodeStep.Ground.DANGER,
        reason="acuut gevaar thuis",
        done_on=timezone.localdate(),
        note="gebeld",
        hide_until=None,
        by=make.intake_worker(here, "stimenz"),
        now=timezone.now(),
    )
    return question


def test_a_report_to_veilig_thuis_is_in_the_register(here: World, officer: Client) -> None:
    assert "Nooit." in text_of(officer, "/beheer/inzage/")
    question = reported(here)
    text = text_of(officer, "/beheer/inzage/")
    assert "Nooit." not in text
    assert "acuut gevaar thuis" in text
    assert question.reference in text
    register = log_sampling.register(partnership=here.partnership)
    assert ("Veilig Thuis", 1) in [(one.receiver, one.ever) for one in register]


def test_a_finding_is_recorded_and_shown(here: World, officer: Client) -> None:
    reported(here)
    [one] = findings.disclosures(partnership=here.partnership)
    given = {"about": one.key, "outcome": "right", "note": "Nagevraagd bij de medewerker"}
    assert officer.post("/beheer/inzage/bevinding/", given, headers=HOST).status_code == 302
    assert Finding.objects.get().question_id == one.question
    assert AccessEvent.objects.get(what="finding").reason == Reason.FINDING
    assert "Nagevraagd bij de medewerker" in text_of(officer, "/beheer/inzage/")
    given["about"] = "basis:of-elsewhere"
    assert officer.post("/beheer/inzage/bevinding/", given, headers=HOST).status_code == 404


def rules_of(here: World) -> set[tuple[str, int]]:
    found = unusual.of(partnership=here.partnership, now=timezone.now())
    return {(one.rule, one.number) for one in found}


def test_each_rule_finds_its_pattern_and_no_other(here: World, officer: Client) -> None:
    who = make.intake_worker(here, "stimenz", who=make.user("Ömer van den Berg"))
    now = timezone.now()
    assert rules_of(here) == set()
    looked(here, who, make.question(here, "geld", name="Ilse van den Bérg", now=now))
    assert rules_of(here) == {("name", 1)}
    street = [make.question(here, "geld", now=now) for _ in range(3)]
    Question.objects.filter(pk__in=[q.pk for q in street]).update(postcode="3881AB")
    for question in street:
        looked(here, who, question)
    assert rules_of(here) == {("name", 1), ("street", 3)}
    for days in (1, 2):
        looked(here, who, street[0], now=now - timedelta(days=days))
    assert rules_of(here) == {("name", 1), ("street", 3), ("no_work", 3)}
    Question.objects.filter(pk__in=[q.pk for q in street]).update(assigned_to=who)
    assert rules_of(here) == {("name", 1)}
    text = text_of(officer, "/beheer/inzage/opvallend/")
    assert "dezelfde achternaam" in text
    assert "Ilse" not in text


def test_many_questions_on_one_day(here: World) -> None:
    who = make.intake_worker(here, "stimenz")
    noon: datetime = timezone.now()
    for n in range(unusual.MANY_A_DAY + 1):
        assert rules_of(here) == set(), n
        looked(here, who, make.question(here, "geld", now=noon), now=noon)
    assert rules_of(here) == {("many", unusual.MANY_A_DAY + 1)}


def requested(officer: Client, question: Question, kind: str) -> str:
    answer = officer.post(
        "/beheer/inzage/verzoeken/",
        {
            "kenmerk": question.reference,
            "kind": kind,
            "proof": "spoken",
            "received_on": timezone.localdate().isoformat(),
        },
        headers=HOST,
    )
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_request_for_access_gives_the_file_and_the_resident_reads_of_it(
    here: World, officer: Client
) -> None:
    with_terms(here)
    question = make.question(here, "geld", words="Een brief", now=timezone.now())
    path = requested(officer, question, "access")
    answer = officer.post(path, {"wat": "inzage"}, headers=HOST)
    assert "Een brief" in answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]
    assert DataRequest.objects.get().status == "granted"
    assert AccessEvent.objects.get(question_id=question.pk, action="export").actor is not None


@pytest.mark.django_db(transaction=True)
def test_a_request_for_erasure_erases_an_ended_question(here: World, officer: Client) -> None:
    with_terms(here)
    question = make.question(here, "geld", now=timezone.now())
    path = requested(officer, question, "erasure")
    officer.post(path, {"wat": "wis"}, headers=HOST)
    assert Question.objects.filter(pk=question.pk).exists()
    casework_withdraw.withdraw(question=question, now=timezone.now())
    officer.post(path, {"wat": "wis"}, headers=HOST)
    assert not Question.objects.filter(pk=question.pk).exists()
    assert DeletionProof.objects.get().rule == "verzoek"
    # What was refused for now is no erasure in the log either.
    logged = AccessEvent.objects.get(what="data request", action="change")
    assert (logged.reason, logged.question_id) == (Reason.DATA_REQUEST_HANDLED, None)


def test_a_request_is_refused_with_a_reason(here: World, officer: Client) -> None:
    path = requested(officer, make.question(here, "geld", now=timezone.now()), "erasure")
    assert officer.post(path, {"wat": "weiger"}, headers=HOST).status_code == 422
    officer.post(path, {"wat": "weiger", "reason": "De wet vraagt bewaren"}, headers=HOST)
    assert DataRequest.objects.get().status == "refused"
