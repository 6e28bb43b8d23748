"""Assessments: one product in one round."""

from datetime import timedelta
from functools import reduce
from operator import and_
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty, User
from accounts.permissions import Role, inside_q
from assessment.models.instrument import Instrument
from assessment.models.round import Authority, Round
from outbox.records import ClockTimestamp, Record, address_of, tracked
from outbox.text import one_line
from sentra.models import Product, ProductScope
from sentra.models.parts import one_of
from wilayah import codes, names
from wilayah.models import Wilayah


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """The assessments `user` may open; the queryset side of `permissions.can_see`.

        An officer: the own ones, also after the duty ended, and the decided ones inside the area. A verifier: every
        one ever submitted inside. A leader: the decided ones inside. Officers and verifiers: the orphaned ones inside.
        """
        return self.filter(
            Q(officer=user)
            | Q(submitted_at__isnull=False) & inside_q(user, "wilayah__code", Role.VERIFIER)
            | Q(state__in=Assessment.CLOSED_BY_DECISION) & inside_q(user, "wilayah__code", Role.OFFICER, Role.LEADER)
            | _is_orphaned() & inside_q(user, "wilayah__code", Role.OFFICER, Role.VERIFIER)
        )

    def open(self) -> Self:
        """Those on which somebody still has to act."""
        return self.filter(state__in=Assessment.OPEN)

    def orphaned(self) -> Self:
        """Those that are their officer's alone, who can no longer act there; see `permissions.is_orphaned`."""
        return self.filter(_is_orphaned())

    def waiting_for_verifier(self) -> Self:
        return self.filter(state__in=[Assessment.State.SUBMITTED, Assessment.State.IN_REVIEW])

    def in_wilayah(self, area: Wilayah) -> Self:
        """Those whose product lies in `area` or anywhere inside it."""
        return self.filter(codes.inside("wilayah__code", [area.code]))

    def named(self, text: str) -> Self:
        """Those whose product, IKM and sentra hold every word of `text` in their names, or resemble it.

        Read from the assessments and not from the catalogue, which has many times as many rows.
        """
        text = one_line(text).lower()
        holds = reduce(and_, (Q(names__contains=word) for word in text.split()), Q())
        names = Concat("product__name", Value(" "), "product__ikm__name", Value(" "), "product__sentra__name")
        return self.alias(names=Lower(names)).filter(holds | Q(names__trigram_word_similar=text))

    def unmoved_for(self, days: int) -> Self:
        """Those that have been in their state for more than `days` days."""
        return self.filter(state_since__lt=timezone.now() - timedelta(days=days))

    def awarded(self, star: int) -> Self:
        """Those decided with `star`; 0: decided, below the lowest band."""
        return self.filter(state=Assessment.State.DECIDED, decision_set__kind="penetapan", decision_set__star=star)

    def with_subject(self) -> Self:
        """Everything a line of a list says about the subject, in the same query."""
        return self.select_related(
            "product__ikm__sentra", "product__sentra", "wilayah", "officer", "scope", "round", "visited_by"
        )

    def in_a_line(self) -> Self:
        """What one line says of an assessment, and no more of the four rows beside it: names, area, state, officer.

        Everything else is read by a query of its own. A page of whole rows takes three times as long to be made.
        """
        named = ("product__name", "product__ikm__name", "officer__name", "officer__username")
        placed = ("wilayah__name", "wilayah__parent_names")
        return self.select_related("product__ikm", "wilayah", "officer").only(
            "authority", "state", "state_since", *named, *placed
        )


def _is_orphaned() -> Q:
    """The queryset side of `permissions.is_orphaned`: no duty of the officer that is in force contains the area."""
    acting = (
        Duty.objects.active()
        .filter(user=OuterRef("officer"), user__is_active=True, role=Role.OFFICER)
        .alias(code=ExpressionWrapper(OuterRef("wilayah_id"), output_field=CharField()))
        .filter(Q(wilayah=None) | Q(code__startswith=F("wilayah_id")))
    )
    return Q(state__in=Assessment.OFFICERS_ALONE) & ~Exists(acting)


