"""The filter of the list of certificates."""

from datetime import timedelta

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sentra.filters.records import RecordFilter
from sentra.models import Certificate
from sentra.models.certificate import CertificateQuerySet


class CertificateFilter(RecordFilter):
    STATES = [
        ("berlaku", _("Berlaku")),
        ("30", _("Habis dalam 30 hari")),
        ("90", _("Habis dalam 90 hari")),
        ("180", _("Habis dalam 180 hari")),
        ("kedaluwarsa", _("Kedaluwarsa")),
        ("tanpa", _("Tanpa batas waktu")),
    ]

    q = django_filters.CharFilter(method="search", label=_("Cari nomor surat"), max_length=100)
    jenis = django_filters.ChoiceFilter(
        field_name="kind", label=_("Jenis"), choices=Certificate.Kind.choices, empty_label=_("Semua jenis")
    )
    masa = django_filters.ChoiceFilter(
        method="in_state", label=_("Masa berlaku"), choices=STATES, empty_label=_("Semua")
    )
    diperiksa = django_filters.ChoiceFilter(
        method="checked",
        label=_("Pemeriksaan"),
        choices=[("ya", _("Sudah diperiksa")), ("belum", _("Belum diperiksa"))],
        empty_label=_("Semua"),
    )
    berkas = django_filters.ChoiceFilter(
        method="with_file",
        label=_("Berkas surat"),
        choices=[("ada", _("Ada berkas")), ("tanpa", _("Tanpa berkas"))],
        empty_label=_("Semua"),
    )
    milik = django_filters.ChoiceFilter(
        method="of_subject",
        label=_("Surat milik"),
        choices=[("sentra", _("Sentra")), ("ikm", _("IKM")), ("product", _("Produk"))],
        empty_label=_("Semua"),
    )

    def search(self, rows: CertificateQuerySet, name: str, value: str) -> CertificateQuerySet:
        return rows.numbered(value)

    def in_state(self, rows: CertificateQuerySet, name: str, value: str) -> CertificateQuerySet:
        today = timezone.localdate()
        if value == "berlaku":
            return rows.valid_on(today)
        if value == "kedaluwarsa":
            return rows.lapsed_on(today)
        if value == "tanpa":
            return rows.without_end()
        return rows.lapsing_between(today, today + timedelta(days=int(value)))

    def checked(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(checked_at__isnull=value == "belum")

    def with_file(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(file__isnull=value == "tanpa")

    def of_subject(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(**{f"{value}__isnull": False})
