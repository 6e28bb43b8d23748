"""The field for an area: a type-ahead with JavaScript, a search step inside the same form without.

For a field `wilayah` the page sends `wilayah` (the code that was chosen), `wilayah_teks` (what stands in the text box),
`wilayah_tampil` (the text the choice or the hits belong to) and, without JavaScript, `wilayah_cari` when "Cari wilayah"
was pressed. A code alone is enough, for links and tests.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wilayah import codes, hits
from wilayah.models import Wilayah
from wilayah.search import search

LONGEST_TEXT = 100


@dataclass(frozen=True)
class Typed:
    """What came in for one field."""

    code: str = ""
    text: str = ""
    shown: str = ""
    pressed: bool = False

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether the text still looks for an area: nothing chosen for it, or a search asked for."""
        return self.pressed or bool(self.text and (not self.code or self.text != self.shown))


@dataclass(frozen=True)
class Scope:
    """Where a field looks: first in `preferred`, only in `within`, only areas of `levels`; `kept` may be closed."""

    preferred: tuple[str, ...] = ()
    within: tuple[str, ...] = (codes.NATIONAL,)
    levels: tuple[int, ...] = tuple(Wilayah.Level.values)
    kept: str = ""


class WilayahWidget(forms.Widget):
    template_name = "wilayah/field.html"
    # What follows the name in the other fields of the page.
    companions = ("_teks", "_tampil", "_cari")
    scope = Scope()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        code, text, shown = (
            " ".join((data.get(key) or "").split()) for key in (name, f"{name}_teks", f"{name}_tampil")
        )
        return Typed(code=code, text=text, shown=shown, pressed=f"{name}_cari" in data)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_teks" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed = value if isinstance(value, Typed) else Typed(code=str(value or ""))
        context = super().get_context(name, None, attrs)
        shown = self._open(typed) if typed.is_open else self._chosen(typed)
        return context | {"source": self._source(), "longest": LONGEST_TEXT} | shown

    def _source(self) -> str:
        """The address of the search, with the limits of this field."""
        limits: dict[str, Any] = {}
        if codes.NATIONAL not in self.scope.within:
            limits["dalam"] = ",".join(self.scope.within)
        if len(self.scope.levels) < len(Wilayah.Level):
            limits["tingkat"] = self.scope.levels
        return reverse("wilayah:search", query=limits or None)

    def _open(self, typed: Typed) -> dict[str, Any]:
        """The text as typed and the areas it may mean, to choose from."""
        found = search(
            typed.text[:LONGEST_TEXT],
            areas=self.scope.preferred,
            within=self.scope.within,
            levels=self.scope.levels,
        )
        return {
            "text": typed.text,
            "shown": typed.text,
            "hits": hits.of(found, typed.text),
            "message": hits.message(found, typed.text, is_limited=codes.NATIONAL not in self.scope.within),
        }

    def _chosen(self, typed: Typed) -> dict[str, Any]:
        """The area that is chosen; nothing for a code that is none."""
        area = Wilayah.objects.filter(pk=typed.code).first() if codes.is_code(typed.code) else None
        name = area.label if area else ""
        return {"code": area.code if area else "", "text": name, "shown": name}


class WilayahField(forms.ModelChoiceField):
    """An area, as a `Wilayah`. In a ModelForm: `field_classes = {"wilayah": WilayahField}`."""

    widget = WilayahWidget
    default_error_messages = {
        "required": _("Pilih wilayah: ketik namanya, lalu pilih dari daftar."),
        "invalid_choice": _("Wilayah ini tidak ada dalam daftar. Ketik namanya, lalu pilih dari daftar."),
        "unchosen": _("Pilih wilayah dari daftar. Nama yang diketik saja belum cukup."),
        "wrong_level": _("%(area)s adalah %(kind)s. Pilih %(levels)s."),
        "outside": _("%(area)s ada di luar %(within)s. Pilih wilayah di dalamnya."),
        "nowhere": _("Belum ada wilayah yang boleh Anda pilih. Hubungi verifikator dinas Anda."),
        "closed": _("%(area)s tidak berlaku lagi. Pilih wilayah penggantinya."),
        "succeeded": _("%(area)s tidak berlaku lagi. Pilih penggantinya: %(successors)s."),
    }

    def __init__(self, queryset: QuerySet[Wilayah] | None = None, **kwargs: Any) -> None:
        super().__init__(Wilayah.objects.all() if queryset is None else queryset, **kwargs)

    def look(
        self,
        *,
        preferred: Iterable[str] = (),
        within: Iterable[str] = (codes.NATIONAL,),
        levels: Collection[int] = Wilayah.Level.values,
        kept: str | None = "",
    ) -> None:
        """Say where to look; called by the form in its `__init__`.

        preferred  areas whose parts are listed first: the duties of the user
        within     areas outside of which nothing may be chosen
        levels     the levels that may be chosen
        kept       the area a record has already; it stays valid although closed since
        """
        self.widget.scope = Scope(tuple(preferred), codes.outermost(within), tuple(levels), kept or "")

    @property
    def scope(self) -> Scope:
        return self.widget.scope

    def clean(self, value: Any) -> Wilayah | None:
        typed = value if isinstance(value, Typed) else Typed(code=str(value or ""))
        if typed.is_open:
            raise self._error("unchosen")
        if typed.code and not codes.is_code(typed.code):
            raise self._error("invalid_choice")
        area = super().clean(typed.code)
        if area and typed.shown == area.label and not typed.text:
            return super().clean("")  # the name was wiped out of the text box
        if area:
            self._check(area)
        return area

    def _check(self, area: Wilayah) -> None:
        if area.code == self.scope.kept:
            return
        if not area.is_current():
            raise self._closed(area)
        if area.level not in self.scope.levels:
            levels = " atau ".join(str(Wilayah.Level(level).label).lower() for level in sorted(self.scope.levels))
            raise self._error("wrong_level", area=area.short_name, kind=area.kind.lower(), levels=levels)
        if not self.scope.within:
            raise self._error("nowhere")
        if not any(codes.is_inside(area.code, allowed) for allowed in self.scope.within):
            allowed = Wilayah.objects.filter(pk__in=self.scope.within)
            raise self._error("outside", area=area.place_name, within=" atau ".join(row.short_name for row in allowed))

    def _closed(self, area: Wilayah) -> ValidationError:
        successors = ", ".join(row.place_name for row in area.successors.order_by("code"))
        return self._error("succeeded" if successors else "closed", area=area.place_name, successors=successors)

    def _error(self, code: str, **params: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)

    def has_changed(self, initial: Any, data: Any) -> bool:
        is_open = isinstance(data, Typed) and data.is_open
        return is_open or super().has_changed(initial, str(data or ""))


class WilayahSearchStep(forms.BaseForm):
    """For forms with a WilayahField: "Cari wilayah" shows the form again with the hits and no other complaint."""

    def full_clean(self) -> None:
        super().full_clean()
        searching = self._searching() if self.is_bound else ()
        if searching:
            self._errors = ErrorDict({name: self._errors[name] for name in searching}, renderer=self.renderer)

    def _searching(self) -> list[str]:
        """Names of the area fields whose search button was pressed."""
        return [
            name
            for name, field in self.fields.items()
            if isinstance(field, WilayahField) and f"{self.add_prefix(name)}_cari" in self.data
        ]
