"""The conversation with a resident who asks online: the answers so far, and the next page.

Plain data, independent of requests and forms: the views keep it in the encrypted draft
(`intake/ask/draft.py`) and make an `Asked` of it.
"""

from dataclasses import dataclass, field, fields
from secrets import token_hex
from typing import Any
from uuid import UUID, uuid4

from intake.ask.steps import CALL_STEPS, TALK_STEPS, WRITE_STEPS, Step, written_steps
from intake.danger import help_at_hand, listening
from intake.questions.models import Question
from intake.submission.submission import ContactChoices, Submission
from organisations.routing.facts import MINOR_BANDS

__all__ = ["CALL_STEPS", "WRITE_STEPS", "Answer", "Conversation", "Step", "reachable"]

Answer = dict[str, Any]


@dataclass(slots=True)
class Conversation:
    """What a resident has answered so far in this browser.

    key: the submission key; the same for one question, so that sending twice creates one.
    young: began at the entrance for young people.
    danger: said on the danger page.
    danger_kinds: the kinds of danger about which "Is er nu gevaar?" was already asked.
    often: said on the danger page: not now, but more often.
    alarm: the receipt of the question that was made when they said that there is danger now; what
        is answered after it is added to that question.
    reach_holds: said after that where they can be reached; pages answered before don't count.
    before: the draft that sending locked, for wiping (`intake/ask/draft.py`).
    danger_denied: said on the danger page that there is none now.
    notice: the key of a notice to show once, on the next page.
    receipt: what the last page shows; the answers are then deleted.
    unsent: the fields of a page that was left without "Verder", as typed; that page still has to
        be answered.
    wrong: the page whose fields in `unsent` were sent and are not right; it shows what is wrong.
    refused: a form beside the pages (letters, reach) that was not right, with what is wrong.
    openings: how many opening questions the partnership has.
    own_key: the draft's key was made in this browser after it began to answer; until then each
        write makes a new one.
    """

    key: UUID = field(default_factory=uuid4)
    channel: str = Question.Channel.ONLINE
    young: bool = False
    danger: bool = False
    danger_kinds: list[str] = field(default_factory=list)
    often: bool = False
    alarm: Answer | None = None
    danger_denied: bool = False
    reach_holds: bool = False
    before: str = ""
    notice: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    unsent: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    wrong: str = ""
    refused: Answer = field(default_factory=dict)
    openings: int = 0
    receipt: Answer | None = None
    own_key: bool = False
    # Opens the files that go along (`intake/attachments/drafts.py`); whether there may be any.
    files_secret: str = field(default_factory=lambda: token_hex(32))
    has_files: bool = False
    # When the form was begun, in seconds since 1970.
    begun: float = 0.0
    # If asked from the page of an earlier question of the same family: that question and its lead.
    family: str = ""
    family_lead: str = ""

    @classmethod
    def from_draft(cls, stored: dict[str, Any] | None) -> "Conversation":
        """Return the conversation of a draft, or a new one.

        Fields that a draft of another version of the product lacks get their default.
        """
        if not stored:
            return cls()
        known = {f.name: stored[f.name] for f in fields(cls) if f.name in stored}
        if "key" in known:
            known["key"] = UUID(known["key"])
        return cls(**known)

    def to_draft(self) -> dict[str, Any]:
        """Return the conversation as JSON-serialisable data."""
        kept = {f.name: getattr(self, f.name) for f in fields(self)}
        return {**kept, "key": str(self.key), "channel": str(self.channel)}

    @property
    def steps(self) -> tuple[Step, ...]:
        """The pages of the chosen way of asking."""
        return CALL_STEPS if self.channel == Question.Channel.CALL_ME else self.written_steps

    @property
    def written_steps(self) -> tuple[Step, ...]:
        """The pages of "Schrijf het op", with those that the answers so far ask for."""
        ways = self.answer(Step.CONTACT).get("ways", [])
        return written_steps(openings=self.openings, ways=ways)

    @property
    def first_unanswered(self) -> Step:
        """The first page to be answered; the check page once all others are."""
        return next(
            (s for s in self.steps[:-1] if s not in self.answers or s in self.unsent), Step.CHECK
        )

    def may_answer(self, step: Step) -> bool:
        """Whether all pages before this one have been answered."""
        if step == Step.CALL:
            return True
        steps = self.steps if step == Step.CHECK else self.written_steps
        return step in steps and all(s in self.answers for s in steps[: steps.index(step)])

    def answer(self, step: Step) -> Answer:
        """Return the answer of a page; empty if there is none."""
        return self.answers.get(step, {})

    def begin_again(self) -> None:
        """Start a new question in the same browser; nothing of the sent one remains."""
        fresh = Conversation(young=self.young)
        self.key, self.answers, self.receipt = fresh.key, fresh.answers, fresh.receipt
        self.channel, self.danger, self.notice = fresh.channel, fresh.danger, fresh.notice
        self.danger_kinds, self.unsent = fresh.danger_kinds, fresh.unsent
        self.wrong, self.refused = fresh.wrong, fresh.refused
        self.often, self.danger_denied, self.alarm = fresh.often, fresh.danger_denied, fresh.alarm
        self.reach_holds = fresh.reach_holds
        self.family, self.family_lead = fresh.family, fresh.family_lead
        self.own_key = fresh.own_key
        self.files_secret, self.has_files = fresh.files_secret, False
        self.begun = fresh.begun

    @property
    def about(self) -> str:
        """Whom it is about; the asker unless something else was answered."""
        if self.channel == Question.Channel.CALL_ME:
            return str(Question.About.SELF)
        return str(self.answer(Step.ABOUT).get("about") or Question.About.SELF)

    @property
    def says_je(self) -> bool:
        """Whether to say je: a minor who asks for themselves, or the young people's entrance."""
        age = self.answer(Step.PLACE).get("age_band")
        if age and self.about == Question.About.SELF:
            return age in MINOR_BANDS or (self.young and age == "18-26")
        return self.young

    @property
    def in_danger(self) -> bool:
        """Whether they said, on any page, that there is danger now."""
        page = Step.CALL if self.channel == Question.Channel.CALL_ME else Step.WORDS
        return self.danger or bool(self.answer(page).get("danger"))

    def domains_of(self, step: Step) -> list[str]:
        """Return the chosen life domains; where none was, the guess that was not refused."""
        answer = self.answer(step)
        return answer.get("domains", []) or list(filter(None, [answer.get("guess", "")]))

    @property
    def guess(self) -> str:
        """The life domain that is carried on without having been chosen; "" for none."""
        answer = self.answer(Step.TOPIC)
        return "" if answer.get("domains") else str(answer.get("guess", ""))

    def refuse_guess(self) -> None:
        """Go on without the guess: somebody finds out what it is about."""
        self.answers[Step.TOPIC]["guess"] = ""

    def typed(self, step: Step) -> str:
        """Return everything that was written in free text on a page."""
        answer = self.answer(step)
        texts = [answer.get("words", ""), *(texts for _q, texts in answer.get("opening", []))]
        return "\n".join(filter(None, texts))

    @property
    def openings_answered(self) -> list[list[str]]:
        """The opening questions that were answered, each with its answer, in their order."""
        pages = (Step.WORDS, *TALK_STEPS[: self.openings])
        return [pair for page in pages for pair in self.answer(page).get("opening", [])]

    @property
    def question_text(self) -> str:
        """All free text about the question, from each of its pages."""
        pages = (Step.WORDS, *TALK_STEPS[: self.openings])
        return "\n".join(filter(None, (self.typed(page) for page in pages)))

    @property
    def contact(self) -> Answer:
        """How they may be reached: the answers of its pages together."""
        asked = [s for s in (Step.CONTACT, Step.PHONE, Step.MAIL, Step.NAME) if s in self.steps]
        return {name: value for s in asked for name, value in self.answer(s).items()}

    def may_mean_danger(self, step: Step) -> bool:
        """Whether what was typed on this page suggests a kind of danger not yet asked about.

        Every box is listened to, also the one of a name or a number: people write where there is
        room. Remembers the kinds. It decides nothing: the danger page asks the resident, with the
        emergency numbers first.
        """
        answer = self.answer(step)
        beside = [answer.get(name, "") for name in ("name", "subject_name", "times_note")]
        text = "\n".join(filter(None, [self.typed(step), *beside]))
        found = help_at_hand.kinds_of(listening.kinds_in([text]), text)
        new = [kind for kind in found if kind not in self.danger_kinds]
        self.danger_kinds = [*self.danger_kinds, *new]
        return bool(new) and not self.in_danger

    @property
    def needs_early_review(self) -> bool:
        """Whether a worker should see it sooner, because the words may mean danger.

        Also after "nee, ga verder": somebody who is being watched says no. It changes the day,
        never the receiver.
        """
        return bool(self.danger_kinds) or self.often

    @property
    def danger_answer(self) -> str:
        """What they answered to "Is er nu gevaar?": a value of HeardDanger.Answer."""
        if self.in_danger:
            return "now"
        return "often" if self.often else ("no" if self.danger_denied else "")

    def to_submission(self, *, shares: bool | None = None, shares_with: str = "") -> Submission:
        """Return the answers as a submission for `intake.submission.submit`."""
        if self.channel == Question.Channel.CALL_ME:
            return self._call_submission(shares, shares_with)
        words, about = self.answer(Step.WORDS), self.answer(Step.ABOUT)
        place, contact = self.answer(Step.PLACE), self.contact
        return Submission(
            submission_key=self.key,
            channel=Question.Channel.ONLINE,
            words=words.get("words", ""),
            opening_answers=tuple((q, a) for q, a in self.openings_answered),
            about=self.about,
            subject_knows=about.get("knows", ""),
            subject_name=about.get("subject_name", ""),
            age_band=place.get("age_band", ""),
            life_domains=tuple(self.domains_of(Step.TOPIC)),
            near=tuple(self.answer(Step.TOPIC).get("near", ())),
            postcode=place.get("postcode", ""),
            neighbourhood=place.get("neighbourhood", ""),
            danger=self.in_danger,
            maybe_danger=self.needs_early_review,
            soon=self.needs_early_review,
            danger_kinds=tuple(self.danger_kinds),
            danger_answer=self.danger_answer,
            name=contact.get("name", ""),
            reach=reachable(contact, self.says_je),
            shares=shares,
            shares_with=shares_with,
            household_lead=self.family_lead or None,
        )

    def _call_submission(self, shares: bool | None, shares_with: str) -> Submission:
        call = self.answer(Step.CALL)
        return Submission(
            submission_key=self.key,
            channel=Question.Channel.CALL_ME,
            words=call.get("words", ""),
            life_domains=tuple(call.get("domains", [])),
            near=tuple(call.get("near", ())),
            danger=self.in_danger,
            maybe_danger=self.needs_early_review,
            soon=self.needs_early_review,
            danger_kinds=tuple(self.danger_kinds),
            danger_answer=self.danger_answer,
            name=call.get("name", ""),
            reach=reachable({**call, "ways": ["phone"]}, self.says_je),
            shares=shares,
            shares_with=shares_with,
            household_lead=self.family_lead or None,
        )


def reachable(contact: Answer, says_je: bool) -> ContactChoices:
    """Return the ways to be reached, of the answers about contact."""
    may = contact.get("may", [])
    ways = contact.get("ways", [])
    # Asked once: with the mail, where there is one, else with the number.
    says_who = contact.get("say_who") == "yes" if "email" in ways else "who" in may
    return ContactChoices(
        phone=contact.get("phone", ""),
        email=contact.get("email", ""),
        ways=tuple(ways),
        may_leave_message="message" in may,
        may_say_who=says_who,
        no_post=contact.get("no_post", True),
        times=tuple(contact.get("times", [])),
        times_note=contact.get("times_note", ""),
        language=contact.get("language") or "nl",
        interpreter=contact.get("interpreter", False),
        says_je=says_je,
    )
