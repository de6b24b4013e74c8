"""Adds casework that involves several organisations, through the product's own domain functions.

Oss: a household and its case conference (MDO). Putten: a handover to an external partner, an MDO
and a report to Veilig Thuis that is withheld from the access log. Putten and Asten-Someren:
signals and their bundles. What exists already is left unchanged.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from intake.households import links as household_links
from intake.households.models import HouseholdLink
from intake.questions.models import Question, SharingBasis
from organisations.front_door import configuration as front_door
from organisations.partnerships.models import Municipality, Partnership
from organisations.roles.models import Membership, Role
from referrals.casework import pick_up
from referrals.conferences import invitations as conference_invitations
from referrals.conferences import planning as conference_planning
from referrals.conferences.models import AgendaItem
from referrals.external_handovers import services as external_handover_services
from referrals.meldcode import services as meldcode_services
from referrals.meldcode.models import MeldcodeStep
from referrals.privacy import withholding
from referrals.signals import services as signal_services
from referrals.signals.models import Signal
from welzijn.accounts.models import User
from welzijn.audit.models import Withholding
from welzijn.core.working_days import local_date, local_moment
from welzijn.devtools.demo_data.demo_questions import DemoBundle, DemoData
from welzijn.devtools.demo_data.staff import Staff
from welzijn.devtools.demo_data.submission import submission_key


def add_joint_casework(*, staff: Staff, data: DemoData, now: datetime) -> None:
    """Add the partnership's joint casework, dated before `now`. Idempotent."""
    add = _SCENARIOS.get(staff.partnership.slug)
    if add is not None:
        add(_Scenario(staff, data, now))


class _Scenario:
    """A partnership with its demo data, and shortcuts to its questions, staff and calendar."""

    def __init__(self, staff: Staff, data: DemoData, now: datetime) -> None:
        self.staff, self.data, self.now = staff, data, now
        self._questions = {question.key: question for question in data.questions}
        self.partnership: Partnership = staff.partnership
        self.calendar = front_door.of(self.partnership).calendar

    def submitted(self, key: str) -> Question | None:
        """The question with that key in its file, if it has been submitted."""
        key_in_database = submission_key(self.partnership, self._questions[key])
        found = Question.objects.filter(submission_key=key_in_database)
        return found.select_related("partnership", "assigned_to").first()

    def question(self, key: str) -> Question | None:
        """The same, only if it is open and assigned."""
        question = self.submitted(key)
        if question is None or not question.is_open or question.assigned_to is None:
            return None
        return question

    def day(self, working_days: int) -> date:
        """The day that many working days from today; negative for the past."""
        return self.calendar.add_working_days(local_date(self.now), working_days)

    def at(self, working_days: int, hour: int, minute: int = 0) -> datetime:
        """A local time on that day; for today or earlier at least five minutes ago."""
        moment = local_moment(self.day(working_days), time(hour, minute))
        return min(moment, self.now - timedelta(minutes=5)) if working_days <= 0 else moment

    def professional(self, organisation: str, number: int = 0) -> User:
        """One of the professionals of an organisation."""
        return self.staff.professionals[organisation][number]

    def membership(self, organisation: str, number: int = 0) -> Membership:
        """The first role of such a professional."""
        return Membership.objects.filter(
            partnership=self.partnership,
            organisation__slug=organisation,
            user=self.professional(organisation, number),
        ).earliest("granted_at")

    def plan_conference(
        self, question: Question, why: str, place: str, *invited: Membership
    ) -> AgendaItem:
        """Plan an MDO (case conference) for five working days from now."""
        by = question.assigned_to
        assert by is not None
        at = self.at(-1, 11)
        conference = conference_planning.propose(question=question, why=why, by=by, now=at)
        for member in invited:
            conference_invitations.invite(conference=conference, member=member, by=by, now=at)
        conference_planning.plan(
            conference=conference,
            starts_at=self.at(5, 10),
            ends_at=self.at(5, 11),
            place=place,
            by=by,
            now=at,
        )
        return conference.agenda.get()


def _putten(scenario: _Scenario) -> None:
    doctor = scenario.question("energierekening")
    if doctor is not None and not doctor.outside.exists():
        assert doctor.assigned_to is not None
        external_handover_services.offer(
            question=doctor,
            name="Consultatiebureau Putten",
            email="consultatiebureau@jgz.example",
            why="Zij zien uw baby elke maand.",
            summary="Een jonge moeder maakt zich zorgen over de kou in huis. Er is een baby.",
            yes_how=SharingBasis.How.PHONE,
            by=doctor.assigned_to,
            now=scenario.at(-1, 14),
        )
    tired = scenario.question("mantelzorg-man")
    if tired is not None and not tired.agenda_items.exists():
        scenario.plan_conference(
            tired,
            "Hoe krijgt u weer lucht, en wie doet wat voor uw man?",
            "Dorpshuis De Stroud, kamer 2",
            scenario.membership("stimenz"),
            scenario.membership("actief-putten"),
        )
    hidden = scenario.question("ex-aan-de-deur")
    if hidden is not None and not hidden.meldcode_steps.exists():
        _report_to_veilig_thuis(scenario, hidden)
    _signals(scenario)


