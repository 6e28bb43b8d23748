"""Who acts where: the predicates every room builds its own rules from.

A record lies in an area W, a duty covers an area D. *Inside*: W begins with D. *Sees*: W inside D, or D inside W,
so that an officer of a kecamatan sees the sentra registered for the whole kabupaten.
"""

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


def inside_q(user: User, field: str, *roles: str) -> Q:
    """The rows whose area column `field` satisfies `acts_inside`."""
    return codes.inside(field, duty_areas(user, *roles))


def sees_q(user: User, field: str, *roles: str) -> Q:
    """The rows whose area column `field` satisfies `sees`."""
    return codes.seen_from(field, duty_areas(user, *roles))


def may_manage_duties(user: User, code: str) -> bool:
    """Whether `user` makes officers and gives or ends their duties in the area `code`: a verifier inside it."""
    return acts_inside(user, code, Role.VERIFIER)


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
