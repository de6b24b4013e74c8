"""Errors of sending, by what the sweep has to do about them.

Their texts are class names and codes, never an address: they are stored and logged. `reason` says
why the message does not arrive where the attempt was the last one.
"""

from welzijn.notifications.reasons import Reason


class SendingError(Exception):
    """A message was not sent."""

    default = Reason.NO_ANSWER

    def __init__(self, text: str = "", reason: Reason | None = None) -> None:
        super().__init__(text)
        self.reason = reason or self.default


class ChannelDownError(SendingError):
    """No message can be sent now: no connection to the server, or it refuses our login or quota.

    The message was not tried: it keeps its place until the server is back.
    """


class BrokenOffError(SendingError):
    """The attempt broke off: the connection was lost, nothing was answered, or the answer was 421.

    Perhaps the message was taken, so it was tried. It and its destination are tried later; the
    channel counts as down only where several destinations in a row break off.
    """


class TemporaryRefusalError(SendingError):
    """This message was refused for now (a full mailbox, greylisting). Counted as an attempt."""


class PermanentRefusalError(SendingError):
    """This message was refused for good, unless the same is refused to everybody (`refusals`)."""

    default = Reason.REFUSED


class AddressRefusedError(PermanentRefusalError):
    """The address doesn't exist, or gets no texts. Closes it, so that the worker sees it."""

    default = Reason.ADDRESS
