"""Errors of sending, by what the sweep has to do about them.

Their texts are class names and codes, never an address: they are stored and logged.
"""


class SendingError(Exception):
    """A message was not sent."""


class ChannelDownError(SendingError):
    """No message can be sent now: the server is unreachable, busy or refuses our login.

    Not counted as an attempt; the message keeps its place until the server is back.
    """


class TemporaryRefusalError(SendingError):
    """This message was refused for now (a full mailbox, greylisting). Counted as an attempt."""


class PermanentRefusalError(SendingError):
    """This message will never be accepted."""


class AddressRefusedError(PermanentRefusalError):
    """The address doesn't exist. Recorded as a bounce, so that the worker sees it."""
