"""What people of several organisations do together in the demo, by the product's own verbs.

In Oss a family and its MDO; in Putten a doctor outside, an MDO, and a report to Veilig Thuis that
is kept out of sight; in Putten and in Asten and Someren signals, with an answer of the meeting.
Everything is told once: what is there already is left as it is.
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
from welzijn.devtools.demo_data import told_signals
from welzijn.devtools.demo_data.staff import Staff
from welzijn.devtools.demo_data.telling import key_of
from welzijn.devtools.demo_data.told import Told


def happen_together(*, staff: Staff, told: dict[str, Told], now: datetime) -> None:
    """Let it happen at this partnership, yesterday or earlier; again: changes nothing."""
    scene = _SCENES.get(staff.partnership.slug)
    if scene is not None:
        scene(_Stage(staff, told, now))


class _Stage:
    """A partnership with its told questions at hand."""

    def __init__(self, staff: Staff, told: dict[str, Told], now: datetime) -> None:
        self.staff, self.told, self.now = staff, told, now
        self.partnership: Partnership = staff.partnership
        self.calendar = front_door.of(self.partnership).calendar

    def question(self, key: str) -> Question | None:
        """A told question that is open and that somebody has picked up; else None."""
        found = Question.objects.filter(submission_key=key_of(self.partnership, self.told[key]))
        question = found.select_related("partnership", "assigned_to").first()
        if question is None or not question.is_open or question.assigned_to is None:
            return None
        return question

    def day(self, working_days: int) -> date:
        """So many working days from today, or before it."""
        return self.calendar.add_working_days(local_date(self.now), working_days)

    def at(self, working_days: int, hour: int, minute: int = 0) -> datetime:
        """A moment on that day; of a day that has been it is over."""
        moment = local_moment(self.day(working_days), time(hour, minute))
        return min(moment, self.now - timedelta(minutes=5)) if working_days <= 0 else moment

    def somebody(self, organisation: str, number: int = 0) -> User:
        """One of the professionals of an organisation."""
        return self.staff.professionals[organisation][number]

    def membership(self, organisation: str, number: int = 0) -> Membership:
        """The same with the role that is invited."""
        return Membership.objects.filter(
            partnership=self.partnership,
            organisation__slug=organisation,
            user=self.somebody(organisation, number),
        ).earliest("granted_at")

    def mdo(self, question: Question, why: str, place: str, *invited: Membership) -> AgendaItem:
        """An MDO that is planned five working days from now."""
        by = question.assigned_to
        assert by is not None
        at = self.at(-1, 11)
        conference = conference_planning.propose(question=question, why=why, by=by, now=at)
        for member in invited:
            conference_planning.invite(conference=conference, member=member, by=by, now=at)
        conference_planning.plan(
            conference=conference,
            starts_at=self.at(5, 10),
            ends_at=self.at(5, 11),
            place=place,
            by=by,
            now=at,
        )
        return conference.agenda.get()


def _putten(stage: _Stage) -> None:
    doctor = stage.question("energierekening")
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
            now=stage.at(-1, 14),
        )
    tired = stage.question("mantelzorg-man")
    if tired is not None and not tired.agenda_items.exists():
        stage.mdo(
            tired,
            "Hoe krijgt u weer lucht, en wie doet wat voor uw man?",
            "Dorpshuis De Stroud, kamer 2",
            stage.membership("stimenz"),
            stage.membership("actief-putten"),
        )
    hidden = stage.question("ex-aan-de-deur")
    if hidden is not None and not hidden.meldcode_steps.exists():
        _reported(stage, hidden)
    _signals(stage, told_signals.PUTTEN)


def _reported(stage: _Stage, question: Question) -> None:
    """Three steps of the Meldcode; the report is off the page of who may read along with her."""
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
            done_on=stage.day(days),
            note=note,
            by=by,
            now=stage.at(days, 15, int(step)),
        )
    meldcode_services.report(
        question=question,
        way=MeldcodeStep.Way.PHONE,
        ground=MeldcodeStep.Ground.DANGER,
        reason="Haar ex heeft gedreigd en leest soms mee.",
        done_on=stage.day(-1),
        note="Gebeld met Veilig Thuis. Zij bellen haar morgen op haar werk.",
        hide_until=stage.day(30),
        by=by,
        now=stage.at(-1, 16),
    )
    asked = Withholding.objects.get(event__question_id=question.pk)
    second = next(
        user
        for user in withholding.approvers(question.lead, question, local_date(stage.now), but=by)
        if user != by
    )
    withholding.approve(withholding=asked, by=second, now=stage.at(-1, 16, 30))


def _oss(stage: _Stage) -> None:
    parents = stage.question("syrisch-gezin")
    son = Question.objects.filter(
        submission_key=key_of(stage.partnership, stage.told["zoon-16"])
    ).first()
    if parents is None or son is None:
        return
    if son.assigned_to is None and son.is_open:
        pick_up.pick_up(
            question=son, by=stage.somebody("bureau-jeugd-en-gezin"), now=stage.at(-1, 10)
        )
    if not HouseholdLink.objects.filter(person=son.asker).exists():
        household_links.link(question=son, other=parents, now=stage.at(-1, 10, 30))
    if not parents.agenda_items.exists():
        stage.mdo(
            parents,
            "Wat geeft rust thuis, en wie doet wat?",
            "Wijkcentrum Noord-West",
            stage.membership("bureau-jeugd-en-gezin"),
            stage.membership("steunpunt-nieuwkomers"),
        )


def _asten_someren(stage: _Stage) -> None:
    _signals(stage, told_signals.ASTEN_SOMEREN)


def _signals(stage: _Stage, told: told_signals.Practice) -> None:
    """Signals that wait, and a bundle that was sent and perhaps answered."""
    if Signal.objects.filter(partnership=stage.partnership).exists():
        return
    names = {m.name: m for m in stage.partnership.municipalities.filter(valid_until=None)}
    boss = next(iter(stage.staff.coordinators.values()))
    written: dict[str, list[Signal]] = {}
    for number, one in enumerate(told.signals):
        for signal in signal_services.write(
            partnership=stage.partnership,
            municipalities=[names[name] for name in one.municipalities],
            kind=one.kind,
            text=one.text,
            by=stage.somebody(one.organisation, number % 4),
            now=stage.at(-one.ago, 13, number),
        ):
            written.setdefault(one.bundle, []).append(signal)
    for bundle in told.bundles:
        _bundle(stage, bundle, names[bundle.municipality], written[bundle.key], boss)


def _bundle(
    stage: _Stage,
    told: told_signals.Bundle,
    municipality: Municipality,
    written: list[Signal],
    boss: User,
) -> None:
    made = signal_services.bundle(
        partnership=stage.partnership,
        municipality=municipality,
        signals=[s for s in written if s.municipality_id == municipality.pk],
        title=told.title,
        text=told.text,
        asks=told.asks,
        meeting_on=stage.day(told.meets),
        by=boss,
        now=stage.at(-told.ago, 16),
    )
    signal_services.send(bundle=made, by=boss, now=stage.at(-told.ago, 16, 30))
    if told.answer:
        officer = Membership.objects.get(
            partnership=stage.partnership, role=Role.MUNICIPALITY, municipality=municipality
        )
        signal_services.record_answer(
            bundle=made,
            answer=told.answer,
            answered_on=stage.day(told.meets),
            by=officer.user,
            now=stage.at(told.meets + 1, 9),
        )


_SCENES: dict[str, Callable[[_Stage], None]] = {
    "putten": _putten,
    "oss": _oss,
    "asten-someren": _asten_someren,
}
