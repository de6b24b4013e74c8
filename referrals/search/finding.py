"""Find questions in each way that a typed text may be meant, among what the user may see.

Two queries find, whatever is there and whatever may not be seen: the first says of each way
whether it has very many hits, the second takes the latest of each. Few hits come from an index; of
very many the latest are found on the way back from today. No number of hits is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import (
    BooleanField,
    Exists,
    F,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Lower

from intake.people import name_search
from intake.people.models import ContactDetail, Person
from intake.questions.models import Question
from intake.questions.models.querysets import QuestionQuerySet
from organisations.partnerships.models import Partnership
from referrals.search.query import ParsedSearch
from welzijn.accounts.models import User
from welzijn.core.name_matching import fold

# A way with more hits than this, whoever may see them, is searched from today back.
FEW = 3000


class Group(StrEnum):
    """Why a question was found; the groups of the results, in this order."""

    PERSON = "person"
    REFERENCE = "reference"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Scopes:
    """What the user may see: whole, as a row without a person, and what they logged at the desk."""

    whole: QuestionQuerySet[Question]
    listed: QuestionQuerySet[Question]
    logged: QuestionQuerySet[Question] | None

    @classmethod
    def of(cls, user: User, partnership: Partnership, on: date, *, at_desk: bool) -> "Scopes":
        here = Question.objects.filter(partnership=partnership)
        return cls(
            whole=here.visible_to(user, on),
            listed=here.listed_for(user, on),
            logged=here.logged_by_user(user) if at_desk else None,
        )

    def readable(self) -> Iterator[QuestionQuerySet[Question]]:
        """The questions of which the person may be shown."""
        yield self.whole
        if self.logged is not None:
            yield self.logged


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of finding: candidates by an index, the questions of them, and a test of one."""

    group: Group
    rank: int
    candidates: QuerySet[Any]
    joins: Sequence[tuple[str, Q]]  # the column that names a candidate, and what else must hold
    walk: Q


@dataclass(frozen=True, slots=True)
class Hit:
    """A question and the best way in which it was found."""

    pk: UUID
    group: Group
    rank: int


def find_ids(
    *, parsed: ParsedSearch, partnership: Partnership, scopes: Scopes, most: int
) -> dict[Group, list[Hit]]:
    """Return the best hits of each group, at most `most` + 1; a question stands in one group.

    Two queries for every text that can be searched for.
    """
    ways = list(_ways(parsed, partnership))
    if not ways:
        return {}
    many = _very_many(ways, partnership)
    parts = [
        part
        for way, common in zip(ways, many, strict=True)
        for part in _parts(way, common, scopes, most)
    ]
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    best: dict[UUID, Hit] = {}
    for pk, group, rank in rows:
        hit = Hit(pk, Group(group), rank)
        known = best.get(pk)
        if known is None or _order(hit) < _order(known):
            best[pk] = hit
    groups: dict[Group, list[Hit]] = {}
    for hit in sorted(best.values(), key=_order):
        groups.setdefault(hit.group, []).append(hit)
    return groups


def _order(hit: Hit) -> tuple[int, int]:
    return list(Group).index(hit.group), hit.rank


def _ways(parsed: ParsedSearch, partnership: Partnership) -> Iterator[_Way]:
    if parsed.references:
        matching = Q()
        for part in parsed.references:
            matching |= Q(reference=part) if parsed.whole else Q(reference__contains=part)
        found = Question.objects.filter(matching, partnership=partnership)
        yield _Way(Group.REFERENCE, 0, found, [("pk", Q())], matching)
    for kind, part in (("phone", parsed.number), ("email", parsed.email)):
        if part:
            details = ContactDetail.objects.filter(value__icontains=part, kind=kind)
            theirs = details.filter(person=OuterRef("asker"))
            yield _Way(
                Group.PERSON, 0, details.values("person"), [("asker", Q())], Q(Exists(theirs))
            )
    if parsed.name:
        for rank, search in enumerate((name_search.called, name_search.nearly)):
            people = search(parsed.name, partnership)
            yield _Way(Group.PERSON, rank, people.values("pk"), _PEOPLE, _is_called(parsed.name))
    if parsed.words:
        words = SearchQuery(parsed.words, config="dutch", search_type="raw")
        found = Question.objects.filter(search=words, partnership=partnership)
        # Not the operator @@, for which PostgreSQL would take the index of all words.
        holds = Func(F("search"), words, function="ts_match_vq", output_field=BooleanField())
        yield _Way(Group.WORDS, 0, found.values("pk"), [("pk", Q())], Q(holds))


# Who it is about is only known to others where they agreed.
_PEOPLE = (
    ("asker", Q()),
    ("subject", Q(subject_answer=Question.SubjectAnswer.YES) & ~Q(subject=F("asker"))),
)


def _is_called(name: str) -> Q:
    """Test one asker's name without the index: each word of the text begins a word of the name."""
    people = Person.objects.filter(pk=OuterRef("asker")).annotate(
        folded=Lower(Func(F("name"), function="unaccent"))
    )
    for word in fold(name).split():
        people = people.filter(folded__regex=rf"\m{_letters(word)}")
    return Q(Exists(people))


def _letters(word: str) -> str:
    return "".join(c if c.isalnum() else "." for c in word)


def _very_many(ways: Sequence[_Way], partnership: Partnership) -> list[bool]:
    """Say of each way whether it has more than FEW candidates. One query."""
    columns = {
        f"way_{n}": Subquery(way.candidates.order_by()[FEW : FEW + 1].values(_id_of(way)))
        for n, way in enumerate(ways)
    }
    row: Mapping[str, Any] = Partnership.objects.filter(pk=partnership.pk).values(**columns).get()
    return [row[f"way_{n}"] is not None for n in range(len(ways))]


def _id_of(way: _Way) -> str:
    model: type[Model] = way.candidates.model
    return "person" if model is ContactDetail else "pk"


def _parts(way: _Way, common: bool, scopes: Scopes, most: int) -> Iterator[QuerySet[Any]]:
    """Return the queries of one way: the latest hits in each scope."""
    if way.group == Group.REFERENCE:
        seen = [scopes.listed, *([scopes.logged] if scopes.logged is not None else [])]
    else:
        seen = [scope.not_set_aside() for scope in scopes.readable()]
    for scope in seen:
        if common:
            yield _latest(scope.filter(way.walk), way, most)
            continue
        few = way.candidates.order_by().values(_id_of(way))[:FEW]
        for column, also in way.joins:
            yield _latest(scope.filter(also, **{f"{column}__in": few}), way, most)


def _latest(found: QuestionQuerySet[Question], way: _Way, most: int) -> QuerySet[Any]:
    return found.order_by("-received_at", "-id").values_list(
        "pk",
        Value(way.group.value),
        Value(way.rank, output_field=IntegerField()),
    )[: most + 1]
