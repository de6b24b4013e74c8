"""The answers of a resident who asks online, and which page comes next."""

from uuid import uuid4

import pytest

from intake.ask.conversation import CALL_STEPS, WRITE_STEPS, Answer, Conversation, Step
from intake.questions.models import Question

CALL = Question.Channel.CALL_ME


def answered(*steps: Step, **fields: object) -> Conversation:
    return Conversation(answers={step: {} for step in steps}, **fields)  # type: ignore[arg-type]


def test_the_first_page_without_an_answer_is_next_and_the_check_page_comes_last() -> None:
    for count, step in enumerate(WRITE_STEPS[:-1]):
        assert answered(*WRITE_STEPS[:count]).first_unanswered == step
    assert answered(*WRITE_STEPS[:-1]).first_unanswered == Step.CHECK


def test_a_page_left_without_going_on_has_to_be_answered_again() -> None:
    conversation = answered(*WRITE_STEPS[:-1], unsent={Step.ABOUT: {"about": ["self"]}})
    assert conversation.first_unanswered == Step.ABOUT


def test_who_wants_a_call_has_two_pages() -> None:
    assert Conversation(channel=CALL).steps == CALL_STEPS
    assert Conversation(channel=CALL).first_unanswered == Step.CALL
    assert answered(Step.CALL, channel=CALL).first_unanswered == Step.CHECK


@pytest.mark.parametrize("step", WRITE_STEPS)
def test_a_page_opens_once_all_before_it_are_answered(step: Step) -> None:
    before = WRITE_STEPS[: WRITE_STEPS.index(step)]
    assert answered(*before).may_answer(step)
    if before:
        assert not answered(*before[:-1]).may_answer(step)
        assert not answered(*before[1:]).may_answer(step)


def test_the_call_page_is_always_open_and_its_check_page_after_it() -> None:
    assert Conversation().may_answer(Step.CALL)
    assert not Conversation(channel=CALL).may_answer(Step.CHECK)
    assert answered(Step.CALL, channel=CALL).may_answer(Step.CHECK)


def test_a_draft_gives_the_same_conversation_back() -> None:
    conversation = answered(Step.START, young=True, danger_kinds=["child"], family="x")
    stored = conversation.to_draft()
    assert Conversation.from_draft(stored) == conversation
    assert isinstance(stored["key"], str)


def test_a_draft_of_another_version_keeps_what_is_known() -> None:
    key = uuid4()
    found = Conversation.from_draft({"key": str(key), "no_longer": 1, "young": True})
    assert (found.key, found.young, found.answers) == (key, True, {})
    assert Conversation.from_draft(None).key != Conversation.from_draft({}).key


def test_beginning_again_leaves_nothing_of_the_sent_question() -> None:
    used = answered(
        Step.START,
        channel=CALL,
        young=True,
        danger=True,
        danger_kinds=["child"],
        notice="x",
        unsent={Step.WORDS: {}},
        receipt={"code": "123"},
        family="x",
        family_lead="stimenz",
    )
    key, secret = used.key, used.files_secret
    used.begin_again()
    assert used.key != key
    assert used.files_secret != secret
    assert used == Conversation(key=used.key, young=True, files_secret=used.files_secret)


@pytest.mark.parametrize(
    ("about", "age", "young", "je"),
    [
        ("self", "12-15", False, True),
        ("self", "18-26", False, False),
        ("self", "18-26", True, True),
        ("self", "27-66", True, False),
        ("self", "", True, True),
        ("self", "", False, False),
        # The age is that of another: it says nothing about who reads along.
        ("child", "12-15", False, False),
        ("child", "27-66", True, True),
    ],
)
def test_je_is_for_minors_who_ask_for_themselves_and_for_the_young_entrance(
    about: str, age: str, young: bool, je: bool
) -> None:
    conversation = Conversation(
        young=young, answers={Step.ABOUT: {"about": about}, Step.PLACE: {"age_band": age}}
    )
    assert conversation.says_je is je


def test_danger_counts_on_the_page_of_the_chosen_way() -> None:
    shown: dict[str, Answer] = {Step.WORDS: {"danger": True}}
    assert Conversation(answers=shown).in_danger
    assert not Conversation(answers=shown, channel=CALL).in_danger
    assert Conversation(answers={Step.CALL: {"danger": True}}, channel=CALL).in_danger
    assert Conversation(danger=True).in_danger


def test_each_kind_of_danger_is_asked_about_once_and_still_reviewed_early() -> None:
    conversation = Conversation(answers={Step.WORDS: {"words": "mijn man slaat mij"}})
    before = conversation.needs_early_review
    requested = [conversation.may_mean_danger(Step.WORDS) for _twice in range(2)]
    assert (before, requested, conversation.needs_early_review) == (False, [True, False], True)
    conversation.answers[Step.WORDS] = {"words": "mijn man slaat mij en ik wil dood"}
    assert conversation.may_mean_danger(Step.WORDS)


