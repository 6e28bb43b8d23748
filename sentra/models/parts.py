"""What several records of the catalogue share: search by name, position, KBLI, the one subject of a paper or photo."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import reduce
from operator import and_, or_
from typing import Self
from uuid import UUID

import pgtrigger
from django.contrib.postgres.search import SearchQuery, TrigramSimilarity
from django.db import models
from django.db.models import Expression, Func, Q, Value
from django.db.models.functions import Left, Lower
from django.db.models.lookups import Exact
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import CATALOGUE_EDITORS, CATALOGUE_READERS, inside_q, sees_q
from outbox.text import one_line
from sentra.models.in_use import InUseQuerySet
from sentra.models.likeness import KABUPATEN_LENGTH, PlainName, kabupaten_of
from sentra.models.stories import told_by
from sentra.models.words import words_in
from sentra.validators import validate_kbli
from wilayah import codes
from wilayah.models import Wilayah

# Letters of a story or a description: two pages.
LONGEST_TEXT = 5000

# Metres up to which a measured position counts as good or fair; static/js/position.js says the same words.
GOOD_ACCURACY, FAIR_ACCURACY = 10, 100

# No phone measured a position before; a clock that has lost its time stands in 1970, or wherever a form says.
FIRST_POSITION_AT = datetime(2000, 1, 1, tzinfo=UTC)

# Bounding box of Indonesia, from Rondo (6° N) and Sabang (95° E) to Ndana (11° S) and Merauke (141° E).
SOUTH, NORTH, WEST, EAST = -11.5, 6.5, 94.5, 141.5


def one_of(field: str, values: Iterable[str], *, name: str, sentence: str | Promise) -> models.CheckConstraint:
    """`field` is one of `values`, those of its choices and, where it may be blank, the empty text."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": list(values)}), name=name, violation_error_message=sentence
    )


class CatalogueQuerySet(InUseQuerySet):
    """Sentra, IKM and products alike: each lies in an area and is found and sorted by its name."""

    # The expression of the trigram index; a search through any other expression would read the whole table.
    searched = Lower("name")
    # Likewise that of the index of stems; None where there is no story.
    stems: Expression | None = None
    # And that of the index of whole words.
    words: Expression = words_in("name")

    def visible_to(self, user: User) -> Self:
        """The rows whose area `user` sees; the queryset side of `permissions.can_see`."""
        return self.filter(sees_q(user, "wilayah__code", *CATALOGUE_READERS))

    def editable_by(self, user: User) -> Self:
        """Those in use whose area lies inside a duty of `user`; the queryset side of `permissions.can_edit`."""
        return self.papers_open_to(user).in_use()

    def papers_open_to(self, user: User) -> Self:
        """The rows whose area lies inside a duty of `user`; the queryset side of `permissions.can_open_papers`."""
        return self.filter(inside_q(user, "wilayah__code", *CATALOGUE_EDITORS))

    def in_wilayah(self, area: Wilayah) -> Self:
        """The rows that lie in `area` or anywhere inside it."""
        return self.filter(codes.inside("wilayah__code", [area.code]))

    def by_name(self) -> Self:
        return self.order_by(Lower("name"), "pk")

    def named(self, text: str) -> Self:
        """Rows whose name holds every word of `text`, in any order, or resembles it (trigrams: typing errors)."""
        text = one_line(text).lower()
        return self.alias(searched=self.searched).filter(self._holds(text) | Q(searched__trigram_word_similar=text))

    def beginning(self, text: str) -> Self:
        """Rows whose name begins with `text`, which is in small letters."""
        return self.alias(sorted_name=Lower("name")).filter(sorted_name__startswith=text)

    def not_beginning(self, text: str) -> Self:
        return self.alias(sorted_name=Lower("name")).exclude(sorted_name__startswith=text)

    def holding(self, text: str) -> Self:
        """Rows whose name holds every word of `text`, in any order."""
        return self.alias(searched=self.searched).filter(self._holds(text))

    def not_holding(self, text: str) -> Self:
        return self.alias(searched=self.searched).exclude(self._holds(text))

    def answering(self, question: SearchQuery) -> Self:
        """Rows whose name has the whole words that `question` asks for."""
        return self.alias(words=self.words).filter(words=question)

    def telling(self, text: str) -> Self:
        """Rows whose story tells of every word of `text`, by their stems; none where there is no story to search."""
        query = told_by(text) if self.stems is not None else None
        return self.alias(stems=self.stems).filter(stems=query) if query else self.none()

    def _holds(self, text: str) -> Q:
        """Every word of `text`, in small letters, is in the alias `searched`."""
        return reduce(and_, (Q(searched__contains=word) for word in text.split()), Q())

    def in_kabupaten_of(self, code: str) -> Self:
        """The rows registered in the kabupaten or kota of the area `code`; read through the index of likeness."""
        return self.alias(kabupaten=Left("wilayah_id", KABUPATEN_LENGTH)).filter(kabupaten=kabupaten_of(code))

    def with_likeness(self, name: str) -> Self:
        """Annotate `likeness` (0 to 1): how far the plain names agree, by trigrams; typing errors cost little."""
        return self.annotate(likeness=TrigramSimilarity(PlainName("name"), PlainName(Value(name))))

    def resembling(self, name: str) -> Self:
        """Those whose plain name has a likeness of 0.3 or more; through the index after `in_kabupaten_of`."""
        return self.alias(plain=PlainName("name")).filter(plain__trigram_similar=PlainName(Value(name)))


