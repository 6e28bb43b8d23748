"""The sentra: a cluster of small and medium industry."""

from datetime import date, timedelta
from typing import Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Greatest, Lower
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import CATALOGUE_EDITORS, sees_q
from outbox.records import Record, address_of, tracked
from sentra.models.in_use import Deactivatable, NothingStandsOn
from sentra.models.indexes import list_indexes
from sentra.models.likeness import alike_index
from sentra.models.naming import names_something
from sentra.models.parts import (
    LONGEST_TEXT,
    CatalogueQuerySet,
    Classified,
    Located,
    MovePapers,
    one_of,
)
from sentra.models.reference import Branch
from sentra.models.stories import stems_of
from sentra.models.words import KeepWords, words_in
from sentra.validators import FIRST_YEAR, PAST_DAY, validate_year
from wilayah.invisible import says_something

# PP 29/2018 pasal 1: a sentra has at least five business units in one place.
UNITS_REQUIRED = 5
# After so many days without a look nobody knows whether a sentra still works.
CHECK_AGAIN_DAYS = 365


class SentraQuerySet(CatalogueQuerySet):
    """Searched by name and main commodity together: "sale bentarsari" finds a sentra of either."""

    searched = Lower(Concat("name", Value(" "), "commodity"))
    stems = stems_of("story", "management")
    words = words_in("name", "commodity")

    def open_for_members_of(self, user: User) -> Self:
        """Those in use into which `user` may put an IKM; the queryset side of `permissions.can_put_into`."""
        return self.in_use().filter(sees_q(user, "wilayah__code", *CATALOGUE_EDITORS))

    def with_ikm_count(self) -> Self:
        """Annotate `ikm_count` (int): member IKM, closed and deactivated ones left out."""
        ikm = self._related("IKM").active().filter(sentra=OuterRef("pk"))
        counted = ikm.order_by().values("sentra").annotate(n=Count("pk")).values("n")
        return self.annotate(ikm_count=Coalesce(Subquery(counted), 0))

    def with_units(self) -> Self:
        """Annotate `ikm_count` and, of the latest yearly figures that name units, `figures_units` and `figures_year`.

        All int, the latter two or None; see `catalogue.units_of`.
        """
        named = self._related("YearlyFigures").filter(sentra=OuterRef("pk"), units__isnull=False).newest_first()
        return self.with_ikm_count().annotate(
            figures_units=Subquery(named.values("units")[:1]), figures_year=Subquery(named.values("year")[:1])
        )

    def recognised(self, on: date | None = None) -> Self:
        """Those diakui on `on` (today), the queryset side of `catalogue.is_recognised`; annotated with both reasons."""
        return self.with_units().with_decree(on).filter(self._has_enough_units(), has_decree=True)

    def not_recognised(self, on: date | None = None) -> Self:
        """The others; annotated likewise."""
        return self.with_units().with_decree(on).filter(~self._has_enough_units() | Q(has_decree=False))

    def _has_enough_units(self) -> Q:
        """Needs `with_units`. Of each sentra no more IKM are looked at than it takes."""
        members = self._related("IKM").active().filter(sentra=OuterRef("pk")).order_by().values("pk")
        by_figures = GreaterThanOrEqual(Coalesce(F("figures_units"), 0), UNITS_REQUIRED)
        return Q(Exists(members[UNITS_REQUIRED - 1 : UNITS_REQUIRED])) | Q(by_figures)

    def with_decree(self, on: date | None = None) -> Self:
        """Annotate `has_decree` (bool): whether a decree (SK sentra) among its certificates holds on `on` (today)."""
        papers = self._related("Certificate").not_deactivated().valid_on(on or timezone.localdate())
        decrees = papers.filter(kind="sk_sentra")
        return self.annotate(has_decree=Exists(decrees.filter(sentra=OuterRef("pk"))))

    def to_check(self, on: date) -> Self:
        """Those at work that nobody checked within a year of `on`, the longest unchecked first."""
        long_ago = Q(checked_on=None) | Q(checked_on__lt=on - timedelta(CHECK_AGAIN_DAYS))
        at_work = self.exclude(state=self.model.State.CLOSED)
        return at_work.filter(long_ago).order_by(F("checked_on").asc(nulls_first=True), "pk")

    def with_best_star(self, on: date | None = None) -> Self:
        """Annotate `best_star` (int or None): the highest result that holds on `on` (today), of products in use."""
        products = self._related("Product").in_use()
        holding = products.filter(star_until__gte=on or timezone.localdate()).order_by("-star")
        own = holding.filter(sentra=OuterRef("pk")).values("star")[:1]
        of_ikm = holding.filter(ikm__sentra=OuterRef("pk")).values("star")[:1]
        return self.annotate(best_star=Greatest(Subquery(own), Subquery(of_ikm)))

    def _related(self, model: str) -> models.QuerySet:
        """The rows of a model that is defined later."""
        return self.model._meta.apps.get_model("sentra", model).objects


