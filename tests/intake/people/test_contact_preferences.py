"""From a contact wish to what a sender may do."""

from datetime import time

from intake.people.contact_preferences import reach_of
from intake.people.forms_of_address import JE
from intake.people.models import ContactDetail, ContactWish
from tests.support import factories as make
from welzijn.notifications.recipients import Channel

PHONE = ContactDetail(kind=ContactDetail.Kind.PHONE, value="+31612345678")
EMAIL = ContactDetail(kind=ContactDetail.Kind.EMAIL, value="ria@voordeur.example")


def test_only_the_chosen_ways_are_channels_and_calling_is_none() -> None:
    reach = reach_of(ContactWish(ways=["phone", "email"]), [PHONE, EMAIL])
    assert reach.channels == (Channel.EMAIL,)
    assert (reach.phone, reach.email) == (PHONE.value, EMAIL.value)


def test_a_detail_that_bounced_is_not_used() -> None:
    bounced = ContactDetail(
        kind=ContactDetail.Kind.EMAIL, value=EMAIL.value, bounced_at=make.TUESDAY
    )
    assert reach_of(ContactWish(ways=["email"]), [bounced]).email == ""


def test_parts_of_the_day_form_one_window_from_the_first_to_the_last() -> None:
    reach = reach_of(ContactWish(ways=["sms"], times=["evening", "morning"]), [PHONE])
    assert (reach.contact_from, reach.contact_until) == (time(8), time(21))


def test_without_a_chosen_time_there_is_no_window() -> None:
    reach = reach_of(ContactWish(ways=["sms"], times=[]), [PHONE])
    assert (reach.contact_from, reach.contact_until) == (None, None)


def test_nothing_may_be_said_or_left_without_a_yes() -> None:
    reach = reach_of(ContactWish(), [])
    assert (reach.may_leave_message, reach.may_say_who) == (False, False)


def test_the_language_is_one_of_the_six_and_dutch_in_the_form_of_address_of_the_asker() -> None:
    assert reach_of(ContactWish(language="en", says_je=True), []).language == "en"
    assert reach_of(ContactWish(language="ar"), []).language == "ar"
    assert reach_of(ContactWish(language="ti"), []).language == "nl"
    assert reach_of(ContactWish(language="nl", says_je=True), []).language == JE
