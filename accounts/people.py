"""The people of an area: who is seen there, and how an officer is made, given a duty and relieved of it.

A verifikator keeps the petugas lapangan inside the own area; every other role is given in the admin. Each function
asks the predicate again, whatever the page let through, and the triggers of `accounts.history` record who did it.
"""

import datetime
import re
import unicodedata

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts import notices
from accounts.models import Duty, User
from accounts.permissions import (
    Role,
    managed_areas,
    may_edit_account,
    may_end_duty,
    may_give_duties_to,
    may_manage_duties,
)
from wilayah import codes
from wilayah.models import Wilayah

LONGEST_PROPOSAL = 30


class DutyBegan(Exception):
    """A duty under which something may have been done: it is ended, not cancelled."""


def seen_by(user: User) -> QuerySet[User]:
    """The people who have or had a duty inside the areas that `user` manages, also one that was cancelled.

    Nobody where there are no areas.
    """
    areas = managed_areas(user)
    inside = Duty.objects.inside(areas).filter(user=OuterRef("pk"))
    cancelled = Duty.pgh_event_model.objects.filter(
        codes.inside("wilayah__code", areas), user=OuterRef("pk"), pgh_label="delete"
    )
    people = User.objects.filter(Exists(inside) | Exists(cancelled))
    # SECURITY: as in the admin, only a superuser sees superusers.
    return people if user.is_superuser else people.filter(is_superuser=False)


def with_duties(people: QuerySet[User], *, seen_by: User) -> QuerySet[User]:
    """`people` with `shown_duties`: those inside the areas that `seen_by` manages, the latest first. One query more."""
    shown = Duty.objects.inside(managed_areas(seen_by)).select_related("wilayah").order_by("-valid_from", "role", "pk")
    return people.prefetch_related(Prefetch("duty_set", queryset=shown, to_attr="shown_duties"))


def find(login: str) -> User | None:
    """The account in use whose user name or e-mail address is exactly `login`, in capitals or not; no superuser."""
    login = login.strip()
    if not login:
        return None
    accounts = User.objects.filter(is_active=True, is_superuser=False)
    return accounts.filter(Q(username__iexact=login) | Q(email__iexact=login)).order_by("pk").first()


def propose_username(name: str) -> str:
    """A free user name made of the first two words of `name`: "siti.aminah", then "siti.aminah2". One query."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    base = ".".join(re.findall(r"[a-z0-9]+", plain)[:2])[:LONGEST_PROPOSAL] or "petugas"
    taken = {
        taken.lower() for taken in User.objects.filter(username__istartswith=base).values_list("username", flat=True)
    }
    number = 1
    while (proposal := base if number == 1 else f"{base}{number}") in taken:
        number += 1
    return proposal


@transaction.atomic
def create_officer(
    *,
    name: str,
    username: str,
    email: str,
    wilayah: Wilayah,
    valid_from: datetime.date,
    valid_until: datetime.date | None,
    by: User,
) -> User:
    """A new account with its first duty. It has no password: the person comes in by a sign-in code, or by mail.

    Raises PermissionDenied where the area is not one that `by` manages, ValidationError for a name that is taken.
    """
    user = User(username=username, name=name, email=email)
    user.set_unusable_password()
    user.full_clean()
    user.save(force_insert=True)
    give_duty(user=user, wilayah=wilayah, valid_from=valid_from, valid_until=valid_until, by=by)
    return user


@transaction.atomic
def give_duty(
    *, user: User, wilayah: Wilayah, valid_from: datetime.date, valid_until: datetime.date | None, by: User
) -> Duty:
    """A duty of `user` as officer in `wilayah`.

    Locks the account, so that of two roles given at once the second sees the first. Raises PermissionDenied where the
    area is not one that `by` manages or the person not one `by` may give duties to, ValidationError for a wrong or
    second one.
    """
    if not (may_manage_duties(by, wilayah.code) and may_give_duties_to(by, lock(user))):
        raise PermissionDenied
    duty = Duty(user=user, role=Role.OFFICER, wilayah=wilayah, valid_from=valid_from, valid_until=valid_until)
    duty.full_clean()
    duty.save(force_insert=True)
    return duty


def lock(user: User) -> User:
    """The account of `user` read anew; nobody else changes it, or its duties by a page, before the transaction ends."""
    return User.objects.select_for_update().get(pk=user.pk)


def overlaps(*, user: User, wilayah: Wilayah, valid_from: datetime.date, valid_until: datetime.date | None) -> bool:
    """Whether `user` is an officer of exactly `wilayah` at some time in this period already."""
    duties = Duty.objects.filter(user=user, role=Role.OFFICER, wilayah=wilayah).not_ended(valid_from)
    return (duties if valid_until is None else duties.filter(valid_from__lte=valid_until)).exists()


def earliest_end(duty: Duty) -> datetime.date:
    """The first day that may become the last of `duty`: yesterday, so that it ends at once, or the one it begins on."""
    return max(duty.valid_from, timezone.localdate() - datetime.timedelta(days=1))


@transaction.atomic
def end_duties(*, duties: list[Duty], last_day: datetime.date, by: User) -> None:
    """Let each of `duties` end with `last_day`; none is prolonged, and what would begin only later is cancelled.

    Nothing that was done under them changes. Raises PermissionDenied if `by` may not end one of them.
    """
    for duty in duties:
        if not may_end_duty(by, duty):
            raise PermissionDenied
        if last_day < duty.valid_from and not duty.has_begun:
            cancel_duty(duty=duty, by=by)
            continue
        end = max(last_day, earliest_end(duty))
        if duty.valid_until is None or end < duty.valid_until:
            duty.valid_until = end
            duty.save(update_fields=["valid_until"])


@transaction.atomic
def cancel_duty(*, duty: Duty, by: User) -> None:
    """Take back `duty` before its first day; only its history stays.

    Raises PermissionDenied if `by` may not end it, DutyBegan from its first day on.
    """
    if not may_end_duty(by, duty):
        raise PermissionDenied
    if Duty.objects.select_for_update().get(pk=duty.pk).has_begun:
        raise DutyBegan
    duty.delete()


def endable(user: User, *, by: User) -> list[Duty]:
    """The duties of `user` that go on after today and that `by` may end, areas joined."""
    duties = Duty.objects.not_ended().inside(managed_areas(by)).filter(user=user, role=Role.OFFICER)
    return list(duties.exclude(valid_until=timezone.localdate()).select_related("wilayah"))


@transaction.atomic
def edit_account(*, account: User, by: User) -> None:
    """Store name and e-mail address of `account`, and tell both addresses where it is another one.

    Raises PermissionDenied if `by` may not change them.
    """
    if not may_edit_account(by, account):
        raise PermissionDenied
    before = lock(account).email
    account.save(update_fields=["name", "email"])
    notices.tell_email_changed(account, before=before)


def areas_kept(user: User, *, ending: list[Duty]) -> tuple[str, ...]:
    """Codes of the areas in which `user` stays an officer once `ending` are over; "" is the country. One query."""
    ended = [duty.pk for duty in ending]
    kept = Duty.objects.not_ended().filter(user=user, role=Role.OFFICER).exclude(pk__in=ended)
    return tuple(duty.wilayah_id or codes.NATIONAL for duty in kept)


def acts_elsewhere(user: User, *, seen_by: User) -> bool:
    """Whether `user` has a duty that goes on outside the areas `seen_by` manages. One query, none for the country."""
    managed = managed_areas(seen_by)
    if codes.NATIONAL in managed:
        return False
    inside = Duty.objects.inside(managed)
    return Duty.objects.not_ended().filter(user=user).exclude(pk__in=inside).exists()
