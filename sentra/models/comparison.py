"""Two records of one kind laid side by side, and whether somebody found them to be the same."""

from collections.abc import Iterator
from functools import reduce
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import CATALOGUE_READERS, Role, inside_q, sees_q
from outbox.records import Record, tracked
from sentra.models.ikm import IKM
from sentra.models.parts import one_of
from sentra.models.product import Product
from sentra.models.sentra import Sentra

# Name of the model: the two keys of a pair.
PAIRS = {"sentra": ("sentra", "other_sentra"), "ikm": ("ikm", "other_ikm"), "product": ("product", "other_product")}


class ComparisonQuerySet(models.QuerySet):
    def about(self, record: models.Model) -> Self:
        """The pairs in which this sentra, IKM or product stands on either side."""
        one, other = PAIRS[record._meta.model_name]
        return self.filter(Q(**{one: record}) | Q(**{other: record}))

    def waiting(self, kind: str) -> Self:
        """Those of one kind (name of the model) found the same or not yet known, while both records are in use."""
        one, other = PAIRS[kind]
        in_use = {f"{one}__deactivated_at": None, f"{other}__deactivated_at": None}
        return self.exclude(answer=Comparison.Answer.DIFFERENT).filter(**{f"{one}__isnull": False}, **in_use)

    def seen_by(self, user: User, kind: str) -> Self:
        """Those of one kind both of whose records `user` sees."""
        one, other = PAIRS[kind]
        return self.filter(
            sees_q(user, f"{one}__wilayah__code", *CATALOGUE_READERS),
            sees_q(user, f"{other}__wilayah__code", *CATALOGUE_READERS),
        )

    def waiting_for(self, user: User) -> Self:
        """Those of every kind that wait, that `user` sees, and of which one lies inside a duty as verifier.

        A query per kind inside the query: to plan the joins of all kinds at once takes longer than to make them.
        """
        return self.filter(pk__in=reduce(lambda some, more: some.union(more, all=True), self._by_kind(user)))

    def with_records(self) -> Self:
        """Selects both records with their area, and who answered, along."""
        keys = [key for pair in PAIRS.values() for key in pair]
        return self.select_related("answered_by", *(f"{key}__wilayah" for key in keys))

    def _by_kind(self, user: User) -> Iterator[Self]:
        for kind, (one, other) in PAIRS.items():
            rows = self.model.objects.waiting(kind).seen_by(user, kind)
            is_own = inside_q(user, f"{one}__wilayah__code", Role.VERIFIER)
            is_own |= inside_q(user, f"{other}__wilayah__code", Role.VERIFIER)
            yield rows.filter(is_own).order_by().values("pk")


def _side(model: type[models.Model], name: str | Promise) -> models.ForeignKey:
    """One side of a pair."""
    return models.ForeignKey(
        model, models.PROTECT, verbose_name=name, null=True, blank=True, related_name="+", editable=False
    )


@tracked()
class Comparison(Record):
    """What was answered when two sentra, IKM or products of the catalogue looked alike.

    A pair has no first and second: the key of smaller value stands in the first column, so it is stored once.
    """

    class Answer(models.TextChoices):
        SAME = "sama", _("Sama")
        DIFFERENT = "beda", _("Beda")
        UNKNOWN = "belum_tahu", _("Belum tahu")

    sentra, other_sentra = _side(Sentra, _("sentra")), _side(Sentra, _("sentra lainnya"))
    ikm, other_ikm = _side(IKM, _("IKM")), _side(IKM, _("IKM lainnya"))
    product, other_product = _side(Product, _("produk")), _side(Product, _("produk lainnya"))
    answer = models.CharField(_("jawaban"), max_length=10, choices=Answer)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("dijawab oleh"), related_name="+", editable=False
    )
    answered_at = models.DateTimeField(_("dijawab pada"), default=timezone.now, editable=False)

    objects = ComparisonQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("perbandingan")
        verbose_name_plural = _("perbandingan")
        ordering = ["-answered_at", "id"]
        constraints = [
            models.CheckConstraint(
                # Exactly one pair, and in it the smaller key first.
                condition=Q(
                    sentra__isnull=False, sentra__lt=F("other_sentra"), ikm=None, other_ikm=None, product=None,
                    other_product=None,
                )
                | Q(
                    ikm__isnull=False, ikm__lt=F("other_ikm"), sentra=None, other_sentra=None, product=None,
                    other_product=None,
                )
                | Q(
                    product__isnull=False, product__lt=F("other_product"), sentra=None, other_sentra=None, ikm=None,
                    other_ikm=None,
                ),
                name="comparison_one_pair",
                violation_error_message=_("Bandingkan dua sentra, dua IKM, atau dua produk yang berlainan."),
            ),
            *(
                models.UniqueConstraint(
                    fields=pair,
                    name=f"comparison_{kind}_once",
                    violation_error_message=_("Kedua data ini baru saja dibandingkan orang lain. Muat ulang halaman."),
                )
                for kind, pair in PAIRS.items()
            ),
            one_of(
                "answer",
                ["sama", "beda", "belum_tahu"],
                name="comparison_answer_known",
                sentence=_("Pilih sama, beda, atau belum tahu."),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["-answered_at", "id"], condition=~Q(answer="beda"), name="comparison_waiting")]

    def __str__(self) -> str:
        one, other = self.records
        return f"{one} / {other}"

    @property
    def records(self) -> tuple[models.Model, models.Model]:
        """Both records; queries where they were not selected along."""
        return next(
            (getattr(self, one), getattr(self, other)) for one, other in PAIRS.values() if getattr(self, f"{one}_id")
        )

    @property
    def kind_word(self) -> str:
        """What is compared, in a word: "Sentra", "IKM", "Produk"."""
        word = str(self.records[0]._meta.verbose_name)
        return word[:1].upper() + word[1:]
