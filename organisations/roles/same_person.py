"""Tell whether two addresses are one person's mailbox; `role_mailbox` is the same in SQL."""

_DOTS_IGNORED = frozenset({"gmail.com"})


def mailbox_of(email: str) -> str:
    """Return the mailbox of an address: lower case, without a +tag, and Gmail's without dots."""
    box, _at, host = email.strip().lower().rpartition("@")
    host = "gmail.com" if host == "googlemail.com" else host
    box = box.partition("+")[0]
    return f"{box.replace('.', '') if host in _DOTS_IGNORED else box}@{host}"