def _report_to_veilig_thuis(scenario: _Scenario, question: Question) -> None:
    """Record Meldcode steps and a report that is withheld: her ex may read her access log."""
    by = question.assigned_to
    assert by is not None
    steps = (
        (-3, MeldcodeStep.Step.SIGNALS, "Zij schrikt van elk bericht. Blauwe pols."),
        (-3, MeldcodeStep.Step.CONSULT, "Besproken met de aandachtsfunctionaris."),
        (-2, MeldcodeStep.Step.TALK, "Zij wil dat het stopt. Hij leest soms haar telefoon."),
        (-1, MeldcodeStep.Step.WEIGH, "Er is gevaar, voor haar en voor het kind."),
    )
    for days, step, note in steps:
        meldcode_services.record_step(
            question=question,
            step=step,
            outcome=MeldcodeStep.Outcome.DONE,
            done_on=scenario.day(days),
            note=note,
            by=by,
            now=scenario.at(days, 15, int(step)),
        )
    meldcode_services.report(
        question=question,
        way=MeldcodeStep.Way.PHONE,
        ground=MeldcodeStep.Ground.DANGER,
        reason="Haar ex heeft gedreigd en leest soms mee.",
        done_on=scenario.day(-1),
        note="Gebeld met Veilig Thuis. Zij bellen haar morgen op haar werk.",
        hide_until=scenario.day(30),
        by=by,
        now=scenario.at(-1, 16),
    )
    withheld = Withholding.objects.get(event__question_id=question.pk)
    second = next(
        user
        for user in withholding.approvers(
            question.lead, question, local_date(scenario.now), exclude=by
        )
        if user != by
    )
    withholding.approve(withholding=withheld, by=second, now=scenario.at(-1, 16, 30))


def _oss(scenario: _Scenario) -> None:
    parents = scenario.question("syrisch-gezin")
    son = scenario.submitted("zoon-16")
    if parents is None or son is None:
        return
    if son.assigned_to is None and son.is_open:
        pick_up.pick_up(
            question=son, by=scenario.professional("bureau-jeugd-en-gezin"), now=scenario.at(-1, 10)
        )
    if not HouseholdLink.objects.filter(person=son.asker).exists():
        household_links.link(question=son, other=parents, now=scenario.at(-1, 10, 30))
    if not parents.agenda_items.exists():
        scenario.plan_conference(
            parents,
            "Wat geeft rust thuis, en wie doet wat?",
            "Wijkcentrum Noord-West",
            scenario.membership("bureau-jeugd-en-gezin"),
            scenario.membership("steunpunt-nieuwkomers"),
        )


def _asten_someren(scenario: _Scenario) -> None:
    _signals(scenario)


def _signals(scenario: _Scenario) -> None:
    """Write the partnership's signals and send its bundles, with the answers received."""
    if Signal.objects.filter(partnership=scenario.partnership).exists():
        return
    names = {m.name: m for m in scenario.partnership.municipalities.filter(valid_until=None)}
    coordinator = next(iter(scenario.staff.coordinators.values()))
    signals_by_bundle: dict[str, list[Signal]] = {}
    for number, one in enumerate(scenario.data.signals):
        for signal in signal_services.write(
            partnership=scenario.partnership,
            municipalities=[names[name] for name in one.municipalities],
            kind=Signal.Kind(one.kind),
            text=one.text,
            by=scenario.professional(one.organisation, number % 4),
            now=scenario.at(-one.working_days_ago, 13, number),
        ):
            signals_by_bundle.setdefault(one.bundle, []).append(signal)
    for bundle in scenario.data.bundles:
        _send_bundle(
            scenario, bundle, names[bundle.municipality], signals_by_bundle[bundle.key], coordinator
        )


def _send_bundle(
    scenario: _Scenario,
    demo: DemoBundle,
    municipality: Municipality,
    signals: list[Signal],
    coordinator: User,
) -> None:
    made = signal_services.bundle(
        partnership=scenario.partnership,
        municipality=municipality,
        signals=[s for s in signals if s.municipality_id == municipality.pk],
        title=demo.title,
        text=demo.text,
        asks=demo.asks,
        meeting_on=scenario.day(demo.meeting_in),
        by=coordinator,
        now=scenario.at(-demo.working_days_ago, 16),
    )
    signal_services.send(
        bundle=made, by=coordinator, now=scenario.at(-demo.working_days_ago, 16, 30)
    )
    if demo.answer:
        officer = Membership.objects.get(
            partnership=scenario.partnership, role=Role.MUNICIPALITY, municipality=municipality
        )
        signal_services.record_answer(
            bundle=made,
            answer=demo.answer,
            answered_on=scenario.day(demo.meeting_in),
            by=officer.user,
            now=scenario.at(demo.meeting_in + 1, 9),
        )


_SCENARIOS: dict[str, Callable[[_Scenario], None]] = {
    "putten": _putten,
    "oss": _oss,
    "asten-someren": _asten_someren,
}
