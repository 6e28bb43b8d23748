"""`{% load sheet %}`: what stands at every indicator of a score sheet.

Written here and not in templates: a sheet has about a hundred level cards and four ways to add evidence at each of its
21 indicators, and this is what the page costs.
"""

from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from assessment.forms.indicator import IndicatorForm
from assessment.views.sheet_page import Slot
from ovop_site.templatetags.ui import icon, level_card, piece

register = template.Library()

FAULTY = ' aria-invalid="true" aria-describedby="{}_error"'
CAPTION = """<div class="so-caption"><label class="form-label" for="{id}">{label} \
<span class="so-optional">{optional}</span></label><input class="form-control" id="{id}" name="{name}" maxlength="150" \
value="{value}"{faulty} data-caption>{errors}</div>"""
WAY = """<details name="add-{row}"{open}><summary class="btn btn-outline-primary">{icon}{word}</summary>{content}\
</details>"""
CAMERA = """<label class="form-label" for="{id}-kamera">{label}</label><input class="form-control" type="file" \
id="{id}-kamera" name="{name}-kamera" accept="image/jpeg,image/png,image/webp" capture="environment" multiple \
data-locate data-file-field><p class="so-mute mb-0" data-locating hidden>{hint}</p>"""
FILE = """<label class="form-label" for="{id}">{label}</label><input class="form-control" type="file" id="{id}" \
name="{name}" accept="image/jpeg,image/png,image/webp,application/pdf" multiple data-file-field{faulty}>{errors}"""
LINK = """<label class="form-label" for="{id}">{label}</label><input class="form-control" type="url" id="{id}" \
name="{name}" maxlength="500" value="{value}"{faulty}>{errors}"""


@register.simple_tag
def field_errors(field: BoundField) -> SafeString:
    """The errors at a field."""
    if not field.errors:
        return SafeString()
    words = format_html_join(" ", "{}", ((error,) for error in field.errors))
    return format_html('<p class="so-err" id="{}_error">{}<span>{}</span></p>', field.auto_id, icon("awas"), words)


@register.simple_tag
def level_cards(slot: Slot) -> SafeString:
    """All levels of an indicator to fill in."""
    name = slot.row["level"].html_name
    drawn = [
        level_card(
            name=name,
            value=card.number,
            number=card.number,
            word=card.word,
            text=card.wording,
            points=card.points,
            checked=checked,
        )
        for card, checked in slot.cards
    ]
    return mark_safe("".join(drawn))  # noqa: S308 - each card is escaped


@register.simple_block_tag
def add_evidence(content: str, row: IndicatorForm) -> SafeString:
    """Four ways to add evidence: by camera, as a file, by its address, or `content`, out of what is stored."""
    caption, file, link = row["caption"], row["file"], row["link"]
    ways = (
        _way(row, "foto", _("Foto"), _camera(file)),
        _way(row, "berkas", _("Berkas"), _field(FILE, file, _("Pilih foto atau PDF, paling besar 15 MB")), file.errors),
        _way(
            row,
            "tautan",
            _("Tautan"),
            _field(LINK, link, _("Alamat web, misalnya https://contoh.id/produk")),
            link.value(),
        ),
        _way(row, "sertifikat", _("Sertifikat"), content, row["stored"].value()),
    )
    return format_html(
        '<div class="so-add" data-add>\n{}{}</div>',
        _field(CAPTION, caption, caption.label, optional=_("(boleh kosong)")),
        format_html_join("", "{}", ((way,) for way in ways)),
    )


def _way(row: IndicatorForm, sign: str, word: str, content: str, is_open: object = False) -> SafeString:
    opened = SafeString(" open") if is_open else ""
    return format_html(WAY, row=row.prefix, open=opened, icon=icon(sign), word=word, content=content)


def _camera(file: BoundField) -> SafeString:
    hint = _("Posisi Anda ikut dicatat bila Anda mengizinkannya.")
    return piece(CAMERA, id=file.auto_id, name=file.html_name, label=_("Foto dengan kamera"), hint=hint)


def _field(html: str, field: BoundField, label: str, **words: str) -> SafeString:
    value, errors = field.value(), field.errors
    draw = format_html if value or errors else piece
    return draw(
        html,
        id=field.auto_id,
        name=field.html_name,
        label=label,
        value="" if value is None else value,
        faulty=format_html(FAULTY, field.auto_id) if errors else "",
        errors=field_errors(field),
        **words,
    )
