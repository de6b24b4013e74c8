"""Verbs that put right what is known of a question's people.

    correct_person(question=, changes=, seen=, heard=, by=, now=)    the asker and how to reach them
    correct_subject(question=, changes=, seen=, heard=, by=, now=)   whom and what it is about
    correct_own(question=, changes=, seen=, now=)                    the resident, on their own page

Each is compared with what its form showed (`seen_*`): what a colleague changed meanwhile is never
undone. Old values stay in the history; the timeline names what changed, when, by whom, and where
it was heard.
"""

import hashlib
from datetime import datetime
from typing import Any, Literal, TypedDict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from intake.danger import listening
from intake.people import details
from intake.people.details import Detail, Details
from intake.people.models import Person
from intake.questions import status, timeline
from intake.questions.models import Question, QuestionLifeDomain, TimelineEntry
from intake.questions.sentences import Sentence
from intake.questions.status import WrongMomentError
from organisations.directory.models import LifeDomain, Organisation
from organisations.front_door import configuration as front_door
from referrals.casework_base import acting_membership, notify
from referrals.person_details import sentences
from welzijn.accounts.models import User


class SubjectDetails(TypedDict):
    """Whom and what a question is about. `subject_name` is not changed where it may not be shown.

    `neighbourhood` and `life_domains` are slugs of the partnership.
    """

    about: str
    subject_name: str
    age_band: str
    postcode: str
    neighbourhood: str
    life_domains: list[str]


def correct_person(
    *,
    question: Question,
    changes: Details,
    seen: str,
    heard: sentences.Heard,
    by: User,
    now: datetime,
) -> list[Detail]:
    """Change what is known of the asker; return what changed. Nothing changed: no entry.

    Raises NotAllowedError for who neither works on the question nor logged it, WrongMomentError
    where it was changed since the form was shown.
    """
    with transaction.atomic():
        question = status.lock(question)
        organisation = acting_membership.must_work_or_have_logged(by, question, now)
        _must_be(seen, seen_person(question))
        changed = details.change(question.asker, changes)
        if changed:
            _notify(question, sentences.CHANGED(what=changed, heard=heard), by, organisation, now)
    return changed


_TYPED: tuple[Literal["name", "called", "post", "times_note"], ...] = (
    "name",
    "called",
    "post",
    "times_note",
)


def correct_own(*, question: Question, changes: Details, seen: str, now: datetime) -> list[Detail]:
    """Change what is known of the asker, by themselves; tells who is responsible.

    Raises WrongMomentError where it was changed since the form was shown.
    """
    with transaction.atomic():
        question = status.lock(question)
        _must_be(seen, seen_person(question))
        changed = details.change(question.asker, changes)
        if changed:
            # People write where there is room: beside a name, an address or a time.
            typed = "\n".join(filter(None, (changes.get(name) for name in _TYPED)))
            entry = listening.resident_wrote(
                question=question,
                kind=TimelineEntry.Kind.CHANGED,
                sentence=sentences.CHANGED_BY_RESIDENT(what=changed),
                note=typed if listening.kinds_in([typed]) else "",
                now=now,
            )
            notify.staff(question, entry, [notify.responsible(question)], "resident_reacted", now)
    return changed


def correct_subject(
    *,
    question: Question,
    changes: SubjectDetails,
    seen: str,
    heard: sentences.Heard,
    by: User,
    now: datetime,
) -> list[Detail]:
    """Change whom and what the question is about; return what changed.

    A question that turns out to be about another gets a person of its own for them, who has not
    been asked yet; one about the asker after all forgets that other's answer. Where a question is
    routed doesn't change. Raises as `correct_person`.
    """
    with transaction.atomic():
        question = status.lock(question)
        organisation = acting_membership.must_work_or_have_logged(by, question, now)
        before = subject_details(question)
        _must_be(seen, _digest(before))
        changed = [
            detail
            for detail, names in _OF_SUBJECT.items()
            if any(before[name] != changes[name] for name in names)  # type: ignore[literal-required]
        ]
        if Detail.ABOUT in changed:
            _set_subject(question, changes, now)
        if Detail.AGE in changed:
            question.subject.age_band = changes["age_band"]
            question.subject.save(update_fields=["age_band"])
        if Detail.PLACE in changed:
            _set_place(question, changes)
        if Detail.DOMAINS in changed:
            _set_life_domains(question, changes["life_domains"])
        if changed:
            question.last_activity_at = now
            question.save()
            _notify(question, sentences.CHANGED(what=changed, heard=heard), by, organisation, now)
    return changed


