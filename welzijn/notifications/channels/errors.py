"""Why a message was not sent, as far as the sweep has to know.

Texts are classes and codes, never an address: they are stored and logged.
"""


class SendingError(Exception):
    """A message was not sent."""


class ChannelDownError(SendingError):
    """Nobody's message can be sent now: the server is away, busy or doesn't let us in.

    Doesn't count as a try; the message keeps its place and goes when the server is back.
    """


class TemporaryRefusalError(SendingError):
    """This message was refused for now (a full mailbox, greylisting). Counts as a try."""


class PermanentRefusalError(SendingError):
    """This message will never be accepted: trying again would change nothing."""


class AddressRefusedError(PermanentRefusalError):
    """The address doesn't exist. Recorded as a bounce, so that the worker sees it."""
