"""Who moves what lies in a closed area."""

from accounts.models import Duty, User
from accounts.permissions import Role, duty_areas, keeps_all_duties
from wilayah import codes


def moving_areas(user: User) -> tuple[str, ...]:
    """Codes of the areas out of and into which `user` moves: a verifier the own ones, an admin the country ("").

    Up to two queries more for staff.
    """
    if user.is_staff and user.has_perm("wilayah.change_succession"):
        return (codes.NATIONAL,)
    return duty_areas(user, Role.VERIFIER)


def may_move(user: User, old: str, new: str) -> bool:
    """Whether `user` moves what lies in `old` to `new`: both inside the areas of `user`."""
    areas = moving_areas(user)
    return all(any(codes.is_inside(code, area) for area in areas) for code in (old, new))


def moves_duty(user: User, duty: Duty) -> bool:
    """Whether `user` gives the person of `duty` the same duty in the new area: of officers, for an admin of all.

    The own duties are moved by somebody else.
    """
    return duty.user_id != user.pk and (duty.role == Role.OFFICER or keeps_all_duties(user))
