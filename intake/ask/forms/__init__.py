"""The forms of the public front door, one a page."""

from intake.ask.forms.about import AboutForm
from intake.ask.forms.call import CallForm
from intake.ask.forms.check import CheckForm
from intake.ask.forms.contact import ContactForm, MailForm, NameForm, PhoneForm
from intake.ask.forms.page import PageForm
from intake.ask.forms.place import PlaceForm
from intake.ask.forms.talk import TalkForm
from intake.ask.forms.words import TopicForm, WordsForm

__all__ = [
    "AboutForm",
    "CallForm",
    "CheckForm",
    "ContactForm",
    "MailForm",
    "NameForm",
    "PageForm",
    "PhoneForm",
    "PlaceForm",
    "TalkForm",
    "TopicForm",
    "WordsForm",
]
