"""The IKM: a small or medium manufacturing firm, and the contact data kept apart from it."""

from typing import Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from files.models import StoredFile
from outbox.records import RaiseRevision, Record, address_of, tracked
from sentra.models.in_use import Deactivatable, NothingStandsOn, StandsOnUsed
from sentra.models.indexes import list_indexes, sorted_by_name
from sentra.models.likeness import alike_index
from sentra.models.naming import names_something
from sentra.models.parts import (
    CatalogueQuerySet,
    Classified,
    Located,
    MovePapers,
    one_of,
)
from sentra.models.reference import Branch
from sentra.models.sentra import Sentra
from sentra.models.size import SizeClass
from sentra.models.words import KeepWords
from sentra.validators import validate_nib, validate_phone


class IKMQuerySet(CatalogueQuerySet):
    def active(self) -> Self:
        """The business units that count: at work, and not deactivated."""
        return self.in_use().filter(state=IKM.State.ACTIVE)

    def with_product_count(self) -> Self:
        """Annotate `product_count` (int): its products, deactivated ones left out."""
        products = self.model._meta.apps.get_model("sentra", "Product").objects.in_use()
        counted = products.filter(ikm=OuterRef("pk")).order_by().values("ikm").annotate(n=Count("pk")).values("n")
        return self.annotate(product_count=Coalesce(Subquery(counted), 0))


class RaiseRevisionOfFirm(RaiseRevision):
    """The same, but a change of the contact alone leaves `changed_at`: it would tell those who may not see contacts.

    The contact raises the revision itself, by one, which no form and no import does.
    """

    func = """
        IF NEW.revision <> OLD.revision + 1 THEN
            NEW.changed_at = clock_timestamp();
        END IF;
        NEW.revision = OLD.revision + 1;
        RETURN NEW;
    """


