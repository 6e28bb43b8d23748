"""Form fields that take what people write and show it back the same way: "1.250.000", "-6,91", "9120 0041 7 …"."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from sentra.validators import DASHES, digits_only

KBLI_HELP = _("Lima angka, misalnya 10392. Lihat pada lembar NIB.")


class DigitsField(forms.CharField):
    """A number that is a name (NIB, KBLI, telephone): text, without the blanks, dots and dashes between the digits."""

    TYPED_LENGTH = 40

    def __init__(self, *, inputmode: str = "numeric", **kwargs: Any) -> None:
        kwargs.setdefault("max_length", self.TYPED_LENGTH)
        super().__init__(**kwargs)
        self.widget.attrs["inputmode"] = inputmode

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Room for the blanks: `max_length` counts the digits, the browser what is typed."""
        return super().widget_attrs(widget) | {"maxlength": str(self.TYPED_LENGTH)}

    def to_python(self, value: Any) -> str:
        return digits_only(super().to_python(value))


class WholeNumberField(forms.Field):
    """A whole number as people write it: dots between thousands or none, with or without `affixes` around it.

    `grouped` shows it with dots (amounts), otherwise plain (years, percent). Returns an int or None.
    """

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Tulis angka bulat, misalnya %(example)s.")}

    def __init__(
        self,
        *,
        example: str,
        affixes: tuple[str, ...] = (),
        grouped: bool = False,
        maximum: int = 2**31 - 1,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.example, self.affixes, self.grouped = example, affixes, grouped
        self.widget.attrs["inputmode"] = "numeric"
        self.widget.attrs["autocomplete"] = "off"
        self.validators.append(
            MaxValueValidator(maximum, _("Angka ini terlalu besar. Periksa lagi, misalnya kelebihan nol."))
        )

    def to_python(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        text = re.sub(r"\s", "", str(value)).lower()
        for affix in self.affixes:
            text = text.removeprefix(affix.lower()).removesuffix(affix.lower())
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,15}|[1-9][0-9]{0,2}(\.[0-9]{3}){1,4}", text, re.ASCII):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"example": self.example})
        return int(text.replace(".", ""))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int) and self.grouped:
            return f"{value:,}".replace(",", ".")
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True


class CoordinateField(forms.Field):
    """Decimal degrees with a comma or a point: "-6,91" is "-6.91". Kept to six places, about ten centimetres."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Tulis derajat desimal, misalnya %(example)s.")}

    def __init__(self, *, lowest: float, highest: float, example: str, out_of_range: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.example = example
        # No numeric keypad: that of iPhones has no minus sign.
        self.widget.attrs["autocomplete"] = "off"
        self.validators += [
            MinValueValidator(Decimal(str(lowest)), out_of_range),
            MaxValueValidator(Decimal(str(highest)), out_of_range),
        ]

    def to_python(self, value: Any) -> Decimal | None:
        text = re.sub(f"[{DASHES}]", "-", "" if value is None else str(value))
        text = re.sub(r"\s", "", text).removesuffix("°").replace(",", ".")
        if not text:
            return None
        if not re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?", text, re.ASCII):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"example": self.example})
        return Decimal(text).quantize(Decimal("0.000001"), ROUND_HALF_UP)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",")
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True
