"""A partnership with every role and a row of every kind, and all addresses of the product."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from intake.attachments.models import MediaType, Scan
from intake.attachments.services import Examined
from intake.questions.models import Question, SetAside, SharingBasis
from intake.submission.submission import EnteredBy
from organisations.colleagues.models import AccountRequest
from organisations.roles.models import Role
from organisations.rule_sets import drafts as rule_sets
from organisations.sign_on.models import SignOnSetting
from referrals.attachments import services as attachment_services
from referrals.casework.pick_up import pick_up
from referrals.conferences import invitations as conference_invitations
from referrals.conferences import planning as conference_planning
from referrals.consultations import services as consultation_services
from referrals.handovers import services as handover_services
from referrals.privacy import withholding
from referrals.privacy.models import DataRequest
from referrals.resident_portal import data_requests
from referrals.signals import services as signal_services
from referrals.signals.models import Signal, SignalBundle
from tests.invariants.figure_rows import FIGURE_ARGUMENTS
from tests.support import factories as make
from tests.support import learning
from tests.support.partnership_changes import a_change_and_a_proposal
from welzijn.accounts.models import User
from welzijn.audit import access_log
from welzijn.audit.models import AccessEvent

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _patterns(resolver: URLResolver | Any) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


def own_addresses() -> dict[str, URLPattern]:
    """Return every named address that is not allauth's."""
    return {
        str(p.name): p
        for p in _patterns(get_resolver())
        if not p.callback.__module__.startswith(("allauth", "django.views.generic"))
    }


@dataclass(slots=True)
class Scenario:
    """A partnership with every role, and the ids that addresses take."""

    here: make.World
    people: dict[str, User]
    elsewhere: dict[str, User]
    arguments: dict[str, Any]


def _people(of: make.World) -> dict[str, User]:
    place = of.places["dorp"]
    municipality = of.partnership.municipalities.get()
    return {
        "desk_own": make.desk_worker(of, "stimenz"),
        "desk_other": make.desk_worker(of, "jeugd-punt"),
        "worker_own": make.intake_worker(of, "stimenz"),
        "worker_other": make.intake_worker(of, "jeugd-punt"),
        "plain_other": make.professional(of, "actief"),
        "triage": make.triagist(of),
        "lead_of_place": make.member(of, Role.NEIGHBOURHOOD_LEAD, neighbourhood=place),
        "coordinator_own": make.coordinator(of, "stimenz", reads_new=True),
        "coordinator_other": make.coordinator(of, "jeugd-punt", reads_new=True),
        "municipality": make.member(of, Role.MUNICIPALITY, municipality=municipality),
        "alderman": make.member(of, Role.ALDERMAN, municipality=municipality),
        "partner": make.member(of, Role.PARTNER_DOOR),
        "administrator": make.member(of, Role.ADMINISTRATOR),
        "privacy": make.member(of, Role.PRIVACY_OFFICER),
    }


def _signals(of: make.World, people: dict[str, User], now: datetime) -> tuple[Signal, SignalBundle]:
    """Return a waiting signal, and a sent bundle with a signal of worker_own."""
    municipality = of.partnership.municipalities.get()
    sent, waiting = (
        signal_services.write(
            partnership=of.partnership,
            municipalities=[municipality],
            kind=Signal.Kind.TIME,
            text="Er is te weinig tijd om samen op huisbezoek te gaan.",
            by=by,
            now=now,
        )[0]
        for by in (people["worker_own"], people["coordinator_other"])
    )
    bundle = signal_services.bundle(
        partnership=of.partnership,
        municipality=municipality,
        signals=[sent],
        title="Tijd",
        text="Samen op huisbezoek lukt niet.",
        asks="Een uur in de week.",
        meeting_on=timezone.localdate() + timedelta(days=7),
        concerns=SignalBundle.Concerns.ALDERMAN,
        by=people["coordinator_own"],
        now=now,
    )
    signal_services.send(bundle=bundle, by=people["coordinator_own"], now=now)
    return waiting, bundle


