"""Compare HTML without layout, and without what differs in every answer."""

import re


def squeezed(page: str) -> str:
    """Return the HTML with single spaces, and none directly inside or outside a tag."""
    return re.sub(r"\s*(<[^>]*?)\s*(>)\s*", r"\1\2", re.sub(r"\s+", " ", page))


def as_read(page: str) -> str:
    """Return the HTML with every run of whitespace as one space, as a browser shows it."""
    return re.sub(r"\s+", " ", page)


_OF_THIS_ANSWER = re.compile(
    r'(name="(?:csrfmiddlewaretoken|form_key)"\s+value="|"X-CSRFToken": "'
    r'|data-(?:csrf|left)=")[^"]*'
)


def comparable(page: str) -> str:
    """Return the HTML without tokens, form keys and the seconds that a session has left."""
    return _OF_THIS_ANSWER.sub(r"\1", page)
