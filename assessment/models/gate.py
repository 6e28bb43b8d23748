"""Gates: requirements beside the points, each with one condition and one effect."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models import frozen
from assessment.models.instrument import Check, Indicator, Instrument
from assessment.models.round import Authority
from outbox.records import tracked
from sentra.models import Certificate
from sentra.models.parts import one_of


class Condition(models.TextChoices):
    """What a gate asks for."""

    NIB = "nib", _("NIB ada")
    CERTIFICATE_VALID = "certificate_valid", _("Salah satu sertifikat ini berlaku")
    CERTIFICATE_NOT_EXPIRED = "certificate_not_expired", _("Sertifikat ini tidak kedaluwarsa tanpa pengganti")
    UNITS = "units", _("Sentra punya sedikitnya n unit usaha")
    SK = "sk", _("Sentra ber-SK kepala daerah")
    EVIDENCE = "evidence", _("Semua bukti wajib terlampir")
    INDICATOR_ABOVE = "indicator_above", _("Satu indikator di atas level n")
    ALL_INDICATORS_ABOVE = "all_indicators_above", _("Semua indikator di atas level n")
    CHECK_NOT_BAD = "check_not_bad", _("Butir uji tidak dijawab buruk")
    ASSESSORS = "assessors", _("Sedikitnya n penilai")
    FIELD_VISIT = "field_visit", _("Kunjungan lapangan tercatat")


class Effect(models.TextChoices):
    """What happens while the condition does not hold."""

    CAP_STAR = "cap_star", _("Bintang paling tinggi n")
    CAP_INDICATOR = "cap_indicator", _("Level satu indikator paling tinggi n")
    BLOCK_NOMINATION = "block_nomination", _("Tidak dapat diusulkan ke tingkat ini dan di atasnya")
    ELIMINATE = "eliminate", _("Gugur")


# The columns each condition and each effect reads; it fills them all and no others.
CONDITION_PARAMETERS = {
    Condition.NIB: (),
    Condition.CERTIFICATE_VALID: ("kinds",),
    Condition.CERTIFICATE_NOT_EXPIRED: ("kinds",),
    Condition.UNITS: ("minimum",),
    Condition.SK: (),
    Condition.EVIDENCE: (),
    Condition.INDICATOR_ABOVE: ("indicator", "level"),
    Condition.ALL_INDICATORS_ABOVE: ("level",),
    Condition.CHECK_NOT_BAD: ("bad_check",),
    Condition.ASSESSORS: ("minimum",),
    Condition.FIELD_VISIT: (),
}
EFFECT_PARAMETERS = {
    Effect.CAP_STAR: ("star",),
    Effect.CAP_INDICATOR: ("capped_indicator", "capped_level"),
    Effect.BLOCK_NOMINATION: ("authority",),
    Effect.ELIMINATE: (),
}


def _filled(parameter: str) -> Q:
    """The column of a parameter says something."""
    return ~_empty(parameter)


def _empty(parameter: str) -> Q:
    if parameter == "kinds":
        return Q(kinds=[])
    return Q(authority="") if parameter == "authority" else Q(**{f"{parameter}__isnull": True})


def _parameters_fit(column: str, table: dict[str, tuple[str, ...]]) -> Q:
    """Every choice of `column` fills the parameters that `table` gives it, and leaves the others empty."""
    every = dict.fromkeys(parameter for own in table.values() for parameter in own)
    fits = Q()
    for choice, own in table.items():
        row = Q(**{column: choice.value})
        for parameter in every:
            row &= _filled(parameter) if parameter in own else _empty(parameter)
        fits |= row
    return fits


@tracked()
class Gate(models.Model):
    """One requirement (syarat): while its condition does not hold, its one effect acts. Two effects are two gates.

    A condition and an effect fill their own parameters and no others (`CONDITION_PARAMETERS`, `EFFECT_PARAMETERS`).
    """

    instrument = models.ForeignKey(Instrument, models.CASCADE, verbose_name=_("instrumen"), related_name="gate_set")
    code = models.SlugField(_("kode"), max_length=40, help_text=_("Unik dalam instrumen."))
    name = models.CharField(_("nama"), max_length=100, help_text=_("Syaratnya bila terpenuhi, misalnya NIB ada."))
    sentence = models.CharField(_("kalimat"), max_length=250, help_text=_("Apa akibatnya bila tidak terpenuhi."))
    how_to_repair = models.CharField(_("cara memenuhi"), max_length=250)
    scopes = models.ManyToManyField(
        "sentra.ProductScope",
        through="GateScope",
        verbose_name=_("lingkup produk"),
        related_name="+",
        blank=True,
        help_text=_("Kosong berarti semua lingkup."),
    )
    condition = models.CharField(_("syarat"), max_length=25, choices=Condition)
    kinds = ArrayField(
        models.CharField(max_length=20, choices=Certificate.Kind),
        verbose_name=_("jenis sertifikat"),
        default=list,
        blank=True,
        help_text=_("Jenis dalam satu syarat saling menggantikan."),
    )
    minimum = models.PositiveSmallIntegerField(_("paling sedikit"), null=True, blank=True)
    indicator = models.ForeignKey(
        Indicator, models.CASCADE, verbose_name=_("indikator"), related_name="+", null=True, blank=True
    )
    level = models.PositiveSmallIntegerField(
        _("di atas level"), null=True, blank=True, help_text=_("Level ini dan di bawahnya tidak memenuhi syarat.")
    )
    bad_check = models.ForeignKey(
        Check, models.CASCADE, verbose_name=_("butir uji"), related_name="+", null=True, blank=True
    )
    effect = models.CharField(_("akibat"), max_length=16, choices=Effect)
    star = models.PositiveSmallIntegerField(_("bintang tertinggi"), null=True, blank=True)
    capped_indicator = models.ForeignKey(
        Indicator, models.CASCADE, verbose_name=_("indikator yang dibatasi"), related_name="+", null=True, blank=True
    )
    capped_level = models.PositiveSmallIntegerField(_("level tertinggi"), null=True, blank=True)
    authority = models.CharField(_("usulan tertutup mulai"), max_length=12, choices=Authority, blank=True)
    source = models.CharField(_("sumber"), max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("syarat")
        verbose_name_plural = _("syarat")
        ordering = ["instrument_id", "order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "code"],
                name="gate_code_unique",
                violation_error_message=_("Kode syarat ini sudah dipakai dalam instrumen ini."),
            ),
            models.CheckConstraint(
                condition=_parameters_fit("condition", CONDITION_PARAMETERS),
                name="gate_condition_parameters",
                violation_error_message=_(
                    "Isi keterangan yang diminta syarat ini saja: jenis untuk sertifikat, paling sedikit untuk unit dan"
                    " penilai, level (dan indikator) untuk level, butir uji untuk butir uji."
                ),
            ),
            models.CheckConstraint(
                condition=_parameters_fit("effect", EFFECT_PARAMETERS),
                name="gate_effect_parameters",
                violation_error_message=_(
                    "Isi keterangan yang diminta akibat ini saja: bintang tertinggi, indikator dengan level"
                    " tertingginya, atau tingkat yang usulannya tertutup."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kinds__contained_by=Certificate.Kind.values),
                name="gate_kinds_known",
                violation_error_message=_("Pilih jenis sertifikat dari daftar."),
            ),
            one_of(
                "authority",
                ["", *Authority.values],
                name="gate_authority_known",
                sentence=_("Pilih tingkat dari daftar."),
            ),
        ]
        triggers = [frozen.FrozenWithInstrument(frozen.OF_INSTRUMENT)]

    def __str__(self) -> str:
        return self.name


@tracked()
class GateScope(models.Model):
    """That a gate is for a product scope."""

    gate = models.ForeignKey(Gate, models.CASCADE, verbose_name=_("syarat"))
    scope = models.ForeignKey("sentra.ProductScope", models.PROTECT, verbose_name=_("lingkup produk"))

    class Meta:
        verbose_name = _("lingkup syarat")
        verbose_name_plural = _("lingkup syarat")
        ordering = ["gate_id", "scope_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "scope"],
                name="gate_scope_once",
                violation_error_message=_("Lingkup ini sudah dipilih."),
            )
        ]
        triggers = [frozen.FrozenWithInstrument(frozen.OF_GATE)]

    def __str__(self) -> str:
        return f"{self.gate}: {self.scope}"
