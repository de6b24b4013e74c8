"""`bench reminders`: delivery of messages while senders, brokers and servers are killed.

Entry point: `reminders()`. May import everything.
"""

from welzijn.devtools.bench.reminders.benchmark import Result, reminders

__all__ = ["Result", "reminders"]