@tracked()
class Sentra(Deactivatable, Located, Classified, Record):
    """A group of IKM in one place with the same kind of product, raw material or process (PP 29/2018 pasal 1)."""

    class State(models.TextChoices):
        ACTIVE = "aktif", _("Aktif")
        WEAK = "lemah", _("Lemah")
        CLOSED = "tutup", _("Tutup")
        UNCHECKED = "belum_diperiksa", _("Belum diperiksa")

    name = models.CharField(_("nama sentra"), max_length=150)
    wilayah = models.ForeignKey(
        "wilayah.Wilayah",
        models.PROTECT,
        verbose_name=_("wilayah"),
        help_text=_("Desa atau kelurahan; boleh kecamatan atau kabupaten bila sentranya lebih luas."),
    )
    area_note = models.CharField(
        _("gabungan wilayah lain"),
        max_length=200,
        blank=True,
        help_text=_("Bila sentra mencakup beberapa desa: sebutkan desa atau dusunnya."),
    )
    branch = models.ForeignKey(Branch, models.PROTECT, verbose_name=_("cabang industri"))
    commodity = models.CharField(_("komoditas utama"), max_length=120, help_text=_("Misalnya sale pisang."))
    founded = models.PositiveSmallIntegerField(
        _("tahun berdiri"), null=True, blank=True, validators=[validate_year], help_text=_("empat angka")
    )
    management = models.TextField(
        _("pengurus"), blank=True, max_length=LONGEST_TEXT, help_text=_("Ada pengurus atau kelompok? Sebutkan.")
    )
    story = models.TextField(_("cerita sentra"), blank=True, max_length=LONGEST_TEXT)
    state = models.CharField(_("keadaan"), max_length=15, choices=State, default=State.UNCHECKED)
    checked_on = models.DateField(_("terakhir diperiksa"), null=True, blank=True, validators=PAST_DAY)

    objects = SentraQuerySet.as_manager()

    trigger_sentences = {
        "sentra_nothing_stands_on": _("Masih ada IKM atau produk di sentra ini. Pindahkan atau nonaktifkan dahulu.")
    }

    class Meta(Record.Meta):
        verbose_name = _("sentra")
        verbose_name_plural = _("sentra")
        ordering = ["name", "id"]
        constraints = [
            *Deactivatable.Meta.constraints,
            *Located.Meta.constraints,
            *Classified.Meta.constraints,
            models.CheckConstraint(
                condition=Q(founded__isnull=True) | Q(founded__gte=FIRST_YEAR),
                name="sentra_founded_plausible",
                violation_error_message=_("Tulis tahun berdiri dengan empat angka, misalnya 1998."),
            ),
            models.CheckConstraint(
                condition=Q(state="belum_diperiksa") | Q(checked_on__isnull=False),
                name="sentra_state_has_date",
                violation_error_message=_("Isi tanggal terakhir diperiksa bila keadaannya sudah diketahui."),
            ),
            one_of(
                "state",
                ["aktif", "lemah", "tutup", "belum_diperiksa"],
                name="sentra_state_known",
                sentence=_("Pilih keadaan dari daftar."),
            ),
            names_something(
                "name",
                name="sentra_has_name",
                sentence=_("Tulis nama sentra yang sebenarnya; bentuk usaha atau tanda baca saja belum menyebutnya."),
            ),
            says_something(
                "commodity",
                name="sentra_has_commodity",
                sentence=_("Isi komoditas utamanya, misalnya sale pisang."),
            ),
        ]
        indexes = [
            models.Index(Lower("name"), "id", name="sentra_name_sort"),
            alike_index("sentra_alike"),
            GinIndex(OpClass(SentraQuerySet.searched, name="gin_trgm_ops"), name="sentra_search_trgm"),
            GinIndex(SentraQuerySet.stems, name="sentra_stems"),
            GinIndex(SentraQuerySet.words, name="sentra_words"),
            *list_indexes("sentra"),
        ]
        triggers = [
            *Record.Meta.triggers,
            NothingStandsOn(
                constraint="sentra_nothing_stands_on",
                columns={"sentra_ikm": "sentra_id", "sentra_product": "sentra_id"},
            ),
            MovePapers("sentra"),
            KeepWords("name", "commodity"),
            pgtrigger.Trigger(
                name="move_products",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("wilayah_id"),
                condition=pgtrigger.AnyChange("wilayah"),
                func="""
                    UPDATE sentra_product SET wilayah_id = NEW.wilayah_id
                     WHERE sentra_id = NEW.id AND ikm_id IS NULL;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("sentra:detail", self.pk)

    def clean(self) -> None:
        if self.state == self.State.UNCHECKED:
            self.checked_on = None
        elif self.checked_on is None:
            self.checked_on = timezone.localdate()
        super().clean()
