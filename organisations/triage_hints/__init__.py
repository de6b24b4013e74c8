"""From a resident's words to a proposal: life domains, services, and words that may mean danger.

Nothing is decided here. A person chooses; danger is judged by a person.
"""

from organisations.triage_hints.danger_patterns import Danger, DangerKind, find_danger

__all__ = ["Danger", "DangerKind", "find_danger"]