@pytest.fixture
def scenario(settings: Any) -> Scenario:
    """A question at Stimenz with a handover offered to Jeugd-Punt, and rows of every kind."""
    settings.WELZIJN_DEMO = True
    here, there = make.world(), make.world("elders")
    people, elsewhere = _people(here), _people(there)
    now = timezone.now()
    entered_by = EnteredBy(user=people["desk_own"], organisation=here["stimenz"])
    receipt = make.submitted(here, "geld", now=now, entered_by=entered_by, postcode="3881")
    question = Question.objects.get(pk=receipt.question.pk)
    SetAside.objects.create(
        question=question,
        at=now,
        why=SetAside.Why.MANY,
        released_at=now,
        decided_by=people["coordinator_own"],
    )
    pick_up(question=question, by=people["worker_own"], now=now)
    question.refresh_from_db()
    attachment_services.add_by_staff(
        question=question,
        given=[Examined(MediaType.PDF, b"%PDF-1.4 %%EOF", Scan.NOT_SCANNED)],
        for_resident=True,
        by=people["worker_own"],
        now=now,
    )
    consultation = consultation_services.ask(
        question=question,
        to=here["jeugd-punt"],
        text="Wat raad je aan bij een moeilijke brief?",
        by=people["worker_own"],
        now=now,
    )
    offered = handover_services.propose(
        question=question,
        to=here["jeugd-punt"],
        why="Zij weten meer van school.",
        summary="Het gaat over geld voor school.",
        by=people["worker_own"],
        now=now,
        yes_how=SharingBasis.How.PHONE,
    )
    opened = access_log.event(
        now=now,
        partnership_id=here.partnership.pk,
        action=AccessEvent.Action.READ,
        what="question",
        actor=people["worker_own"],
        organisation_id=here["stimenz"].pk,
        question_id=question.pk,
    )
    access_log.record(opened)
    withheld = withholding.request(
        question=question,
        event=opened,
        reason="De partner heeft de code.",
        review_on=timezone.localdate() + timedelta(days=20),
        by=people["worker_own"],
        now=now,
    )
    conference = conference_planning.propose(
        question=question, why="Samen verder.", by=people["worker_own"], now=now
    )
    outside = conference_invitations.invite_outside(
        conference=conference,
        name="Dokter Vos",
        works_at="Huisarts",
        email="vos@voordeur.example",
        by=people["worker_own"],
        now=now,
    )
    rule_sets.open_draft(partnership=here.partnership, by=people["coordinator_own"])
    sign_on = SignOnSetting.objects.create(
        partnership=here.partnership,
        organisation=here["stimenz"],
        kind=SignOnSetting.Kind.SCIM,
        proposed_by=people["administrator"],
        proposed_at=now,
    )
    account_request = AccountRequest.objects.create(
        partnership=here.partnership,
        kind=AccountRequest.Kind.RESET_SECOND_FACTOR,
        user=people["plain_other"],
        asked_by=people["administrator"],
        asked_at=now,
    )
    data_request = data_requests.receive(
        question=question,
        kind=DataRequest.Kind.ACCESS,
        proof=DataRequest.Proof.CODE,
        received_on=timezone.localdate(),
        by=people["privacy"],
        now=now,
    )
    offer = make.service(here, "stimenz", "geld")
    revision, text = a_change_and_a_proposal(here, people["administrator"], now)
    duty = make.duty(here, people["triage"], now, now + timedelta(hours=8))
    waiting, bundle = _signals(here, people, now)
    return Scenario(
        here,
        people,
        elsewhere,
        {
            "question_id": question.pk,
            "consultation_id": consultation.pk,
            "handover_id": offered.pk,
            "withholding_id": withheld.pk,
            "conference_id": conference.pk,
            "signal_id": waiting.pk,
            "bundle_id": bundle.pk,
            "municipality_code": waiting.municipality_id,
            "participant_token": outside.token,
            "number": 1,
            "item_id": conference.agenda.get().pk,
            "follow_up_id": question.follow_ups.filter(status="open").first().pk,
            "rule_set_id": here.partnership.rule_sets.get(status="published").pk,
            "membership_id": people["plain_other"].memberships.get().pk,
            "user_id": people["plain_other"].pk,
            "worker_id": people["worker_own"].pk,
            "duty_id": duty.pk,
            "spread_id": uuid.uuid4(),
            "absence_id": uuid.uuid4(),
            "view_id": uuid.uuid4(),
            "submission_key": question.submission_key,
            "proposal_id": people["plain_other"].pk,
            "entry_id": question.timeline.first().pk,
            "basis_id": question.sharing_bases.first().pk,
            "mail_id": uuid.uuid4(),
            "code": uuid.uuid4(),
            "key": "geld",
            "attachment_id": question.attachments.get().pk,
            "file_id": uuid.uuid4(),
            "slug": offer.slug,
            **FIGURE_ARGUMENTS,
            "step": "woorden",
            "name": "404",
            "uid": "x",
            "session": 0,
            "agenda_request_id": uuid.uuid4(),
            "session_uid": learning.planned(here, now).session,
            **dict.fromkeys(learning.NOT_WRITTEN_YET, uuid.UUID(int=3)),
            "provider_id": "werk",
            "data_request_id": data_request.pk,
            "request_id": account_request.pk,
            "setting_id": sign_on.pk,
            "id_": uuid.uuid4(),
            "token": "x",
            "section": "aanbod",
            "row": offer.slug,
            "revision_id": revision.pk,
            "text_id": text.pk,
        },
    )


def address_of(scenario: Scenario, name: str, pattern: URLPattern) -> str:
    wanted = pattern.pattern.converters
    arguments = {key: scenario.arguments[key] for key in wanted}
    if name in {"conference_outside", "outside"}:
        arguments = {"token": scenario.arguments["participant_token"]}
    if name == "services_domain":
        arguments = {"slug": "geld"}
    return reverse(name, kwargs=arguments)


def response_to(client: Client, method: str, address: str) -> tuple[int, str]:
    """Return status and location of a response; roll back what the request changed."""
    with transaction.atomic():
        answer = getattr(client, method)(address, headers={"host": "putten.localhost"})
        transaction.set_rollback(True)
    return answer.status_code, answer.headers.get("Location", "")


def clients_of(people: dict[str, User]) -> dict[str, Client]:
    clients = {actor: Client(raise_request_exception=False) for actor in people}
    for actor, user in people.items():
        clients[actor].force_login(user, backend=_BACKEND)
    return clients
