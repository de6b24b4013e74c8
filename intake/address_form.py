"""U or je: who is spoken to, in which form."""


def pick(je: bool, polite: str, informal: str) -> str:
    """The sentence in the form that fits: `informal` where the page says je."""
    return informal if je else polite
