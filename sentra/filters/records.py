"""Filters that several lists share: who recorded a row and when it changed, whether it is in use, its papers."""

from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, Expression, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sentra import searching, spelling
from sentra.filters.base import CatalogueFilter
from sentra.models import Certificate
from sentra.models.certificate import CertificateQuerySet
from sentra.models.parts import CatalogueQuerySet

# More people than a name means are not looked for.
MOST_PEOPLE = 200
MYSELF = "saya"


class RecordFilter(CatalogueFilter):
    """A list of records: what is out of use is shown only where it is asked for."""

    diubah_sejak = django_filters.DateFilter(
        method="changed_since",
        label=_("Diubah sejak"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    dicatat_oleh = django_filters.CharFilter(
        method="recorded_by",
        label=_("Dicatat oleh"),
        max_length=100,
        help_text=_("Nama petugas, atau “saya”."),
    )
    nonaktif = django_filters.ChoiceFilter(
        method="out_of_use",
        label=_("Pemakaian"),
        choices=[("ya", _("Hanya yang nonaktif")), ("semua", _("Juga yang nonaktif"))],
        empty_label=_("Hanya yang dipakai"),
    )

    def narrowed(self, rows: QuerySet, values: dict[str, Any]) -> QuerySet:
        return super().narrowed(rows if values.get("nonaktif") else rows.in_use(), values)

    def changed_since(self, rows: QuerySet, name: str, value: date) -> QuerySet:
        return rows.filter(changed_at__gte=local_midnight(value))

    def recorded_by(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(created_by__in=people_named(value, self.user))

    def out_of_use(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.deactivated() if value == "ya" else rows


def local_midnight(day: date) -> datetime:
    """The beginning of `day` in the server's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def people_named(text: str, user: User) -> list[int]:
    """The keys of the people whose name holds `text`, of `user` for "saya". One query."""
    if text.strip().lower() == MYSELF:
        return [user.pk]
    found = User.objects.filter(Q(name__icontains=text) | Q(username__iexact=text))
    return list(found.values_list("pk", flat=True)[:MOST_PEOPLE])


class NamedFilter(RecordFilter):
    """A list of records found by their names; the best fitting ones first."""

    @property
    def relevance(self) -> tuple[Expression, ...]:
        return searching.relevance(self.queryset, self.values["q"]) if self.is_searching else ()

    @cached_property
    def corrected(self) -> list[spelling.Question]:
        """What the words searched for may have meant. One query."""
        return spelling.corrected(self.values["q"])

    def search(self, rows: CatalogueQuerySet, name: str, value: str) -> QuerySet:
        return searching.found(rows, value, self.corrected)


class PaperFilter(NamedFilter):
    """A list of records that hold certificates: which kind, and how long it still holds.

    Both together ask about one kind: `berlaku` has one that holds, a number of days one that holds no longer than that,
    `kedaluwarsa` had one and has none that holds, `tanpa` never had one.
    """

    STATES = [
        ("berlaku", _("Berlaku")),
        ("30", _("Habis dalam 30 hari")),
        ("90", _("Habis dalam 90 hari")),
        ("180", _("Habis dalam 180 hari")),
        ("kedaluwarsa", _("Kedaluwarsa")),
        ("tanpa", _("Tidak punya")),
    ]
    # The key of a certificate that points to a row of this list.
    subject = ""

    sertifikat = django_filters.ChoiceFilter(
        label=_("Sertifikat"), choices=Certificate.Kind.choices, empty_label=_("Semua jenis")
    )
    masa = django_filters.ChoiceFilter(
        label=_("Masa berlaku sertifikat"), choices=STATES, empty_label=_("Tidak ditanyakan")
    )

    def narrowed(self, rows: QuerySet, values: dict[str, Any]) -> QuerySet:
        asked = {name: values[name] for name in ("sertifikat", "masa") if name in values}
        others = {name: value for name, value in values.items() if name not in asked}
        return self._by_papers(super().narrowed(rows, others), asked) if asked else super().narrowed(rows, others)

    def _by_papers(self, rows: QuerySet, asked: dict[str, str]) -> QuerySet:
        # Its area is that of its subject: said once more, so that no other areas are looked at.
        papers = Certificate.objects.visible_to(self.user).not_deactivated().filter(**{self.subject: OuterRef("pk")})
        if "sertifikat" in asked:
            papers = papers.filter(kind=asked["sertifikat"])
        return rows.filter(_paper_condition(papers, asked.get("masa", ""), timezone.localdate()))


def _paper_condition(papers: CertificateQuerySet, state: str, today: date) -> Q:
    holding = papers.valid_on(today)
    if state == "berlaku":
        return Q(Exists(holding))
    if state == "tanpa":
        return ~Q(Exists(papers))
    if state == "kedaluwarsa":
        return Q(Exists(papers.filter(expires__lt=today))) & ~Q(Exists(holding))
    if state:
        last_day = today + timedelta(days=int(state))
        beyond = holding.filter(Q(expires__isnull=True) | Q(expires__gt=last_day))
        return Q(Exists(holding.filter(expires__lte=last_day))) & ~Q(Exists(beyond))
    return Q(Exists(papers))
