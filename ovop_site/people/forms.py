"""Forms for the people of an area. An officer and the duty, a further duty, its end, name and address."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import people
from accounts.models import Duty, User
from accounts.permissions import managed_areas, may_give_duties_to
from outbox.forms import AsShownForm, DeliveryForm, DraftInput
from sentra.validators import validate_full_year
from wilayah.forms import WilayahField, WilayahSearchStep

NOT_YOURS_TO_GIVE = _(
    "Tugas untuk orang ini hanya diberikan oleh admin. Tidak seorang pun memberi tugas kepada dirinya sendiri, dan"
    " verifikator hanya menugaskan petugas lapangan atau orang tanpa peran lain."
)
NAME_MISSING = _("Tulis nama lengkapnya, seperti pada surat tugas.")


def day_field(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class DutyForm(WilayahSearchStep, DeliveryForm):
    """Area and period of an officer's duty; `by` gives it, `person` gets it (None: an account still to be made)."""

    wilayah = WilayahField(
        label=_("Wilayah tugas"), help_text=_("Kabupaten/kota, kecamatan, atau desa/kelurahan di wilayah Anda.")
    )
    valid_from = day_field(label=_("Bertugas sejak"), initial=timezone.localdate, validators=[validate_full_year])
    valid_until = day_field(
        label=_("Sampai"), required=False, help_text=_("Hari terakhirnya. Kosongkan bila belum ada batasnya.")
    )

    def __init__(self, *args: Any, by: User, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.person = person
        self.fields["wilayah"].look(preferred=managed_areas(by), within=managed_areas(by))

    def clean_valid_until(self) -> datetime.date | None:
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data["valid_until"]
        if first and last and last < first:
            raise ValidationError(_("Tanggal akhir tugas tidak boleh sebelum tanggal mulainya."), code="period")
        if last and last < timezone.localdate():
            raise ValidationError(_("Tanggal akhirnya sudah lewat. Pilih hari ini atau sesudahnya."), code="past")
        return last

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.person and not self.errors and people.overlaps(user=self.person, **self.duty):
            self.add_error(
                "wilayah",
                ValidationError(
                    _("%(person)s sudah bertugas sebagai petugas di wilayah ini pada waktu itu."),
                    code="overlap",
                    params={"person": self.person},
                ),
            )
        return cleaned

    @property
    def duty(self) -> dict[str, Any]:
        """Area and period, as the functions of `accounts.people` take them."""
        return {name: self.cleaned_data[name] for name in ("wilayah", "valid_from", "valid_until")}


class OfficerForm(DutyForm):
    """A new account of an officer with its first duty."""

    field_order = ["name", "username", "email", "wilayah", "valid_from", "valid_until"]

    name = forms.CharField(label=_("Nama lengkap"), max_length=150, error_messages={"required": NAME_MISSING})
    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=150,
        required=False,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Dipakai untuk masuk. Kosongkan, maka dibuat dari namanya, misalnya siti.aminah."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("Alamat surel"),
        required=False,
        help_text=_("Bila ada, ia dapat membuat sendiri kata sandinya melalui surel."),
    )

    def clean_username(self) -> str:
        typed = self.cleaned_data["username"]
        if not typed:
            return people.propose_username(self.cleaned_data.get("name", ""))
        if User.objects.filter(username__iexact=typed).exists():
            free = people.propose_username(typed)
            raise ValidationError(
                _("Nama pengguna ini sudah dipakai. Yang masih bebas, misalnya: %(free)s."),
                code="taken",
                params={"free": free},
            )
        return typed

    def clean_email(self) -> str:
        return free_address(self.cleaned_data["email"])


class TakeOnForm(DutyForm):
    """A duty for somebody who has an account already, perhaps from elsewhere.

    The account is found by its exact user name or address alone. What was found is shown by name once, and the duty is
    given only when the form comes back with that person in `person_seen`: a letter mistyped must not reach a stranger.
    """

    field_order = ["login", "wilayah", "valid_from", "valid_until"]

    login = forms.CharField(
        label=_("Nama pengguna atau alamat surel"),
        max_length=254,
        help_text=_("Tulis lengkap dan tepat, seperti yang ia pakai untuk masuk."),
        error_messages={"required": _("Isi nama pengguna atau alamat surelnya.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    person_seen = forms.IntegerField(required=False, widget=DraftInput)

    def clean_login(self) -> str:
        typed = self.cleaned_data["login"]
        self.person = people.find(typed)
        if self.person is None:
            raise ValidationError(
                _(
                    "Tidak ada akun aktif dengan nama pengguna atau surel itu. Periksa ejaannya, atau buat petugas"
                    " baru."
                ),
                code="unknown",
            )
        if not may_give_duties_to(self.by, self.person):
            raise ValidationError(NOT_YOURS_TO_GIVE, code="not_yours")
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.person and not self.errors and cleaned["person_seen"] != self.person.pk:
            self._show_person()
        return cleaned

    def _show_person(self) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix("person_seen")] = self.person.pk
        self.add_error(
            None,
            ValidationError(
                _("Akun ini milik %(person)s. Bila memang orangnya, tekan “Beri tugas” sekali lagi."),
                code="confirm",
                params={"person": self.person},
            ),
        )


class EndForm(AsShownForm):
    """The last day of `duties`; `earliest` is the first day that may be chosen."""

    last_day = day_field(
        label=_("Hari terakhir bertugas"),
        initial=timezone.localdate,
        help_text=_("Pilih kemarin supaya tugasnya berhenti saat ini juga."),
        error_messages={"required": _("Isi hari terakhirnya.")},
    )

    def __init__(self, *args: Any, duties: list[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duties = duties
        self.earliest = min(map(people.earliest_end, duties))
        self.initial["last_day"] = max(timezone.localdate(), self.earliest)

    def clean_last_day(self) -> datetime.date:
        day = self.cleaned_data["last_day"]
        if day < self.earliest:
            raise ValidationError(
                _("Paling awal %(day)s, supaya yang sudah dikerjakan tetap tercakup tugasnya."),
                code="too_early",
                params={"day": self.earliest.strftime("%d-%m-%Y")},
            )
        return day


class AccountForm(AsShownForm):
    """Name and e-mail address of `account`."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=150, error_messages={"required": NAME_MISSING})
    email = forms.EmailField(label=_("Alamat surel"), required=False)

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, shows=[account.name, account.email or gettext("tanpa surel")], **kwargs)
        self.account = account
        self.initial |= {"name": account.name, "email": account.email}

    def clean_email(self) -> str:
        return free_address(self.cleaned_data["email"], account=self.account)


def words_of(duty: Duty) -> str:
    """ "Petugas lapangan, Kec. Salem, Kab. Brebes, sejak 1 Jan 2026"; with its last day where it has one."""
    words = {"duty": duty, "first": date_format(duty.valid_from, "j M Y")}
    if duty.valid_until is None:
        return gettext("%(duty)s, sejak %(first)s") % words
    words["last"] = date_format(duty.valid_until, "j M Y")
    return gettext("%(duty)s, %(first)s sampai %(last)s") % words


def free_address(email: str, *, account: User | None = None) -> str:
    """`email` where no other account has it; one query."""
    others = User.objects.exclude(pk=account.pk) if account else User.objects
    if email and others.filter(email__iexact=email).exists():
        raise ValidationError(_("Alamat surel ini sudah dipakai akun lain."), code="taken")
    return email
