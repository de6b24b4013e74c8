"""Household and MDO: who asks, who comes, what they may know, and what it comes to."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from intake.households import links as household_links
from intake.questions.models import Question, SharingBasis
from referrals.conferences import agenda as conference_agenda
from referrals.conferences import invitations as conference_invitations
from referrals.conferences import (
    minutes as conference_minutes,
)
from referrals.conferences import (
    page as conference_page,
)
from referrals.conferences import (
    planning as conference_planning,
)
from referrals.conferences import (
    state_machine as conference_state_machine,
)
from referrals.conferences.models import AgendaItem
from tests.referrals.state_machine.surroundings import Around, mostly, numbers, requested, who
from welzijn.audit.models import AccessEvent
from welzijn.core.working_days import local_date

several = precondition(lambda self: len(getattr(self, "questions", [])) > 1)
PHONE = SharingBasis.How.PHONE


class Families(Around):
    """What happens between questions."""

    # --- Household -------------------------------------------------------------------------------
    @several
    @rule(q=numbers, other=numbers, u=who, by_resident=st.booleans())
    def links(self, q: int, other: int, u: int, by_resident: bool) -> None:
        """Two questions of one household; nobody reads more by it."""
        theirs, mine = self.question(other), self.question(q)
        self.touched = [mine.pk, theirs.pk]
        today = local_date(self.now)
        before = {u.pk: self._visible(u.pk, today) for u in self.cast.users}
        self.attempt(
            lambda: household_links.link(
                question=mine,
                other=theirs,
                how=household_links.ONLINE if by_resident else PHONE,
                by=None if by_resident else self.user(u, mine),
                now=self.now,
            )
        )
        assert before == {u.pk: self._visible(u.pk, today) for u in self.cast.users}

    def _visible(self, user_id: object, today: date) -> set[object]:
        user = next(u for u in self.cast.users if u.pk == user_id)
        return set(Question.objects.visible_to(user, today).values_list("pk", flat=True))

    @several
    @rule(q=numbers, u=who, by_resident=st.booleans())
    def leaves(self, q: int, u: int, by_resident: bool) -> None:
        """This question no longer belongs to a household."""
        mine = self.question(q)
        self.touched = list(self.questions)
        self.attempt(
            lambda: household_links.leave(
                question=mine, by=None if by_resident else self.user(u, mine), now=self.now
            )
        )

    # --- MDO -------------------------------------------------------------------------------------
    @requested
    @rule(q=numbers, u=who, by_resident=st.booleans())
    def asks_for_an_mdo(self, q: int, u: int, by_resident: bool) -> None:
        """By who works on it, the wijkaanjager, a coordinator, or the resident."""
        question = self.question(q)
        self.attempt(
            lambda: conference_planning.propose(
                question=question,
                why="Samen kijken.",
                by=None if by_resident else self.user(u, question),
                now=self.now,
            )
        )

    @requested
    @rule(c=numbers, q=numbers, u=who)
    def adds_a_question(self, c: int, q: int, u: int) -> None:
        """Another question on the agenda; it keeps its own readers."""
        found = self.conference(c)
        if found is None:
            return
        question = Question.objects.get(pk=self.questions[q % len(self.questions)])
        self.touched.append(question.pk)
        self.attempt(
            lambda: conference_agenda.add_question(
                conference=found,
                question=question,
                why="Ook hierover.",
                by=self.user(u, question),
                now=self.now,
            )
        )

    @requested
    @rule(c=numbers, u=who, whom=numbers, outside=st.booleans())
    def invites(self, c: int, u: int, whom: int, outside: bool) -> None:
        """Somebody of an organisation, also one of another partnership; or a GP."""
        found = self.conference(c)
        if found is None:
            return
        by = self.organiser(u, found)
        if outside:
            self.attempt(
                lambda: conference_invitations.invite_outside(
                    conference=found,
                    name="Dokter Vos",
                    works_at="Huisartsen Dorp",
                    email=f"praktijk{whom % 2}@voordeur.example",
                    by=by,
                    now=self.now,
                )
            )
            return
        member = self.cast.members[whom % len(self.cast.members)]
        done = self.attempt(
            lambda: conference_invitations.invite(
                conference=found, member=member, by=by, now=self.now
            )
        )
        assert not (done and member.user in self.cast.outsiders)

    @requested
    @rule(c=numbers, u=who, p=numbers, takes_off=st.booleans(), comes=st.booleans())
    def minds_a_participant(self, c: int, u: int, p: int, takes_off: bool, comes: bool) -> None:
        """Taken off the list, or they say whether they come."""
        found = self.conference(c)
        if found is None:
            return
        everybody = list(found.participants.order_by("invited_at", "id"))
        if not everybody:
            return
        chosen = everybody[p % len(everybody)]
        by = self.organiser(u, found)
        if takes_off:
            self.attempt(
                lambda: conference_invitations.remove(participant=chosen, by=by, now=self.now)
            )
        else:
            self.attempt(
                lambda: conference_invitations.answer(participant=chosen, comes=comes, now=self.now)
            )

    def _item(self, c: int, i: int) -> AgendaItem | None:
        found = self.conference(c)
        items = list(found.agenda.order_by("added_at", "id")) if found else []
        return items[i % len(items)] if items else None

    @requested
    @rule(c=numbers, i=numbers, u=who, o=numbers)
    def shares(self, c: int, i: int, u: int, o: int) -> None:
        """The resident lets one organisation talk along."""
        item = self._item(c, i)
        if item is not None:
            self.attempt(
                lambda: conference_planning.share(
                    item=item,
                    organisation=self.cast.organisation(o),
                    how=PHONE,
                    by=self.user(u, item.question),
                    now=self.now,
                )
            )

    @requested
    @rule(c=numbers, i=numbers, u=who, invited=mostly)
    def says_about_the_resident(self, c: int, i: int, u: int, invited: bool) -> None:
        """Invited as a matter of course; where not, the reason is theirs to read."""
        item = self._item(c, i)
        if item is not None:
            self.attempt(
                lambda: conference_planning.say_about_resident(
                    item=item,
                    invited=invited,
                    why_not="" if invited else "U bent dan op reis.",
                    by=self.user(u, item.question),
                    now=self.now,
                )
            )

    @requested
    @rule(c=numbers, u=who, hours=st.integers(-1, 100), place=st.sampled_from(["Hier", "Daar"]))
    def plans_the_mdo(self, c: int, u: int, hours: int, place: str) -> None:
        """A time and a place, or another one."""
        found = self.conference(c)
        if found is None:
            return
        starts = self.now + timedelta(hours=hours)
        self.attempt(
            lambda: conference_planning.plan(
                conference=found,
                starts_at=starts,
                ends_at=starts + timedelta(hours=1),
                place=place,
                by=self.organiser(u, found),
                now=self.now,
            )
        )

    @requested
    @rule(c=numbers, u=who)
    def calls_it_off(self, c: int, u: int) -> None:
        """What was in calendars leaves them; who only talked along reads no more."""
        found = self.conference(c)
        if found is None:
            return
        self.attempt(
            lambda: conference_planning.cancel(
                conference=found, why="Ziek.", by=self.organiser(u, found), now=self.now
            )
        )

    @requested
    @rule(c=numbers, i=numbers, u=who, best=st.sampled_from(["yes", "no", ""]))
    def writes_the_plan(self, c: int, i: int, u: int, best: str) -> None:
        """The plan in the resident's words, and the minutes."""
        item = self._item(c, i)
        if item is not None:
            self.attempt(
                lambda: conference_minutes.write(
                    item=item,
                    answers=[("Wat wil je?", "rust")],
                    plan="Wij bellen de verhuurder.",
                    best=best,
                    best_words="",
                    minutes="Besproken.",
                    by=self.user(u, item.question),
                    now=self.now,
                )
            )

    @requested
    @rule(c=numbers, i=numbers, u=who, p=st.integers(-1, 5), days=st.integers(-1, 9))
    def agrees_on_an_action(self, c: int, i: int, u: int, p: int, days: int) -> None:
        """Somebody does something by a working day; below zero the resident."""
        item = self._item(c, i)
        if item is None:
            return
        people = list(item.conference.participants.order_by("invited_at", "id"))
        chosen = people[p % len(people)] if p >= 0 and people else None
        self.attempt(
            lambda: conference_minutes.add_action(
                item=item,
                what="bellen",
                participant=chosen,
                due_on=local_date(self.now) + timedelta(days=days),
                by=self.user(u, item.question),
                now=self.now,
            )
        )

    @requested
    @rule(c=numbers, u=numbers)
    def opens_the_mdo(self, c: int, u: int) -> None:
        """Invariant 6: what is read of a question stands in its log."""
        found = self.conference(c)
        if found is None:
            return
        user, today = self.user(u), local_date(self.now)
        looks = AccessEvent.objects.filter(actor=user, what="conference")
        before = looks.count()
        seen = conference_page.view_for(conference=found, user=user, now=self.now)
        read = [] if seen is None else [i.item for i in seen.items]
        assert looks.count() - before == len(read)
        own = found.participants.filter(user=user, removed_at=None).first()
        expected = [
            i
            for i in found.agenda.all()
            if conference_state_machine.reads_item(user, i, own, today)
        ]
        assert seen is None or [i.pk for i in read] == [i.pk for i in expected]
        self.touched = []
