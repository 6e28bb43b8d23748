"""The filter of the list of IKM."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sentra.filters.base import HiddenRecordFilter
from sentra.filters.facts import HAS_POSITION, FiguresFilter, ScopeOfProductsFilter, has_position
from sentra.filters.records import PaperFilter
from sentra.filters.reference import BranchFilter
from sentra.models import IKM, Sentra
from sentra.models.size import SizeClass
from sentra.validators import NIB_LENGTH, digits_only

UNKNOWN_SIZE = "belum"


def nib_in(text: str) -> str:
    """The NIB that `text` is, however its digits are grouped; empty where it is none."""
    digits = digits_only(text)
    return digits if digits.isascii() and digits.isdecimal() and len(digits) == NIB_LENGTH else ""


class IKMFilter(FiguresFilter, ScopeOfProductsFilter, PaperFilter):
    subject = "ikm"

    q = django_filters.CharFilter(method="search", label=_("Cari nama IKM atau NIB"), max_length=100)
    keadaan = django_filters.ChoiceFilter(
        field_name="state", label=_("Keadaan"), choices=IKM.State.choices, empty_label=_("Semua keadaan")
    )
    cabang = BranchFilter()
    ukuran = django_filters.ChoiceFilter(
        method="of_size",
        label=_("Kelas ukuran"),
        choices=[*SizeClass.choices, (UNKNOWN_SIZE, _("Belum diketahui"))],
        empty_label=_("Semua kelas"),
    )
    bentuk = django_filters.ChoiceFilter(
        field_name="legal_form",
        label=_("Bentuk usaha"),
        choices=IKM.LegalForm.choices,
        empty_label=_("Semua bentuk"),
    )
    nib = django_filters.ChoiceFilter(
        method="with_nib",
        label=_("NIB"),
        choices=[("ada", _("Ada NIB")), ("tanpa", _("Tanpa NIB"))],
        empty_label=_("Semua"),
    )
    posisi = django_filters.ChoiceFilter(
        method="positioned", label=_("Posisi"), choices=HAS_POSITION, empty_label=_("Semua")
    )
    anggota = django_filters.ChoiceFilter(
        method="member",
        label=_("Keanggotaan sentra"),
        choices=[("ya", _("Anggota sentra")), ("tidak", _("Di luar sentra")), ("penghela", _("Penghela sentra"))],
        empty_label=_("Semua"),
    )
    # Set by the link "Semua IKM sentra ini".
    sentra = HiddenRecordFilter(label=_("Sentra"), queryset=Sentra.objects.none())

    def fit(self, fields: dict[str, forms.Field]) -> None:
        super().fit(fields)
        fields["sentra"].queryset = Sentra.objects.visible_to(self.user)

    def search(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        nib = nib_in(value)
        return rows.filter(nib=nib) if nib else super().search(rows, name, value)

    def of_size(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(size_class="" if value == UNKNOWN_SIZE else value)

    def with_nib(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(nib="") if value == "tanpa" else rows.exclude(nib="")

    def positioned(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return has_position(rows, value)

    def member(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(is_anchor=True) if value == "penghela" else rows.filter(sentra__isnull=value == "tidak")
