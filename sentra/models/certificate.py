"""Certificates: the papers of a sentra, an IKM or a product."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from files.models import StoredFile
from outbox.records import Record, address_of, tracked
from outbox.text import one_line
from sentra.models.in_use import Deactivatable, InUseQuerySet
from sentra.models.indexes import list_indexes
from sentra.models.parts import (
    SUBJECT_KEYS,
    AboutSubject,
    AboutSubjectQuerySet,
    one_of,
)
from sentra.models.product import Product
from sentra.validators import PAST_DAY, validate_full_year
from wilayah import codes
from wilayah.invisible import says_something
from wilayah.models import Wilayah

# Stands for "without limit" where days are compared and sorted.
NEVER = date(9999, 12, 31)
# A paper that lapses within so many days is soon to lapse.
SOON_DAYS = 90

# FOR SHARE: a subject that is moving at the same moment finishes first, else the paper would stay at the old place.
PLACE_FROM_SUBJECT = """
    IF TG_OP = 'UPDATE' AND (NEW.sentra_id, NEW.ikm_id, NEW.product_id, NEW.wilayah_id)
       IS NOT DISTINCT FROM (OLD.sentra_id, OLD.ikm_id, OLD.product_id, OLD.wilayah_id) THEN
        RETURN NEW;
    END IF;
    IF NEW.sentra_id IS NOT NULL THEN
        SELECT wilayah_id INTO NEW.wilayah_id FROM sentra_sentra WHERE id = NEW.sentra_id FOR SHARE;
    ELSIF NEW.ikm_id IS NOT NULL THEN
        SELECT wilayah_id INTO NEW.wilayah_id FROM sentra_ikm WHERE id = NEW.ikm_id FOR SHARE;
    ELSE
        SELECT wilayah_id INTO NEW.wilayah_id FROM sentra_product WHERE id = NEW.product_id FOR SHARE;
    END IF;
    RETURN NEW;