_OF_SUBJECT = {
    Detail.ABOUT: ("about", "subject_name"),
    Detail.AGE: ("age_band",),
    Detail.PLACE: ("postcode", "neighbourhood"),
    Detail.DOMAINS: ("life_domains",),
}


def subject_details(question: Question) -> SubjectDetails:
    """Return whom and what the question is about, without a name that may not be shown."""
    place = question.neighbourhood
    domains = question.life_domains.order_by("slug").values_list("slug", flat=True)
    return SubjectDetails(
        about=question.about,
        subject_name=question.subject.name if names_subject(question) else "",
        age_band=question.subject.age_band,
        postcode=question.postcode,
        neighbourhood=place.slug if place else "",
        life_domains=list(domains),
    )


def names_subject(question: Question) -> bool:
    """Whether the one it is about is another, who agreed that staff know who they are."""
    return question.subject_id != question.asker_id and question.subject_may_be_shown


def seen_person(question: Question) -> str:
    """Return a digest of what is known of the asker, for a form that shows it."""
    return _digest(details.known(question.asker))


def seen_subject(question: Question) -> str:
    """Return a digest of whom and what it is about, for a form that shows it."""
    return _digest(subject_details(question))


def _digest(shown: Any) -> str:
    return hashlib.sha256(repr(sorted(shown.items())).encode()).hexdigest()[:32]


def _must_be(seen: str, now_known: str) -> None:
    if seen != now_known:
        raise WrongMomentError(
            _("Een ander heeft deze gegevens net gewijzigd. Kijk ze na en sla dan op.")
        )


def _notify(
    question: Question, sentence: Sentence, by: User, organisation: Organisation, now: datetime
) -> None:
    timeline.by_staff(
        question=question,
        kind=TimelineEntry.Kind.CHANGED,
        user=by,
        organisation=organisation,
        sentence=sentence,
        now=now,
    )


def _set_subject(question: Question, changes: SubjectDetails, now: datetime) -> None:
    own = changes["about"] == Question.About.SELF
    was_own = question.subject_id == question.asker_id
    if own and not was_own:
        # The history of the question still leads to that person, and retention follows it.
        question.subject = question.asker
        question.subject_answer = question.subject_answer_by = question.subject_answer_how = ""
        question.subject_answer_at = question.subject_answer_recorded_by = None
    elif was_own and not own:
        question.subject = Person.objects.create(
            partnership_id=question.partnership_id,
            name=changes["subject_name"],
            age_band=changes["age_band"],
            created_at=now,
        )
        question.subject_knows = Question.SubjectKnows.NOT_ASKED
    elif names_subject(question) and question.subject.name != changes["subject_name"]:
        question.subject.name = changes["subject_name"]
        question.subject.save(update_fields=["name"])
    question.about = changes["about"]


def _set_place(question: Question, changes: SubjectDetails) -> None:
    """Set postcode and neighbourhood; of a postcode with one neighbourhood it is that one."""
    front = front_door.of(question.partnership)
    place = front.place_by_slug.get(changes["neighbourhood"])
    places = front.places_of(changes["postcode"]) if changes["postcode"] else ()
    if place is None and len(places) == 1:
        place = places[0]
    question.postcode = changes["postcode"]
    question.neighbourhood_id = place.id if place else None
    question.municipality_id = place.municipality if place else None


def _set_life_domains(question: Question, slugs: list[str]) -> None:
    wanted: dict[UUID, LifeDomain] = {
        domain.pk: domain
        for domain in LifeDomain.objects.filter(partnership=question.partnership, slug__in=slugs)
    }
    for link in question.domain_links.exclude(life_domain__in=wanted):
        link.delete()
    known = set(question.domain_links.values_list("life_domain_id", flat=True))
    for pk, domain in wanted.items():
        if pk not in known:
            QuestionLifeDomain.objects.create(question=question, life_domain=domain)