class MovePapers(pgtrigger.Trigger):
    """Takes the certificates of a sentra, an IKM or a product along to its new area.

    Not `UpdateOf`: the area of a product changes in a trigger of its own, where the statement names another column.
    """

    name = "move_papers"
    when = pgtrigger.After
    operation = pgtrigger.Update
    condition = pgtrigger.AnyChange("wilayah")

    def __init__(self, subject: str) -> None:
        super().__init__(
            func=f"""
                UPDATE sentra_certificate SET wilayah_id = NEW.wilayah_id WHERE {subject}_id = NEW.id;
                RETURN NULL;
            """
        )


class Located(models.Model):
    """A position on the ground, as measured or as placed by hand; all of latitude, longitude or nothing."""

    class PositionSource(models.TextChoices):
        GPS = "gps", _("diukur ponsel")
        MANUAL = "manual", _("diisi tangan")

    latitude = models.DecimalField(
        _("lintang"), max_digits=9, decimal_places=6, null=True, blank=True, help_text=_("derajat desimal, -6,9 dst.")
    )
    longitude = models.DecimalField(
        _("bujur"), max_digits=9, decimal_places=6, null=True, blank=True, help_text=_("derajat desimal, 109,0 dst.")
    )
    accuracy = models.PositiveIntegerField(_("ketelitian posisi"), null=True, blank=True, help_text=_("dalam meter"))
    position_source = models.CharField(_("asal posisi"), max_length=6, choices=PositionSource, blank=True)
    position_at = models.DateTimeField(_("posisi diambil pada"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # isnull is said again: a CHECK passes where a comparison with NULL leaves it undecided.
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(SOUTH, NORTH), longitude__range=(WEST, EAST)),
                name="%(class)s_position_in_indonesia",
                violation_error_message=_(
                    "Posisi harus berada di Indonesia: lintang -11,5 sampai 6,5, bujur 94,5 sampai 141,5. Isi keduanya,"
                    " atau kosongkan keduanya."
                ),
            ),
            models.CheckConstraint(
                condition=Q(position_at__isnull=True) | Q(position_at__gte=FIRST_POSITION_AT),
                name="%(class)s_position_time_plausible",
                violation_error_message=_("Waktu pengukuran posisi tidak masuk akal. Ambil posisinya lagi."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=False)
                | Q(accuracy__isnull=True, position_source="", position_at__isnull=True),
                name="%(class)s_position_notes_whole",
                violation_error_message=_("Ketelitian, asal dan waktu posisi hanya dicatat bersama koordinatnya."),
            ),
            one_of(
                "position_source",
                ["", "gps", "manual"],
                name="%(class)s_position_source_known",
                sentence=_("Ambil posisinya lagi, atau isi koordinatnya sendiri."),
            ),
        ]

    @property
    def has_position(self) -> bool:
        return self.latitude is not None

    @property
    def accuracy_word(self) -> str:
        """How good the measured position is, in a word; empty where no accuracy is known."""
        if self.accuracy is None:
            return ""
        if self.accuracy <= GOOD_ACCURACY:
            return str(_("baik"))
        return str(_("cukup") if self.accuracy <= FAIR_ACCURACY else _("kurang"))

    @property
    def geo_uri(self) -> str:
        """`geo:` address (RFC 5870) a phone opens in its map; empty without a position."""
        if not self.has_position:
            return ""
        uncertainty = f";u={self.accuracy}" if self.accuracy else ""
        return f"geo:{self.latitude},{self.longitude}{uncertainty}"


