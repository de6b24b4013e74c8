"""Compare HTML without the whitespace that comes of how a template is laid out."""

import re


def squeezed(page: str) -> str:
    """Return the HTML with single spaces, and none directly inside or outside a tag."""
    return re.sub(r"\s*(<[^>]*?)\s*(>)\s*", r"\1\2", re.sub(r"\s+", " ", page))


def as_read(page: str) -> str:
    """Return the HTML with every run of whitespace as one space, as a browser shows it."""
    return re.sub(r"\s+", " ", page)