@tracked()
class Assessment(Record):
    """The assessment of one product in one round. Scope, instrument, authority and area are copied at its creation.

    `state` is written only by `assessment.workflow.advance`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        SUBMITTED = "submitted", _("Dikirim")
        IN_REVIEW = "in_review", _("Ditinjau")
        RETURNED = "returned", _("Dikembalikan")
        DECIDED = "decided", _("Diputuskan")
        WITHDRAWN = "withdrawn", _("Ditarik")
        ELIMINATED = "eliminated", _("Gugur")
        REVOKED = "revoked", _("Dicabut")

    OPEN = (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.RETURNED)
    EDITABLE = (State.DRAFT, State.RETURNED)
    # What nobody but the officer acts on: not sent, sent back, or withdrawn.
    OFFICERS_ALONE = (State.DRAFT, State.RETURNED, State.WITHDRAWN)
    CLOSED_BY_DECISION = (State.DECIDED, State.ELIMINATED, State.REVOKED)

    product = models.ForeignKey(Product, models.PROTECT, verbose_name=_("produk"), related_name="assessment_set")
    round = models.ForeignKey(Round, models.PROTECT, verbose_name=_("putaran"), related_name="assessment_set")
    scope = models.ForeignKey(ProductScope, models.PROTECT, verbose_name=_("lingkup produk"))
    instrument = models.ForeignKey(Instrument, models.PROTECT, verbose_name=_("instrumen"))
    authority = models.CharField(_("penilai"), max_length=12, choices=Authority)
    wilayah = models.ForeignKey("wilayah.Wilayah", models.PROTECT, verbose_name=_("wilayah"))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("petugas"), related_name="assessment_set"
    )
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField(_("sejak"), db_default=ClockTimestamp())
    submitted_at = models.DateTimeField(_("pertama dikirim pada"), null=True, blank=True)
    visited_on = models.DateField(_("tanggal kunjungan"), null=True, blank=True)
    visited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("dikunjungi oleh"),
        related_name="+",
        null=True,
        blank=True,
    )
    appeal_of = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("sanggahan atas"), null=True, blank=True, related_name="appeal_set"
    )

    objects = AssessmentQuerySet.as_manager()

    trigger_sentences = {
        "assessment_closed": _("Penilaian ini tidak dapat diubah lagi pada keadaannya sekarang. Buka lagi halamannya."),
        "score_level_exists": _("Level itu tidak ada pada indikator ini. Pilih salah satu kartu."),
        "check_answer_offered": _("Jawab dengan ya atau tidak, atau dengan angka 1 sampai 5."),
    }

    class Meta(Record.Meta):
        verbose_name = _("penilaian")
        verbose_name_plural = _("penilaian")
        ordering = ["-state_since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "authority"],
                condition=Q(state__in=["draft", "submitted", "in_review", "returned"]),
                name="assessment_one_open",
                violation_error_message=_(
                    "Produk ini sedang dinilai. Lanjutkan penilaian yang terbuka, atau tunggu sampai selesai."
                ),
            ),
            one_of(
                "authority",
                Authority.values,
                name="assessment_authority_known",
                sentence=_("Penilai penilaian tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "draft",
                        "submitted",
                        "in_review",
                        "returned",
                        "decided",
                        "withdrawn",
                        "eliminated",
                        "revoked",
                    ]
                ),
                name="assessment_state_known",
                violation_error_message=_("Keadaan penilaian tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False),
                name="assessment_submitted_has_time",
                violation_error_message=_("Penilaian yang sudah dikirim harus memuat waktunya."),
            ),
            models.CheckConstraint(
                condition=Q(visited_on__isnull=True, visited_by__isnull=True)
                | Q(visited_on__isnull=False, visited_by__isnull=False),
                name="assessment_visit_whole",
                violation_error_message=_("Kunjungan lapangan harus memuat tanggal dan nama petugasnya."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-state_since"], name="assessment_state_since"),
            models.Index(fields=["state_since", "id"], name="assessment_since"),
            models.Index(fields=["created_at", "id"], name="assessment_recorded"),
        ]

    def __str__(self) -> str:
        return str(self.product)

    def get_absolute_url(self) -> str:
        return address_of("assessment:detail", self.pk)

    @property
    def is_editable(self) -> bool:
        """Whether its officer may still change levels and evidence."""
        return self.state in self.EDITABLE

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def desk(self) -> str:
        """Who reviews and decides, in short: "verifikator Kab. Brebes"; needs `wilayah`."""
        if self.authority == Authority.KEMENTERIAN:
            return str(_("verifikator Kementerian Perindustrian"))
        line = self.wilayah.line[: self._judging_depth]
        code = ".".join(self.wilayah_id.split(".")[: len(line)])
        return _("verifikator %(area)s") % {"area": names.short_name(code, line[-1])}

    @property
    def judge(self) -> str:
        """The office whose judgement this is: "Dinas perindustrian Kabupaten Brebes"; needs `wilayah`."""
        return names.dinas_name(self.wilayah.line[: self._judging_depth])

    @property
    def _judging_depth(self) -> int:
        """Down to which level of areas the authority's own area goes; 0 is the whole country."""
        return {Authority.KABKOTA: 2, Authority.PROVINSI: 1, Authority.KEMENTERIAN: 0}[Authority(self.authority)]

    @property
    def situation(self) -> str:
        """What is the case, in words to be followed by since when: "Menunggu verifikator Kab. Brebes"."""
        return SITUATIONS[Assessment.State(self.state)] % {"desk": self.desk}


SITUATIONS = {
    Assessment.State.DRAFT: _("Belum dikirim ke dinas"),
    Assessment.State.SUBMITTED: _("Menunggu %(desk)s"),
    Assessment.State.IN_REVIEW: _("Ditinjau %(desk)s"),
    Assessment.State.RETURNED: _("Menunggu perbaikan petugas"),
    Assessment.State.DECIDED: _("Diputuskan %(desk)s"),
    Assessment.State.WITHDRAWN: _("Ditarik"),
    Assessment.State.ELIMINATED: _("Digugurkan %(desk)s"),
    Assessment.State.REVOKED: _("Keputusan dicabut %(desk)s"),
}