def test_who_said_that_there_is_danger_is_not_asked_again() -> None:
    conversation = Conversation(danger=True, answers={Step.WORDS: {"words": "mijn man slaat mij"}})
    assert not conversation.may_mean_danger(Step.WORDS)
    assert conversation.danger_kinds


def test_answers_to_the_opening_questions_are_heard_as_well() -> None:
    conversation = Conversation(
        answers={Step.TALK_1: {"opening": [("Wat wil je?", "hij slaat mij")]}}, openings=1
    )
    assert conversation.question_text == "hij slaat mij"
    assert conversation.may_mean_danger(Step.TALK_1)


def test_each_opening_question_and_each_chosen_way_has_a_page() -> None:
    asks = answered(*WRITE_STEPS[:-1], openings=2)
    assert asks.first_unanswered == Step.TALK_1
    assert not asks.may_answer(Step.TALK_3)
    conversation = answered(*WRITE_STEPS[:-1])
    conversation.answers[Step.CONTACT] = {"ways": ["sms", "email"]}
    found = [conversation.first_unanswered]
    conversation.answers[Step.PHONE] = {"phone": "06"}
    assert [*found, conversation.first_unanswered] == [Step.PHONE, Step.MAIL]
    # What a way that isn't chosen any more was told doesn't count.
    conversation.answers[Step.CONTACT] = {"ways": []}
    assert conversation.contact.get("phone") is None
    assert not conversation.may_answer(Step.PHONE)


@pytest.mark.parametrize(
    ("contact", "says"),
    [
        ({"ways": ["phone"], "may": ["who"]}, True),
        ({"ways": ["phone"], "may": []}, False),
        ({"ways": ["email"], "say_who": "yes"}, True),
        ({"ways": ["email"], "say_who": ""}, False),
        # Asked once for both, with the mail.
        ({"ways": ["phone", "email"], "may": ["who"], "say_who": "no"}, False),
    ],
)
def test_who_is_mailed_says_whether_we_may_say_who_we_are(contact: Answer, says: bool) -> None:
    conversation = Conversation(answers={Step.CONTACT: contact})
    assert conversation.to_submission().reach.may_say_who is says


def test_calm_words_need_no_early_review() -> None:
    conversation = Conversation(answers={Step.WORDS: {"words": "ik wil leren fietsen"}})
    assert not conversation.may_mean_danger(Step.WORDS)
    submission = conversation.to_submission()
    assert (submission.danger, submission.maybe_danger, submission.soon) == (False, False, False)


def test_a_submission_holds_the_answers_of_its_pages() -> None:
    conversation = Conversation(
        answers={
            Step.WORDS: {"words": "brief"},
            Step.TALK_1: {"opening": [["Wat wil je?", "rust"]]},
            Step.ABOUT: {"about": "child", "knows": "yes", "subject_name": "Bo"},
            Step.TOPIC: {"domains": ["geld", "opgroeien"]},
            Step.PLACE: {"age_band": "12-15", "postcode": "3881AB", "neighbourhood": "dorp"},
            Step.CONTACT: {"ways": ["phone"]},
            Step.PHONE: {"phone": "06", "may": ["message"]},
            Step.NAME: {"name": "Ria"},
        },
        openings=1,
        family_lead="stimenz",
    )
    found = conversation.to_submission(shares=True, shares_with="stimenz")
    assert (found.submission_key, found.words) == (conversation.key, "brief")
    assert found.opening_answers == (("Wat wil je?", "rust"),)
    assert (found.about, found.subject_knows, found.subject_name) == ("child", "yes", "Bo")
    assert found.life_domains == ("geld", "opgroeien")
    assert (found.age_band, found.postcode, found.neighbourhood) == ("12-15", "3881AB", "dorp")
    assert (found.name, found.reach.phone, found.reach.ways) == ("Ria", "06", ("phone",))
    assert (found.reach.may_leave_message, found.reach.may_say_who) == (True, False)
    assert (found.reach.language, found.reach.no_post) == ("nl", True)
    assert (found.shares, found.shares_with, found.household_lead) == (True, "stimenz", "stimenz")


def test_who_wants_a_call_is_phoned_and_asks_for_themselves() -> None:
    conversation = Conversation(
        channel=CALL,
        answers={
            Step.ABOUT: {"about": "child"},
            Step.WORDS: {"words": "niet verstuurd"},
            Step.CALL: {"words": "bel mij", "phone": "06", "name": "Ria", "domains": ["geld"]},
        },
    )
    found = conversation.to_submission()
    assert (found.channel, found.about, found.words) == (CALL, "self", "bel mij")
    assert (found.reach.ways, found.reach.phone) == (("phone",), "06")
    assert (found.life_domains, found.household_lead, found.shares) == (("geld",), None, None)
