"""Rules for single values of the catalogue that a person types: NIB, KBLI, telephone, year."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wilayah.zones import WIT

FIRST_YEAR = 1800
NIB_LENGTH = 13

validate_nib = RegexValidator(
    r"^[0-9]{13}$", _("NIB terdiri dari 13 angka. Periksa lagi pada lembar NIB dari OSS."), code="nib"
)
validate_kbli = RegexValidator(
    r"^[0-9]{5}$", _("KBLI terdiri dari lima angka, misalnya 10392. Lihat pada lembar NIB."), code="kbli"
)
validate_phone = RegexValidator(
    r"^\+?[0-9]{8,15}$",
    _("Tulis nomor telepon dengan 8 sampai 15 angka, misalnya 081234567890."),
    code="phone",
)


def validate_year(value: int) -> None:
    """Refuse years before 1800 and years that have not begun."""
    this_year = timezone.localdate().year
    if not FIRST_YEAR <= value <= this_year:
        raise ValidationError(
            _("Tulis tahun antara %(first)s dan %(last)s."),
            code="year",
            params={"first": FIRST_YEAR, "last": this_year},
        )


def validate_full_year(day: date) -> None:
    """Refuse days before 1800: who types "24" into a date field of a browser has written the year 24."""
    if day.year < FIRST_YEAR:
        raise ValidationError(_("Tulis tahunnya dengan empat angka, misalnya 2024."), code="full_year")


def validate_not_future(day: date) -> None:
    """Refuse days that have not come yet in the east of the country, where a day begins first."""
    if day > timezone.localdate(timezone=WIT.tzinfo):
        raise ValidationError(_("Tanggal ini belum tiba. Tulis tanggal hari ini atau sebelumnya."), code="future")


# Every dash a keyboard, a contact list or a web page writes between digits or before a number, besides "-" itself.
DASHES = "\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}"

# For the day of something that has happened.
PAST_DAY = (validate_full_year, validate_not_future)


def digits_only(text: str) -> str:
    """`text` without the blanks, dots, dashes and brackets people put between digits."""
    return re.sub(rf"[\s.()\-{DASHES}]", "", text)
