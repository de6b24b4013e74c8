"""From a resident's words to a proposal: life domains, services, and words that may mean danger.

Nothing is decided here. A person chooses; danger is judged by a person.

Entry points: find_danger, suggestions, languages; `manage.py learn` makes the model.
May import: organisations.directory and below.
"""

from organisations.triage_hints.danger import Danger, Heard, find_danger
from organisations.triage_hints.danger_kinds import DangerKind

__all__ = ["Danger", "DangerKind", "Heard", "find_danger"]
