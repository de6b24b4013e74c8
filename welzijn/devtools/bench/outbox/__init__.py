"""`bench reminders`: is nothing lost and nothing sent twice while everything is being killed?"""

from welzijn.devtools.bench.outbox.reminders import Result, reminders

__all__ = ["Result", "reminders"]
