"""Who acts where: the predicates every room builds its own rules from.

A record lies in an area W, a duty covers an area D. *Inside*: W begins with D. *Sees*: W inside D, or D inside W,
so that an officer of a kecamatan sees the sentra registered for the whole kabupaten.
"""

from django.conf import settings
from django.db.models import Q

from accounts.models import Duty, User
from wilayah import codes

Role = Duty.Role
CATALOGUE_READERS = (Role.OFFICER, Role.VERIFIER, Role.LEADER)
CATALOGUE_EDITORS = (Role.OFFICER, Role.VERIFIER)


def active_duties(user: User) -> list[Duty]:
    """The duties of `user` in force today, areas joined.

    One query per user object: the answer is kept on it, so a request asks once. Whoever changes duties and goes on
    with the same object must load it again.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    kept = getattr(user, "_active_duties", None)
    if kept is None:
        kept = list(Duty.objects.active().filter(user=user).select_related("wilayah"))
        user._active_duties = kept
    return kept


def duty_areas(user: User, *roles: str) -> tuple[str, ...]:
    """Codes of the areas where `user` acts in one of `roles` (in any role where none is named); "" is the country."""
    return tuple(sorted({duty.wilayah_id or "" for duty in active_duties(user) if not roles or duty.role in roles}))


def has_role(user: User, *roles: str) -> bool:
    """Whether `user` holds one of `roles` anywhere today."""
    return any(duty.role in roles for duty in active_duties(user))


def acts_inside(user: User, code: str, *roles: str) -> bool:
    """Whether the area `code` lies inside a duty of `user` in one of `roles`."""
    return any(codes.is_inside(code, area) for area in duty_areas(user, *roles))


def sees(user: User, code: str, *roles: str) -> bool:
    """Whether `code` lies inside a duty of `user` in one of `roles`, or such a duty inside `code`."""
    return any(codes.is_inside(code, area) or codes.is_inside(area, code) for area in duty_areas(user, *roles))


def must_use_second_factor(user: User) -> bool:
    """Whether `user` signs in by two steps or not at all: who decides, and whom the admin obeys (REQUIRE_MFA)."""
    return settings.REQUIRE_MFA and (user.is_staff or user.is_superuser or has_role(user, Role.VERIFIER))


def takes_code(user: User) -> bool:
    """Whether a one-time code may open the account of `user`: a petugas lapangan and nothing else, today or later.

    Never staff, a superuser or a verifikator: whoever issues the code could act as them. One query.
    """
    return bool(code_areas(user))


def may_issue_code(by: User, user: User) -> bool:
    """Whether `by`, a verifikator, may issue a sign-in code to `user`, all of whose duties lie inside `by`'s area.

    One query, and the one of `active_duties`.
    """
    areas = code_areas(user)
    return bool(areas) and by != user and all(acts_inside(by, area, Role.VERIFIER) for area in areas)


def code_areas(user: User) -> tuple[str, ...]:
    """The areas of the duties of `user` that have not ended, where all are those of a petugas; else nothing."""
    if not user.is_active or user.is_staff or user.is_superuser:
        return ()
    duties = list(Duty.objects.not_ended().filter(user=user))
    if any(duty.role != Role.OFFICER for duty in duties):
        return ()
    return tuple(sorted({duty.wilayah_id or "" for duty in duties}))


def inside_q(user: User, field: str, *roles: str) -> Q:
    """The rows whose area column `field` satisfies `acts_inside`."""
    return codes.inside(field, duty_areas(user, *roles))


def sees_q(user: User, field: str, *roles: str) -> Q:
    """The rows whose area column `field` satisfies `sees`."""
    return codes.seen_from(field, duty_areas(user, *roles))


def managed_areas(user: User) -> tuple[str, ...]:
    """Codes of the areas whose people `user` keeps: a verifier the own ones, an admin with that right the country ("").

    Up to two queries more for staff.
    """
    return (codes.NATIONAL,) if keeps_all_duties(user) else duty_areas(user, Role.VERIFIER)


def keeps_all_duties(user: User) -> bool:
    """Whether `user` is an admin who gives duties of every role, everywhere. Up to two queries for staff."""
    return user.is_staff and user.has_perm("accounts.change_duty")


def may_manage_duties(user: User, code: str) -> bool:
    """Whether `user` makes officers and gives or ends their duties in the area `code`."""
    return any(codes.is_inside(code, area) for area in managed_areas(user))


def may_give_duties_to(user: User, person: User) -> bool:
    """Whether `user`, who keeps duties somewhere, may make `person` a petugas there. Up to one query, more for staff.

    Nobody gives a duty to oneself. A verifikator gives it only to who has no other role, today or later, and is no
    admin: a duty of a petugas shows contacts, and who checks, decides or reads figures is given that by an admin.
    """
    if user == person or (person.is_superuser and not user.is_superuser):
        return False
    if keeps_all_duties(user):
        return True
    others = Duty.objects.not_ended().filter(user=person).exclude(role=Role.OFFICER)
    return not person.is_staff and not person.is_superuser and not others.exists()


def may_end_duty(user: User, duty: Duty) -> bool:
    """Whether `user` ends `duty`: that of an officer inside a managed area. Other roles are kept in the admin."""
    return duty.role == Role.OFFICER and may_manage_duties(user, duty.wilayah_id or codes.NATIONAL)


def may_edit_account(user: User, account: User) -> bool:
    """Whether `user` changes name and e-mail address of `account`, all of whose duties are an officer's inside.

    SECURITY: the address takes the mail with which a password is set, so the rule is that of sign-in codes, and for an
    admin that of the admin's pages.
    """
    if keeps_all_duties(user):
        return user != account and not account.is_superuser and may_set_sign_in(user, account)
    return may_issue_code(user, account)


def may_set_sign_in(user: User, account: User) -> bool:
    """Whether `user`, who keeps accounts, may set the password and the e-mail address of `account`.

    SECURITY: both let one sign in as somebody else. Those of staff, and of who ever was a verifier, are therefore set
    by a superuser alone; the history is asked, since an admin can change the role of a duty. One query.
    """
    if user.is_superuser:
        return True
    given = Duty.pgh_event_model.objects
    return not account.is_staff and not given.filter(user=account.pk, role=Role.VERIFIER).exists()


def describe_duty(user: User, code: str, *roles: str) -> str:
    """The duty in one of `roles` under which `user` acts in the area `code`, in words: "Verifikator, Kab. Brebes".

    The narrowest one that contains the area; the bare first role where there is none.
    """
    fitting = [
        duty for duty in active_duties(user) if duty.role in roles and codes.is_inside(code, duty.wilayah_id or "")
    ]
    if not fitting:
        return str(Role(roles[0]).label)
    narrowest = max(fitting, key=lambda duty: len(duty.wilayah_id or ""))
    return str(narrowest)
