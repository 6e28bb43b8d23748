"""The product: what is judged, made by an IKM or by a whole sentra."""

from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Coalesce, Lower
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.records import Record, address_of, tracked
from sentra.models.ikm import IKM
from sentra.models.in_use import Deactivatable, StandsOnUsed
from sentra.models.indexes import list_indexes, sorted_by_name
from sentra.models.likeness import alike_index
from sentra.models.naming import names_something
from sentra.models.parts import LONGEST_TEXT, CatalogueQuerySet, MovePapers
from sentra.models.reference import ProductScope
from sentra.models.sentra import Sentra
from sentra.models.stories import stems_of
from sentra.models.words import KeepWords

# FOR SHARE: a maker that is moving at the same moment finishes first, else the product would stay at the old place.
PLACE_FROM_MAKER = """
    IF TG_OP = 'UPDATE' AND (NEW.ikm_id, NEW.sentra_id, NEW.wilayah_id)
       IS NOT DISTINCT FROM (OLD.ikm_id, OLD.sentra_id, OLD.wilayah_id) THEN
        RETURN NEW;
    END IF;
    IF NEW.ikm_id IS NOT NULL THEN
        SELECT wilayah_id, sentra_id INTO maker FROM sentra_ikm WHERE id = NEW.ikm_id FOR SHARE;
        NEW.wilayah_id = maker.wilayah_id;
        IF NEW.sentra_id IS NOT NULL AND NEW.sentra_id IS DISTINCT FROM maker.sentra_id THEN
            RAISE EXCEPTION 'the IKM is not in this sentra'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'product_ikm_in_sentra';
        END IF;
    ELSIF NEW.sentra_id IS NOT NULL THEN
        SELECT wilayah_id INTO NEW.wilayah_id FROM sentra_sentra WHERE id = NEW.sentra_id FOR SHARE;
    END IF;
    RETURN NEW;
"""


class ProductQuerySet(CatalogueQuerySet):
    stems = stems_of("story", "description")
    # The expression of an index: never judged stands below judged, no star.
    rank = Coalesce("star", Value(-1))

    def of_sentra(self, sentra: Sentra) -> Self:
        """The products of `sentra` itself and of its IKM."""
        return self.filter(Q(sentra=sentra) | Q(ikm__sentra=sentra))

    def with_result_on(self, day: date) -> Self:
        """Those judged, with or without a star, whose result holds on `day`."""
        return self.filter(star__isnull=False, star_until__gte=day)


@tracked()
class Product(Deactivatable, Record):
    """A product of an IKM or a sentra. Its present OVOP result stands here as plain columns.

    `star`, `star_authority` and `star_until` are written only by the decision of an assessment: NULL means never
    judged or revoked, 0 means judged and below the lowest band.
    """

    name = models.CharField(_("nama produk"), max_length=150)
    ikm = models.ForeignKey(
        IKM, models.PROTECT, verbose_name=_("IKM pembuat"), null=True, blank=True, related_name="product_set"
    )
    sentra = models.ForeignKey(
        Sentra, models.PROTECT, verbose_name=_("sentra"), null=True, blank=True, related_name="product_set"
    )
    scope = models.ForeignKey(ProductScope, models.PROTECT, verbose_name=_("lingkup produk"))
    # Kept by trigger: the IKM's area, else the sentra's.
    wilayah = models.ForeignKey("wilayah.Wilayah", models.PROTECT, verbose_name=_("wilayah"), editable=False)
    description = models.TextField(
        _("keterangan"), blank=True, max_length=LONGEST_TEXT, help_text=_("Apa produknya, bagaimana dibuat.")
    )
    story = models.TextField(
        _("cerita produk"), blank=True, max_length=LONGEST_TEXT, help_text=_("Asal-usul, tempat, orang, tahun.")
    )
    materials = models.CharField(_("bahan utama"), max_length=250, blank=True)
    local_share = models.PositiveSmallIntegerField(
        _("bahan lokal"), null=True, blank=True, help_text=_("bagian dari kabupaten/kota sendiri, dalam persen")
    )
    price = models.PositiveBigIntegerField(_("harga"), null=True, blank=True, help_text=_("dalam rupiah"))
    price_unit = models.CharField(_("satuan harga"), max_length=40, blank=True, help_text=_("misalnya bungkus 250 g"))
    star = models.PositiveSmallIntegerField(_("bintang"), null=True, blank=True, editable=False)
    star_authority = models.CharField(_("penilai"), max_length=12, blank=True, editable=False)
    star_until = models.DateField(_("berlaku sampai"), null=True, blank=True, editable=False)

    objects = ProductQuerySet.as_manager()

    trigger_sentences = {
        "product_ikm_in_sentra": _("IKM pembuatnya bukan anggota sentra ini. Pilih sentra tempat IKM itu terdaftar."),
        "product_maker_in_use": _("IKM atau sentra pembuatnya sudah dinonaktifkan. Pilih pembuat lain."),
    }

    class Meta(Record.Meta):
        verbose_name = _("produk")
        verbose_name_plural = _("produk")
        ordering = ["name", "id"]
        constraints = [
            *Deactivatable.Meta.constraints,
            models.CheckConstraint(
                condition=GreaterThanOrEqual(
                    Func("ikm", "sentra", function="num_nonnulls", output_field=models.IntegerField()), 1
                ),
                name="product_has_maker",
                violation_error_message=_("Pilih IKM pembuat atau sentranya."),
            ),
            models.CheckConstraint(
                condition=Q(local_share__isnull=True) | Q(local_share__lte=100),
                name="product_local_share_percent",
                violation_error_message=_("Bagian bahan lokal antara 0 dan 100 persen."),
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | ~Q(price_unit=""),
                name="product_price_has_unit",
                violation_error_message=_("Isi satuan harganya, misalnya bungkus 250 g."),
            ),
            models.CheckConstraint(
                condition=Q(star__isnull=True, star_authority="", star_until__isnull=True)
                | (Q(star__isnull=False, star_until__isnull=False) & ~Q(star_authority="")),
                name="product_result_whole",
                violation_error_message=_("Hasil penilaian harus lengkap dengan penilai dan masa berlakunya."),
            ),
            names_something(
                "name",
                name="product_has_name",
                sentence=_("Tulis nama produk yang sebenarnya; bentuk usaha atau tanda baca saja belum menyebutnya."),
            ),
        ]
        indexes = [
            models.Index(Lower("name"), "id", name="product_name_sort"),
            alike_index("product_alike"),
            GinIndex(OpClass(ProductQuerySet.searched, name="gin_trgm_ops"), name="product_name_trgm"),
            GinIndex(ProductQuerySet.words, name="product_words"),
            GinIndex(ProductQuerySet.stems, name="product_stems"),
            models.Index(ProductQuerySet.rank, "id", name="product_rank"),
            models.Index(fields=["star_until"], name="product_star_until", condition=Q(star__isnull=False)),
            sorted_by_name("product_scope_sort", "scope"),
            *list_indexes("product"),
        ]
        triggers = [
            *Record.Meta.triggers,
            StandsOnUsed(
                constraint="product_maker_in_use",
                columns={"ikm_id": "sentra_ikm", "sentra_id": "sentra_sentra"},
            ),
            MovePapers("product"),
            KeepWords("name"),
            pgtrigger.Trigger(
                name="place_from_maker",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("maker", "RECORD")],
                func=PLACE_FROM_MAKER,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("product:detail", self.pk)

    @property
    def result_has_lapsed(self) -> bool:
        """Whether it was judged and the result no longer holds today."""
        return self.star_until is not None and self.star_until < timezone.localdate()
