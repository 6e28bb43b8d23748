"""People who sign in, and the duties that say what they may do and where."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.history import tracked
from wilayah import codes
from wilayah.invisible import says_something


@tracked(exclude=["password", "last_login"])
class User(AbstractUser):
    """A person with an account. What the person may do follows from `Duty` rows alone; `is_staff` opens `/admin/`."""

    first_name = None
    last_name = None
    name = models.CharField(_("nama lengkap"), max_length=150, blank=True)
    email = models.EmailField(_("alamat surel"), blank=True)

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="user_username_ci_unique",
                violation_error_message=_("Nama pengguna ini sudah dipakai. Pilih nama lain."),
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="user_email_ci_unique",
                violation_error_message=_("Alamat surel ini sudah dipakai akun lain."),
            ),
            says_something(
                "name",
                name="user_name_visible",
                sentence=_("Nama ini hanya berisi tanda yang tidak terlihat. Tulis nama lengkapnya."),
                may_be_empty=True,
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name().split(" ")[0]


# SECURITY: the secret and the used recovery codes stay out of the history.
@tracked(exclude=["data", "last_used_at"])
class SecondFactor(Authenticator):
    """Two-step sign-in of one person (masuk dua langkah): the secret of the application, or the recovery codes.

    Kept by allauth; this proxy adds the history: when it was turned on, off or taken back, and by whom.
    """

    class Meta:
        proxy = True
        verbose_name = _("masuk dua langkah")
        verbose_name_plural = _("masuk dua langkah")


class DutyQuerySet(models.QuerySet):
    def active(self, on=None) -> "DutyQuerySet":
        """Duties in force on the date `on` (default: today in the server's zone)."""
        on = on or timezone.localdate()
        return self.not_ended(on).filter(valid_from__lte=on)

    def not_ended(self, on=None) -> "DutyQuerySet":
        """Duties in force on the date `on` (default: today) or later."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=on or timezone.localdate()))

    def inside(self, areas: Iterable[str]) -> "DutyQuerySet":
        """Duties over one of `areas` (codes; "" is the country) or a part of it."""
        return self.filter(codes.inside("wilayah__code", areas))


@tracked(read_by=["user"])
class Duty(models.Model):
    """One duty (tugas): a person acts in a role over an area, or over the whole country, for some time."""

    class Role(models.TextChoices):
        OFFICER = "officer", _("Petugas lapangan")
        VERIFIER = "verifier", _("Verifikator")
        ASSESSOR = "assessor", _("Penilai panel")
        LEADER = "leader", _("Pimpinan")

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("pengguna"), related_name="duty_set")
    role = models.CharField(_("peran"), max_length=10, choices=Role)
    # NULL means the whole country.
    wilayah = models.ForeignKey(
        "wilayah.Wilayah",
        models.PROTECT,
        verbose_name=_("wilayah tugas"),
        null=True,
        blank=True,
        help_text=_("Kosongkan untuk tugas nasional."),
    )
    valid_from = models.DateField(_("berlaku sejak"), default=timezone.localdate)
    valid_until = models.DateField(
        _("berlaku sampai"), null=True, blank=True, help_text=_("Kosongkan bila belum ada batasnya.")
    )

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("tugas")
        verbose_name_plural = _("tugas")
        ordering = ["user_id", "role", "wilayah_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="duty_period",
                violation_error_message=_("Tanggal akhir tugas tidak boleh sebelum tanggal mulainya."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["officer", "verifier", "assessor", "leader"]),
                name="duty_role_known",
                violation_error_message=_("Pilih peran dari daftar."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "wilayah", "valid_from"],
                nulls_distinct=False,
                name="duty_unique",
                violation_error_message=_("Tugas ini sudah tercatat untuk pengguna tersebut."),
            ),
        ]

    def __str__(self) -> str:
        """ "Verifikator, Kab. Brebes"; needs the area to be selected along."""
        area = self.wilayah.place_name if self.wilayah else _("nasional")
        return f"{self.get_role_display()}, {area}"

    @property
    def has_begun(self) -> bool:
        return self.valid_from <= timezone.localdate()

    @property
    def is_over(self) -> bool:
        """Whether today is its last day, or that has passed."""
        return self.valid_until is not None and self.valid_until <= timezone.localdate()


class SignInCodeQuerySet(models.QuerySet):
    def unused(self) -> "SignInCodeQuerySet":
        """Codes that were neither used nor replaced; they may have expired."""
        return self.filter(used_at=None, voided_at=None)

    def usable(self, at=None) -> "SignInCodeQuerySet":
        """Unused codes whose time has not run out at the moment `at` (default: now)."""
        return self.unused().filter(expires_at__gt=at or timezone.now())


# SECURITY: nobody needs to know an older hash, so the history is kept without it.
@tracked(exclude=["code_hash"])
class SignInCode(models.Model):
    """A code (kode masuk) that a verifikator read out to a petugas: it opens the account once, within a day."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name=_("pengguna"), related_name="sign_in_code_set")
    code_hash = models.CharField(_("sidik kode"), max_length=128)
    issued_by = models.ForeignKey(User, models.PROTECT, verbose_name=_("dibuat oleh"), related_name="+")
    issued_at = models.DateTimeField(_("dibuat pada"), default=timezone.now)
    expires_at = models.DateTimeField(_("berlaku sampai"))
    used_at = models.DateTimeField(_("dipakai pada"), null=True, blank=True)
    voided_at = models.DateTimeField(_("digantikan pada"), null=True, blank=True)

    objects = SignInCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kode masuk")
        verbose_name_plural = _("kode masuk")
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at=None, voided_at=None),
                name="sign_in_code_one_unused",
                violation_error_message=_("Pengguna ini baru saja diberi kode lain. Buat lagi kodenya."),
            ),
        ]

    def __str__(self) -> str:
        return _("Kode masuk untuk %(user)s") % {"user": self.user}

    @property
    def is_usable(self) -> bool:
        """Whether it opens the account now; the queryset side is `usable`."""
        return self.used_at is None and self.voided_at is None and self.expires_at > timezone.now()
