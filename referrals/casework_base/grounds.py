"""The ground on which another organisation may read a question."""

from dataclasses import dataclass

from intake.questions.models import SharingBasis


@dataclass(frozen=True, slots=True)
class Ground:
    """Why another organisation may read the question from now on.

    A consent that the resident gave to `by` (`how`), or danger or a legal duty with its reason.
    """

    kind: SharingBasis.Kind = SharingBasis.Kind.CONSENT
    how: SharingBasis.How = SharingBasis.How.PHONE
    reason: str = ""