@tracked()
class IKM(Deactivatable, Located, Classified, Record):
    """A manufacturing firm, in a sentra or not. Workers and money are yearly figures and stand elsewhere."""

    class LegalForm(models.TextChoices):
        PERSON = "perorangan", _("Perorangan")
        GROUP = "kelompok", _("Kelompok usaha bersama")
        UD = "ud", _("UD")
        CV = "cv", _("CV")
        PT = "pt", _("PT")
        PT_PERSON = "pt_perorangan", _("PT perorangan")
        COOPERATIVE = "koperasi", _("Koperasi")
        OTHER = "lain", _("Lainnya")

    class State(models.TextChoices):
        ACTIVE = "aktif", _("Aktif")
        CLOSED = "tutup", _("Tutup")

    name = models.CharField(_("nama IKM"), max_length=150)
    sentra = models.ForeignKey(
        Sentra, models.PROTECT, verbose_name=_("sentra"), null=True, blank=True, related_name="ikm_set"
    )
    is_anchor = models.BooleanField(
        _("penghela sentra"), default=False, help_text=_("IKM yang menarik usaha lain di sentranya; satu per sentra.")
    )
    legal_form = models.CharField(_("bentuk usaha"), max_length=15, choices=LegalForm, default=LegalForm.PERSON)
    state = models.CharField(_("keadaan"), max_length=6, choices=State, default=State.ACTIVE)
    nib = models.CharField(
        _("NIB"),
        max_length=13,
        blank=True,
        validators=[validate_nib],
        help_text=_("13 angka dari OSS. Kosongkan bila belum punya."),
    )
    nib_file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        verbose_name=_("berkas NIB"),
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    branch = models.ForeignKey(Branch, models.PROTECT, verbose_name=_("cabang industri"))
    address = models.CharField(_("alamat"), max_length=250, blank=True, help_text=_("Jalan, dusun, RT/RW."))
    wilayah = models.ForeignKey(
        "wilayah.Wilayah",
        models.PROTECT,
        verbose_name=_("wilayah"),
        help_text=_("Desa atau kelurahan tempat usahanya."),
    )
    # Kept by trigger, from the latest yearly figures and the thresholds (sentra/models/size.py); "" means not known.
    size_class = models.CharField(
        _("kelas ukuran"), max_length=8, choices=SizeClass, blank=True, default="", db_default="", editable=False
    )

    objects = IKMQuerySet.as_manager()

    trigger_sentences = {
        "ikm_sentra_in_use": _("Sentra ini sudah dinonaktifkan. Pilih sentra lain."),
        "ikm_nothing_stands_on": _("Masih ada produk IKM ini. Nonaktifkan dahulu produknya."),
    }

    class Meta(Record.Meta):
        verbose_name = _("IKM")
        verbose_name_plural = _("IKM")
        ordering = ["name", "id"]
        constraints = [
            *Deactivatable.Meta.constraints,
            *Located.Meta.constraints,
            *Classified.Meta.constraints,
            models.CheckConstraint(
                condition=Q(nib="") | Q(nib__regex=r"^[0-9]{13}$"),
                name="ikm_nib_13_digits",
                violation_error_message=_("NIB terdiri dari 13 angka. Periksa lagi pada lembar NIB dari OSS."),
            ),
            # Of those in use: the NIB of a double that was deactivated is the one its true record needs.
            models.UniqueConstraint(
                fields=["nib"],
                condition=~Q(nib="") & Q(deactivated_at__isnull=True),
                name="ikm_nib_unique",
                violation_error_message=_(
                    "NIB ini sudah tercatat pada IKM lain. Cari dahulu IKM itu, atau periksa angkanya."
                ),
            ),
            models.UniqueConstraint(
                fields=["sentra"],
                condition=Q(is_anchor=True, deactivated_at__isnull=True),
                name="ikm_one_anchor_per_sentra",
                violation_error_message=_("Sentra ini sudah punya IKM penghela. Satu sentra hanya satu penghela."),
            ),
            models.CheckConstraint(
                condition=Q(is_anchor=False) | Q(sentra__isnull=False),
                name="ikm_anchor_in_sentra",
                violation_error_message=_("Penghela harus anggota sentra. Pilih sentranya dahulu."),
            ),
            one_of("state", ["aktif", "tutup"], name="ikm_state_known", sentence=_("Pilih keadaan dari daftar.")),
            one_of(
                "legal_form",
                ["perorangan", "kelompok", "ud", "cv", "pt", "pt_perorangan", "koperasi", "lain"],
                name="ikm_legal_form_known",
                sentence=_("Pilih bentuk usaha dari daftar."),
            ),
            one_of(
                "size_class",
                ["", "kecil", "menengah", "besar"],
                name="ikm_size_class_known",
                sentence=_("Pilih kelas ukuran dari daftar."),
            ),
            names_something(
                "name",
                name="ikm_has_name",
                sentence=_("Tulis nama IKM yang sebenarnya; bentuk usaha atau tanda baca saja belum menyebutnya."),
            ),
        ]
        indexes = [
            models.Index(Lower("name"), "id", name="ikm_name_sort"),
            alike_index("ikm_alike"),
            models.Index("size_class", Lower("name"), "id", name="ikm_size_sort"),
            GinIndex(OpClass(IKMQuerySet.searched, name="gin_trgm_ops"), name="ikm_name_trgm"),
            GinIndex(IKMQuerySet.words, name="ikm_words"),
            sorted_by_name("ikm_branch_sort", "branch"),
            sorted_by_name("ikm_legal_form_sort", "legal_form"),
            sorted_by_name("ikm_closed", condition=Q(state="tutup")),
            sorted_by_name("ikm_without_nib", condition=Q(nib="")),
            sorted_by_name("ikm_without_position", condition=Q(latitude__isnull=True)),
            models.Index(
                fields=["sentra"], condition=Q(state="aktif", deactivated_at__isnull=True), name="ikm_active_members"
            ),
            *list_indexes("ikm"),
        ]
        triggers = [
            RaiseRevisionOfFirm(),
            StandsOnUsed(constraint="ikm_sentra_in_use", columns={"sentra_id": "sentra_sentra"}),
            NothingStandsOn(constraint="ikm_nothing_stands_on", columns={"sentra_product": "ikm_id"}),
            MovePapers("ikm"),
            KeepWords("name"),
            pgtrigger.Trigger(
                name="move_products",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("wilayah_id", "sentra_id"),
                condition=pgtrigger.AnyChange("wilayah", "sentra"),
                func="""
                    UPDATE sentra_product
                       SET wilayah_id = NEW.wilayah_id,
                           sentra_id = CASE WHEN sentra_id IS NULL THEN NULL ELSE NEW.sentra_id END
                     WHERE ikm_id = NEW.id;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("ikm:detail", self.pk)


@tracked(append_only=False)
class Contact(models.Model):
    """Who answers for an IKM. Personal data (UU 27/2022): shown only by `permissions.can_see_contact`.

    Its history stands in a table of its own, so that it can be erased without touching the firm's.
    """

    ikm = models.OneToOneField(IKM, models.CASCADE, verbose_name=_("IKM"), primary_key=True, related_name="contact")
    owner = models.CharField(_("nama pemilik"), max_length=120, blank=True)
    phone = models.CharField(
        _("telepon"),
        max_length=16,
        blank=True,
        validators=[validate_phone],
        help_text=_("Nomor yang aktif, misalnya 081234567890."),
    )
    email = models.EmailField(_("alamat surel"), blank=True)
    # Kept by trigger: every change of the contact raises its IKM's revision, to this number.
    ikm_revision = models.PositiveIntegerField(_("revisi IKM"), default=0, editable=False)

    class Meta:
        verbose_name = _("kontak IKM")
        verbose_name_plural = _("kontak IKM")
        ordering = ["ikm_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+?[0-9]{8,15}$"),
                name="contact_phone_digits",
                violation_error_message=_("Tulis nomor telepon dengan 8 sampai 15 angka, misalnya 081234567890."),
            )
        ]
        triggers = [
            # In one statement, so that the number a version of the contact carries is that of its IKM's version.
            pgtrigger.Trigger(
                name="raise_ikm_revision",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'UPDATE' THEN
                        NEW.ikm_revision = OLD.ikm_revision;
                        IF NEW IS NOT DISTINCT FROM OLD THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    UPDATE sentra_ikm SET revision = revision + 1 WHERE id = NEW.ikm_id
                        RETURNING revision INTO NEW.ikm_revision;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="raise_ikm_revision_last",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func="""
                    UPDATE sentra_ikm SET revision = revision + 1 WHERE id = OLD.ikm_id;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.owner or str(_("tanpa nama"))
