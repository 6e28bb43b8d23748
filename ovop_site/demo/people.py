"""The accounts of the demo. Their password is known to everybody, so they exist on loopback only."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Group

from accounts.models import Duty, User
from accounts.permissions import Role
from ovop_site.demo import PASSWORD


@dataclass(frozen=True)
class Person:
    """One demo account; `area` is the code of the duty's area, without `role` there is no duty."""

    username: str
    name: str
    role: str = ""
    area: str = ""
    is_staff: bool = False


PEOPLE = (
    Person("petugas", "Petugas Brebes", Role.OFFICER, "33.29"),
    Person("petugas2", "Petugas Lombok Tengah", Role.OFFICER, "52.02"),
    Person("verifikator", "Verifikator Brebes", Role.VERIFIER, "33.29"),
    Person("verifikator2", "Verifikator Kedua Brebes", Role.VERIFIER, "33.29"),
    Person("pimpinan", "Pimpinan Brebes", Role.LEADER, "33.29"),
    Person("admin", "Admin Sentra", is_staff=True),
)
ADMIN_GROUP = "Admin Sentra"


def make_people() -> dict[str, User]:
    """The six accounts by user name; the admin belongs to the group of admins and is no superuser."""
    made = {}
    for person in PEOPLE:
        user = User.objects.create_user(person.username, password=PASSWORD, name=person.name, is_staff=person.is_staff)
        if person.role:
            Duty.objects.create(user=user, role=person.role, wilayah_id=person.area, valid_from=date(2024, 1, 1))
        if person.is_staff:
            user.groups.add(Group.objects.get(name=ADMIN_GROUP))
        made[person.username] = user
    return made