class Classified(models.Model):
    """A KBLI code as it stands on the paper, with the edition it belongs to."""

    class KBLIEdition(models.TextChoices):
        E2015 = "2015", "KBLI 2015"
        E2020 = "2020", "KBLI 2020"
        E2025 = "2025", "KBLI 2025"

    kbli = models.CharField(
        _("KBLI"), max_length=5, blank=True, validators=[validate_kbli], help_text=_("lima angka, misalnya 10392")
    )
    kbli_edition = models.CharField(
        _("edisi KBLI"), max_length=4, choices=KBLIEdition, default=KBLIEdition.E2020, help_text=_("tahun daftar KBLI")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(kbli="") | Q(kbli__regex=r"^[0-9]{5}$"),
                name="%(class)s_kbli_five_digits",
                violation_error_message=_("KBLI terdiri dari lima angka, misalnya 10392."),
            ),
            one_of(
                "kbli_edition",
                ["2015", "2020", "2025"],
                name="%(class)s_kbli_edition_known",
                sentence=_("Pilih edisi KBLI dari daftar."),
            ),
        ]

    @property
    def kbli_words(self) -> str:
        """ "10392 (KBLI 2020)"; empty without a code."""
        return f"{self.kbli} ({self.get_kbli_edition_display()})" if self.kbli else ""


class AboutSubjectQuerySet(models.QuerySet):
    """Papers and photos. Their area is read through the key of the subject, so that asking about one row reads few."""

    def visible_to(self, user: User) -> Self:
        """The rows about every record `user` sees; the queryset side of `permissions.can_see_part`."""
        return self._in_areas(lambda path: sees_q(user, path, *CATALOGUE_READERS))

    def papers_open_to(self, user: User) -> Self:
        """The rows about every record inside a duty of `user`; the queryset side of `permissions.can_open_papers`."""
        return self._in_areas(lambda path: inside_q(user, path, *CATALOGUE_EDITORS))

    def about(self, subject: models.Model) -> Self:
        """The rows about this sentra, IKM or product alone."""
        return self.filter(**{subject._meta.model_name: subject})

    def with_subject(self) -> Self:
        """Selects the subject with its area, and the file, along."""
        return self.select_related("sentra__wilayah", "ikm__wilayah", "product__wilayah", "file")

    def _in_areas(self, condition: Callable[[str], Q]) -> Self:
        paths = ("sentra__wilayah__code", "ikm__wilayah__code", "product__wilayah__code")
        return self.filter(reduce(or_, map(condition, paths)))


SUBJECT_KEYS = ("sentra", "ikm", "product")


class AboutSubject(models.Model):
    """A row about exactly one sentra, IKM or product: three nullable keys, one of them set, no generic keys."""

    sentra = models.ForeignKey(
        "sentra.Sentra", models.PROTECT, verbose_name=_("sentra"), null=True, blank=True, editable=False
    )
    ikm = models.ForeignKey("sentra.IKM", models.PROTECT, verbose_name=_("IKM"), null=True, blank=True, editable=False)
    product = models.ForeignKey(
        "sentra.Product", models.PROTECT, verbose_name=_("produk"), null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Exact(Func(*SUBJECT_KEYS, function="num_nonnulls", output_field=models.IntegerField()), 1),
                name="%(class)s_one_subject",
                violation_error_message=_("Pilih tepat satu: sentra, IKM, atau produk."),
            )
        ]

    @property
    def subject(self) -> models.Model:
        """The sentra, IKM or product this row is about; a query where it was not selected along."""
        return self.sentra or self.ikm or self.product

    @property
    def subject_id(self) -> UUID:
        return self.sentra_id or self.ikm_id or self.product_id