"""


@dataclass(frozen=True)
class Urgency:
    """Whether a paper holds: the state of a mark ("good", "soon", "bad"), its words, and how many days are left."""

    state: str
    words: str
    left: str = ""


class NumberKey(Func):
    """A number as two papers are told apart by it: "H-1", "h-1" and "H - 1" are one."""

    function = "regexp_replace"
    template = r"%(function)s(upper(%(expressions)s), '\s', '', 'g')"
    output_field = models.TextField()


class CertificateQuerySet(AboutSubjectQuerySet, InUseQuerySet):
    """`visible_to` says that a certificate exists; opening its file is another predicate."""

    # The expressions of indexes: when it lapses, where no date means never; and what its number is searched by.
    end = Coalesce("expires", Value(NEVER))
    lower_number = Lower("number")

    def in_use(self) -> Self:
        """Those not deactivated, of a record in use: a paper is hidden together with what it speaks for.

        Asked as "of none that is out of use", which are few: looking up the subject of ten thousand papers to count
        them took 25 ms.
        """
        return super().in_use().filter(*(~Exists(self._out_of_use(name)) for name in ("sentra", "ikm", "product")))

    def _out_of_use(self, subject: str) -> InUseQuerySet:
        rows = self.model._meta.get_field(subject).related_model.objects
        return rows.deactivated().filter(pk=OuterRef(subject))

    def not_deactivated(self) -> Self:
        """Those not deactivated themselves; whether their subject is in use is not asked."""
        return super().in_use()

    def in_wilayah(self, area: Wilayah) -> Self:
        """Those whose subject lies in `area` or anywhere inside it."""
        return self.filter(codes.inside("wilayah__code", [area.code]))

    def with_subject(self) -> Self:
        """The subject, the file and who checked it in the same query."""
        return super().with_subject().select_related("checked_by")

    def numbered(self, text: str) -> Self:
        """Those whose number holds every word of `text`, in any order."""
        held = Q()
        for word in one_line(text).lower().split():
            held &= Q(lower_number__contains=word)
        return self.alias(lower_number=self.lower_number).filter(held)

    def same_number(self, number: str) -> Self:
        """Those whose number is this one, whatever its case and blanks."""
        return self.alias(number_key=NumberKey("number")).filter(number_key=NumberKey(Value(number)))

    def lapsed_on(self, day: date) -> Self:
        """Those that have lapsed by `day`."""
        return self.alias(end=self.end).filter(end__lt=day)

    def lapsing_between(self, first: date, last: date) -> Self:
        """Those that lapse from `first` to `last`, both included."""
        return self.alias(end=self.end).filter(end__range=(first, last))

    def without_end(self) -> Self:
        return self.filter(expires=None)

    def valid_on(self, day: date) -> Self:
        """Those issued by `day` and not expired on it; no date of expiry means without limit."""
        return self.filter(Q(expires__isnull=True) | Q(expires__gte=day), Q(issued__isnull=True) | Q(issued__lte=day))

    def for_product(self, product: Product) -> Self:
        """Those in use that speak for `product`."""
        return self.in_use().filter(speaking_for(product))

    def _in_areas(self, condition: Callable[[str], Q]) -> Self:
        return self.filter(condition("wilayah__code"))


def speaking_for(product: Product) -> Q:
    """The papers of `product`, of its IKM and of its sentra (also through the IKM), in use or not."""
    own = Q(product=product)
    if product.ikm_id:
        own |= Q(ikm=product.ikm_id)
    sentra_id = product.sentra_id or (product.ikm.sentra_id if product.ikm_id else None)
    if sentra_id:
        own |= Q(sentra=sentra_id)
    return own


# The area says nothing that the subject does not say, so its history is kept there alone.
@tracked(read_by=SUBJECT_KEYS, exclude=["wilayah"])
class Certificate(AboutSubject, Deactivatable, Record):
    """One paper with a number: a decree, a permit, a mark or a test report, with the day it lapses."""

    class Kind(models.TextChoices):
        SK_SENTRA = "sk_sentra", _("SK sentra")
        P_IRT = "p_irt", _("P-IRT")
        BPOM_MD = "bpom_md", _("BPOM MD")
        HALAL = "halal", _("Halal")
        SNI = "sni", _("SNI")
        MEREK = "merek", _("Merek terdaftar")
        INDIKASI_GEOGRAFIS = "indikasi_geografis", _("Indikasi geografis")
        HACCP_ISO = "haccp_iso", _("HACCP/ISO/GMP")
        TKDN_IK = "tkdn_ik", _("TKDN IK")
        UJI_LAB = "uji_lab", _("Uji laboratorium")

    # Kept by trigger: the area of its subject, so that asking by area joins nothing.
    wilayah = models.ForeignKey("wilayah.Wilayah", models.PROTECT, verbose_name=_("wilayah"), editable=False)
    kind = models.CharField(_("jenis sertifikat"), max_length=20, choices=Kind)
    number = models.CharField(_("nomor"), max_length=80, help_text=_("Seperti tertulis pada suratnya."))
    issued = models.DateField(_("tanggal terbit"), null=True, blank=True, validators=PAST_DAY)
    expires = models.DateField(
        _("berlaku sampai"),
        null=True,
        blank=True,
        validators=[validate_full_year],
        help_text=_("Kosongkan bila tanpa batas waktu."),
    )
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        verbose_name=_("berkas"),
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("diperiksa oleh"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    checked_at = models.DateTimeField(_("diperiksa pada"), null=True, blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("sertifikat")
        verbose_name_plural = _("sertifikat")
        ordering = ["kind", "number", "id"]
        constraints = [
            *AboutSubject.Meta.constraints,
            *Deactivatable.Meta.constraints,
            one_of(
                "kind",
                [
                    "sk_sentra",
                    "p_irt",
                    "bpom_md",
                    "halal",
                    "sni",
                    "merek",
                    "indikasi_geografis",
                    "haccp_iso",
                    "tkdn_ik",
                    "uji_lab",
                ],
                name="certificate_kind_known",
                sentence=_("Pilih jenis sertifikat dari daftar."),
            ),
            says_something(
                "number", name="certificate_has_number", sentence=_("Isi nomornya seperti tertulis pada surat.")
            ),
            models.CheckConstraint(
                condition=Q(issued__isnull=True) | Q(expires__isnull=True) | Q(expires__gte=F("issued")),
                name="certificate_period",
                violation_error_message=_("Tanggal berakhir tidak boleh sebelum tanggal terbit."),
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="certificate_check_whole",
                violation_error_message=_("Pemeriksaan sertifikat harus memuat nama dan waktunya."),
            ),
            models.CheckConstraint(
                condition=Q(sentra__isnull=False) | ~Q(kind="sk_sentra"),
                name="certificate_sk_of_sentra",
                violation_error_message=_("SK sentra dicatat pada sentranya, bukan pada IKM atau produk."),
            ),
            # Of those in use: a paper entered anew may take the number of one that was deactivated.
            models.UniqueConstraint(
                "sentra",
                "ikm",
                "product",
                "kind",
                NumberKey("number"),
                condition=Q(deactivated_at__isnull=True),
                nulls_distinct=False,
                name="certificate_once_per_subject",
                violation_error_message=_(
                    "Surat dengan jenis dan nomor ini sudah tercatat di sini. Buka surat itu untuk mengubahnya."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["expires"], name="certificate_expires"),
            models.Index(CertificateQuerySet.end, "id", name="certificate_end"),
            models.Index(fields=["kind", "expires"], name="certificate_kind_expires"),
            GinIndex(OpClass(CertificateQuerySet.lower_number, name="gin_trgm_ops"), name="certificate_number_trgm"),
            models.Index(fields=["sentra"], condition=Q(kind="sk_sentra"), name="certificate_decrees"),
            *list_indexes("certificate"),
        ]
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Trigger(
                name="place_from_subject",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=PLACE_FROM_SUBJECT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def get_kind_display(self) -> str:
        """Django's own would look at the words of all kinds each time, and a list has fifty papers."""
        return str(KIND_WORDS.get(self.kind, self.kind))

    def get_absolute_url(self) -> str:
        return address_of("certificate:detail", self.pk)

    def urgency_on(self, day: date) -> Urgency:
        """Berlaku, segera habis or kedaluwarsa on `day`: the one rule behind every mark of a paper."""
        days = None if self.expires is None else (self.expires - day).days
        if days is None or days > SOON_DAYS:
            return Urgency("good", _say("Berlaku"))
        if days < 0:
            return Urgency("bad", _say("Kedaluwarsa"))
        left = _say("%(days)s hari lagi") % {"days": days} if days else _say("berakhir hari ini")
        return Urgency("soon", _say("Segera habis"), left)

    @property
    def urgency(self) -> Urgency:
        return self.urgency_on(timezone.localdate())


KIND_WORDS = {kind.value: kind.label for kind in Certificate.Kind}
