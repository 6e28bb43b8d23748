"""The filter of the list of people: name, role, and whether a duty is in force."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty, User
from accounts.permissions import Role, managed_areas


class PersonFilter(django_filters.FilterSet):
    """`queryset` is already `people.seen_by(user)`; roles and dates are those of duties inside the managed areas."""

    IN_FORCE = [
        ("berlaku", _("Bertugas hari ini")),
        ("nanti", _("Mulai nanti")),
        ("berakhir", _("Semua tugas berakhir")),
    ]

    q = django_filters.CharFilter(method="search", label=_("Cari nama atau nama pengguna"), max_length=100)
    peran = django_filters.ChoiceFilter(
        method="with_role", label=_("Peran"), choices=Role.choices, empty_label=_("Semua peran")
    )
    keadaan = django_filters.ChoiceFilter(
        method="in_force", label=_("Tugas"), choices=IN_FORCE, empty_label=_("Semua keadaan")
    )

    class Meta:
        form = forms.Form

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duties = Duty.objects.inside(managed_areas(user)).filter(user=OuterRef("pk"))

    @property
    def rows(self) -> QuerySet[User]:
        """The people who match; nobody while something in the filter is wrong."""
        return self.qs if self.form.is_valid() else self.queryset.none()

    @property
    def is_set(self) -> bool:
        self.form.is_valid()
        return any(self.form.cleaned_data.values())

    def search(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        for word in value.split():
            people = people.filter(Q(name__icontains=word) | Q(username__icontains=word))
        return people

    def with_role(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return people.filter(Exists(self.duties.filter(role=value)))

    def in_force(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        if value == "berlaku":
            return people.filter(Exists(self.duties.active()), is_active=True)
        unended = Exists(self.duties.not_ended())
        if value == "nanti":
            return people.filter(unended).exclude(Exists(self.duties.active()))
        return people.exclude(unended)
