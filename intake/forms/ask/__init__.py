"""The forms of the public front door, one a page."""

from intake.forms.ask.about import AboutForm
from intake.forms.ask.check import CheckForm
from intake.forms.ask.page import PageForm
from intake.forms.ask.place import PlaceForm
from intake.forms.ask.reach import CallForm, ContactForm
from intake.forms.ask.words import TopicForm, WordsForm

__all__ = [
    "AboutForm",
    "CallForm",
    "CheckForm",
    "ContactForm",
    "PageForm",
    "PlaceForm",
    "TopicForm",
    "WordsForm",
]
