"""A question as submitted, at whichever door, before it is in the database."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from intake.people.models import ContactDetail, ContactWish, Person
from intake.questions.models import Question, SharingBasis
from organisations.directory.models import Organisation
from organisations.front_door.configuration import FrontDoor
from organisations.front_door.places import Place
from organisations.routing import Facts
from organisations.routing.facts import MINOR_BANDS
from welzijn.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChoices:
    """How the asker may be reached: the fields of ContactWish, with phone and email.

    None for what nobody asked.
    """

    phone: str = ""
    email: str = ""
    ways: tuple[str, ...] = ()
    may_leave_message: bool | None = None
    may_say_who: bool | None = None
    no_post: bool | None = True
    times: tuple[str, ...] = ()
    times_note: str = ""
    language: str = "nl"
    interpreter: bool = False
    says_je: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One question as it came in: cleaned values, nothing looked up yet.

    `life_domains` and `neighbourhood` are slugs of the partnership; `near` those of the services
    nearest the words, of which the reason may name one. `age_band` is that of the
    person it is about. `shares` is the answer to "may they read it?": True counts only for the
    organisation or team that `shares_with` names; None if it was not asked (danger, or no answer
    at the desk). `maybe_danger`: the words may mean danger; that doesn't change the receiver, but
    a person judges it the same day. `danger_kinds` and `danger_answer`: what was heard, and what
    the resident answered (values of DangerKind and HeardDanger.Answer).
    """

    submission_key: UUID
    channel: str
    words: str = ""
    opening_answers: tuple[tuple[str, str], ...] = ()
    about: str = Question.About.SELF
    subject_knows: str = Question.SubjectKnows.NOT_ASKED
    subject_name: str = ""
    age_band: str = ""
    life_domains: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    postcode: str = ""
    neighbourhood: str = ""
    danger: bool = False
    maybe_danger: bool = False
    soon: bool = False
    danger_kinds: tuple[str, ...] = ()
    danger_answer: str = ""
    kind: str = Question.Kind.WELFARE
    name: str = ""
    reach: ContactChoices = field(default_factory=ContactChoices)
    shares: bool | None = None
    shares_with: str = ""
    shared_how: str = SharingBasis.How.ONLINE
    household_lead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredBy:
    """Who typed the question in, if not the resident: a desk worker or an outside partner."""

    user: User | None = None
    organisation: Organisation | None = None
    brought_by: Organisation | None = None


RESIDENT = EnteredBy()


def place_of(submission: Submission, front: FrontDoor) -> Place | None:
    """Return the chosen neighbourhood, or the only one of the postcode; None if unknown."""
    if submission.neighbourhood:
        return front.place_by_slug.get(submission.neighbourhood)
    places = front.places_of(submission.postcode) if submission.postcode else ()
    return places[0] if len(places) == 1 else None


def facts_of(
    submission: Submission, front: FrontDoor, now: datetime, entered_by: EnteredBy = RESIDENT
) -> Facts:
    """Return what routing may know: bands and choices, no words and no personal data."""
    place = place_of(submission, front)
    return Facts(
        channel=submission.channel,
        life_domains=frozenset(submission.life_domains),
        age_band=submission.age_band or None,
        about=submission.about,
        neighbourhood=place.slug if place else None,
        municipality=place.municipality if place else None,
        urgency=urgency_of(submission),
        safety=submission.danger,
        language=submission.reach.language,
        kind=submission.kind,
        household_lead=submission.household_lead,
        brought_by=entered_by.brought_by.slug if entered_by.brought_by else None,
        desk_time=front.desk_time(now),
    )


def urgency_of(submission: Submission) -> str:
    """Return the urgency, a value of `Question.Urgency`."""
    if submission.danger:
        return Question.Urgency.DANGER
    return Question.Urgency.SOON if submission.soon else Question.Urgency.NORMAL


def people_of(
    submission: Submission, partnership_id: UUID, now: datetime
) -> tuple[Person, Person, ContactWish, list[ContactDetail]]:
    """Return unsaved rows: asker, subject (often the same row), contact wish and details.

    The age band is the subject's; somebody who asks for another isn't asked their own. A minor who
    asks for themselves is addressed with je, also if a desk worker typed the question in.
    """
    own = submission.about == Question.About.SELF
    asker = Person(
        partnership_id=partnership_id,
        name=submission.name,
        age_band=submission.age_band if own else "",
        created_at=now,
    )
    subject = asker
    if not own:
        subject = Person(
            partnership_id=partnership_id,
            name=submission.subject_name,
            age_band=submission.age_band,
            created_at=now,
        )
    reach = submission.reach
    wish = ContactWish(
        person=asker,
        ways=list(reach.ways),
        may_leave_message=reach.may_leave_message,
        may_say_who=reach.may_say_who,
        no_post=reach.no_post,
        times=list(reach.times),
        times_note=reach.times_note,
        language=reach.language,
        interpreter=reach.interpreter,
        says_je=reach.says_je or (own and submission.age_band in MINOR_BANDS),
    )
    details = [
        ContactDetail(person=asker, kind=kind, value=value)
        for kind, value in (
            (ContactDetail.Kind.PHONE, reach.phone),
            (ContactDetail.Kind.EMAIL, reach.email),
        )
        if value
    ]
    return asker, subject, wish, details
