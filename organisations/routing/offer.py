"""The offer of services as routing sees it, frozen at the moment of the decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from organisations.routing.facts import CLOCK_KINDS, Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceOffer:
    """One service (aanbod), with the properties that decide whether it fits.

    `layer` is its place in the pyramid, 1 the lightest. Empty `age_bands` means every age,
    empty `neighbourhoods` everywhere. `capacity` is the number of places (None: no limit),
    `in_use` the places taken. `waiting_weeks` is how long its waiting list takes, 0 for none.
    `clock_kinds` are the kinds of question with a legal term (CLOCK_KINDS) that it handles.
    `confirmed` is whether somebody said not too long ago that all this is still right.
    """

    key: str
    name: str
    organisation: str
    layer: int
    life_domains: frozenset[str]
    age_bands: frozenset[str] = frozenset()
    neighbourhoods: frozenset[str] = frozenset()
    capacity: int | None = None
    in_use: int = 0
    waiting_weeks: int = 0
    clock_kinds: frozenset[str] = frozenset()
    confirmed: bool = True

    @property
    def has_room(self) -> bool:
        """Whether somebody new can start: a free place and no waiting list."""
        return not self.waiting_weeks and (self.room is None or self.room > 0)

    @property
    def never_full(self) -> bool:
        """Whether it can't fill up: unlimited places and no waiting list."""
        return self.capacity is None and not self.waiting_weeks

    @property
    def room(self) -> int | None:
        """The number of free places, waiting list aside; None: no limit."""
        if self.capacity is None:
            return None
        return max(0, self.capacity - self.in_use)

    def suits(self, facts: Facts) -> bool:
        """Whether it is meant for this question, regardless of room.

        An unknown age or neighbourhood does not suit a service limited by it: nobody is sent
        where they may be refused.
        """
        if facts.kind in CLOCK_KINDS:
            if facts.kind not in self.clock_kinds:
                return False
        elif self.life_domains.isdisjoint(facts.life_domains):
            return False
        if self.age_bands and facts.age_band not in self.age_bands:
            return False
        return not self.neighbourhoods or facts.neighbourhood in self.neighbourhoods


@dataclass(frozen=True, slots=True)
class Load:
    """The open questions of an organisation and the workers who share them."""

    open_questions: int = 0
    workers: int = 0

    @property
    def per_worker(self) -> float:
        """Open questions per worker; infinite for an organisation without workers."""
        return self.open_questions / self.workers if self.workers else float("inf")


_NOBODY = Load()


@dataclass(frozen=True)
class Offer:
    """All services of a partnership, and the load of its organisations."""

    services: tuple[ServiceOffer, ...] = ()
    load: Mapping[str, Load] = field(default_factory=dict)

    @cached_property
    def _in_order(self) -> tuple[ServiceOffer, ...]:
        """Services by layer (lightest first), confirmed ones, load, and then the order given."""
        return tuple(
            sorted(
                self.services,
                key=lambda service: (
                    service.layer,
                    not service.confirmed,
                    self._load_of(service),
                ),
            )
        )

    def fitting(
        self, facts: Facts, layers: frozenset[int], taking_part: Iterable[str]
    ) -> ServiceOffer | None:
        """Return the service that fits best, None where none fits.

        Of the services that suit the question and have room (all layers where `layers` is
        empty): the lightest layer, then what was confirmed lately, then the fewest open questions
        per worker, then the order of the partnership's list. A question with a legal term only
        gets a service that handles its kind, whatever its layer.
        """
        return next(self._fitting_services(facts, layers, taking_part), None)

    def open_to(self, facts: Facts, taking_part: Iterable[str]) -> frozenset[str]:
        """Return the organisations with an open service that fits these facts, of any layer."""
        fitting = self._fitting_services(facts, frozenset(), taking_part)
        return frozenset(service.organisation for service in fitting)

    def to_name(
        self,
        chosen: ServiceOffer,
        facts: Facts,
        layers: frozenset[int],
        taking_part: Iterable[str],
        near: Sequence[str],
    ) -> ServiceOffer:
        """Return the service to name: of the same organisation, the one nearest the words.

        `near` are keys of services, the nearest first. Who picks the question up never depends on
        words: where none of these fits and has room there, it stays the service that was chosen.
        """
        if not near:
            return chosen
        fitting = {
            one.key: one
            for one in self._fitting_services(facts, layers, taking_part)
            if one.organisation == chosen.organisation
        }
        return next((fitting[key] for key in near if key in fitting), chosen)

    def has_lowest_load(
        self,
        service: ServiceOffer,
        facts: Facts,
        layers: frozenset[int],
        taking_part: Iterable[str],
    ) -> bool:
        """Whether a service was chosen over another of its layer for its lower load.

        The reason for the resident then says so. False where nothing else on that layer fits, or
        where the partnership's order decided or the other waits to be confirmed.
        """
        return any(
            other.layer == service.layer
            and other.confirmed == service.confirmed
            and self._load_of(other) > self._load_of(service)
            for other in self._fitting_services(facts, layers, taking_part)
        )

    def _load_of(self, service: ServiceOffer) -> float:
        return self.load.get(service.organisation, _NOBODY).per_worker

    def _fitting_services(
        self, facts: Facts, layers: frozenset[int], taking_part: Iterable[str]
    ) -> Iterator[ServiceOffer]:
        partners = taking_part if isinstance(taking_part, set | frozenset) else set(taking_part)
        for service in self._in_order:
            if (
                (not layers or service.layer in layers)
                and service.organisation in partners
                and service.suits(facts)
                and service.has_room
            ):
                yield service


NO_OFFER = Offer()
