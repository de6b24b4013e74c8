"""Ask for a reset second factor or another address, and decide on it as a second person."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.colleagues.models import AccountRequest
from organisations.partnerships.models import Partnership
from organisations.roles import second_person
from organisations.roles.models import Membership, Role
from welzijn.accounts.models import User
from welzijn.accounts.session_views import end_all_sessions
from welzijn.accounts.user_notices import notify_at_once
from welzijn.notifications.models import Message

ASKED = "colleagues.request_asked"
DONE = "colleagues.request_done"
OPEN_FOR = timedelta(days=7)


def deciders(*, partnership: Partnership, user: User, asked_by: User) -> QuerySet[User]:
    """Return who may decide: other administrators, and coordinators of the user's organisations.

    Nobody whom the asker could be too (`roles.second_person`), nor the account's owner.
    """
    active = Membership.objects.active().filter(partnership=partnership)
    here = active.filter(user=user).values("organisation")
    wanted = active.filter(role=Role.ADMINISTRATOR) | active.filter(
        role=Role.COORDINATOR, organisation__in=here
    )
    people = User.objects.filter(pk__in=wanted.values("user"), is_active=True).exclude(pk=user.pk)
    return second_person.beside(asked_by, people, partnership=partnership, on=timezone.now())


def ask(
    *,
    kind: AccountRequest.Kind,
    user: User,
    partnership: Partnership,
    by: User,
    now: datetime,
    new_email: str = "",
) -> AccountRequest:
    """Ask for a second person's decision, and tell those who may decide.

    Raises ValidationError: it is one's own account; nobody may decide; the address is taken.
    """
    if user == by:
        raise ValidationError(_("Vraag dit voor uw eigen account aan een andere beheerder."))
    new_email = new_email.strip().lower()
    if kind == AccountRequest.Kind.CHANGE_ADDRESS:
        _check_free(new_email)
    people = list(deciders(partnership=partnership, user=user, asked_by=by))
    if not people:
        raise ValidationError(
            _(
                "Niemand anders kan hierover beslissen: er is geen coördinator, en een beheerder "
                "die u zelf een rol gaf of die u een rol gaf, telt niet als tweede."
            )
        )
    with transaction.atomic():
        AccountRequest.objects.filter(
            user=user, partnership=partnership, kind=kind, decided_at__isnull=True
        ).filter(asked_at__lt=now - OPEN_FOR).delete()
        try:
            with transaction.atomic():
                pending = AccountRequest.objects.create(
                    partnership=partnership,
                    kind=kind,
                    user=user,
                    new_email=new_email,
                    asked_by=by,
                    asked_at=now,
                )
        except IntegrityError:
            raise ValidationError(_("Dit is al gevraagd en wacht op een beslissing.")) from None
        for person in people:
            notify_at_once(
                person,
                kind=ASKED,
                subject_id=pending.pk,
                template="second_factor_asked",
                partnership_id=partnership.pk,
                path="/beheer/verzoeken/",
                now=now,
            )
    return pending


def open_for(*, partnership: Partnership, by: User, now: datetime) -> list[AccountRequest]:
    """Return the open requests that `by` may decide on."""
    waiting = (
        AccountRequest.objects.filter(
            partnership=partnership, decided_at__isnull=True, asked_at__gte=now - OPEN_FOR
        )
        .select_related("user", "asked_by", "partnership")
        .order_by("asked_at")
    )
    return [one for one in waiting if _may_decide(one, by)]


def _may_decide(pending: AccountRequest, by: User) -> bool:
    found = deciders(
        partnership=pending.partnership,
        user=pending.user,
        asked_by=pending.asked_by,
    )
    return found.filter(pk=by.pk).exists()


def decide(*, request_id: UUID, approved: bool, by: User, now: datetime) -> AccountRequest:
    """Approve or refuse a request. Approved, it is done at once and its owner is told.

    Raises ValidationError: not open any more, not for this person to decide, or the address was
    taken meanwhile.
    """
    with transaction.atomic():
        pending = (
            AccountRequest.objects.select_for_update(of=("self",))
            .select_related("user", "partnership", "asked_by")
            .filter(pk=request_id)
            .first()
        )
        if pending is None or pending.decided_at is not None or pending.asked_at < now - OPEN_FOR:
            raise ValidationError(_("Over dit verzoek is al beslist, of het is verlopen."))
        if not _may_decide(pending, by):
            raise ValidationError(_("Over dit verzoek beslist iemand anders."))
        pending.decided_by, pending.decided_at, pending.approved = (
            by,
            now,
            approved,
        )
        pending.save(update_fields=["decided_by", "decided_at", "approved"])
        if approved:
            _carry_out(pending, now)
    return pending


def _carry_out(pending: AccountRequest, now: datetime) -> None:
    user = pending.user
    reset = pending.kind == AccountRequest.Kind.RESET_SECOND_FACTOR
    if reset:
        Authenticator.objects.filter(user=user).delete()
    else:
        _check_free(pending.new_email)
        EmailAddress.objects.filter(user=user).delete()
        # Not verified: its owner confirms it at the next sign-in.
        EmailAddress.objects.create(
            user=user, email=pending.new_email, primary=True, verified=False
        )
    notify_at_once(
        user,
        kind=DONE,
        subject_id=pending.pk,
        template="second_factor_reset" if reset else "account_changed",
        partnership_id=pending.partnership_id,
        path="/accounts/2fa/" if reset else "/accounts/mijn/",
        now=now,
    )
    if not reset:
        user.email = pending.new_email
        user.save(update_fields=["email"])
    end_all_sessions(user=user, now=now)


def _check_free(email: str) -> None:
    if User.objects.filter(email=email).exists():
        raise ValidationError({"email": _("Dit e-mailadres is al van een ander account.")})


def still_pending(messages: Sequence[Message], _now: datetime) -> Collection[UUID]:
    """Return the ids of messages about requests that nobody has decided on yet."""
    waiting = set(
        AccountRequest.objects.filter(
            pk__in=[m.subject_id for m in messages], decided_at__isnull=True
        ).values_list("pk", flat=True)
    )
    return {m.id for m in messages if m.subject_id in waiting}
