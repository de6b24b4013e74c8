"""From a resident's words to a proposal: life domains, services, and words that may mean danger.

Nothing is decided here. A person chooses; danger is judged by a person.

Entry points: find_danger, suggestions, danger_classifier; `manage.py learn_danger`.
May import: organisations.directory and below.
"""

from organisations.triage_hints.danger_patterns import Danger, DangerKind, find_danger

__all__ = ["Danger", "DangerKind", "find_danger"]
