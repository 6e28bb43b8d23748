"""The components of the pages. Each is a template in `templates/ui/` that opens with what it expects.

Everything but the one obvious subject of a component is keyword-only, so that a misspelt option is an error.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ovop_site import filter_chips, filter_fields
from ovop_site.templatetags.numbers import number, points

register = template.Library()

STATE_ICONS = {"good": "centang", "soon": "jam", "bad": "silang", "info": "info"}
NOTE_ICONS = STATE_ICONS | {"soon": "awas", "bad": "awas"}
BAR_LENGTH = 200
BAR = """<svg class="so-bar" viewBox="0 0 {length} 10" preserveAspectRatio="none" aria-hidden="true">{reachable}\
<rect class="{tone}" width="{value}" height="10"/></svg>"""
STAR = '<svg viewBox="0 0 24 24"{}><use href="{}#i-bintang"/></svg>'
TREND = """<figure class="so-trend"><figcaption><b>{title}</b> <span class="so-mute d-block">{unit}</span></figcaption>
<svg role="img" aria-label="{words}" width="{width}" height="{height}" viewBox="0 0 {width} {height}">{columns}\
<line x1="0" x2="{width}" y1="{base}" y2="{base}"/></svg></figure>"""
TREND_COLUMN = """<rect x="{x}" y="{y}" width="{bar}" height="{height}"/>\
<text class="v" x="{middle}" y="{y}" dy="-7" text-anchor="middle">{label}</text>\
<text x="{middle}" y="{foot}" dy="-5" text-anchor="middle">{year}</text>"""
LEVEL_CARD = """<label class="so-level"><input type="radio" name="{name}" value="{value}"{checked}>\
<span class="n">{number}</span><span class="t"><span class="d">{sign}{chosen}</span><b>{word}</b>{points}{tag}\
<br>{text}</span></label>"""
# format_html that remembers what it drew: the same words, escaped already or not, are the same HTML for everybody.
piece = lru_cache(maxsize=5000, typed=True)(format_html)
MESSAGE_STATES = {"success": "good", "warning": "soon", "error": "bad"}


@register.filter
def message_state(level_tag: str) -> str:
    """The state of a note for the level of one of Django's messages."""
    return MESSAGE_STATES.get(level_tag, "info")


@register.filter
def message_role(level_tag: str) -> str:
    """Errors interrupt a screen reader, everything else waits."""
    return "alert" if level_tag == "error" else "status"


@register.simple_tag
def icon(name: str, *, large: bool = False, label: str = "", css: str = "") -> SafeString:
    """An icon of `static/img/icons.svg`; decoration unless it has a `label`."""
    return _icon(str(name), large, str(label), str(css))


@lru_cache(maxsize=1000, typed=True)
def _icon(name: str, large: bool = False, label: str = "", css: str = "") -> SafeString:
    """Drawn once per process; a page has a hundred of them."""
    return format_html(
        '<svg class="{}" {}><use href="{}#i-{}"/></svg>',
        " ".join(filter(None, ("ik", large and "ik-lg", css))),
        format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"'),
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def mark(text: str, *, state: str = "", icon: str = "") -> SafeString:
    """A state: an icon and a word on a wash. `state` is "good", "soon", "bad", "info" or "" (neutral).

    `icon` is by default the one of the state. Written here and not in a template: every row of a list has some.
    """
    sign = _icon(str(icon or STATE_ICONS.get(state, "jam")))
    return piece('<span class="so-mark{}">{}{}</span>', f" so-{state}" if state else "", sign, str(text))


@register.simple_block_tag
def note(content: str, *, state: str = "info", title: str = "", icon: str = "", role: str = "") -> SafeString:
    return render_to_string(
        "ui/note.html",
        {"content": content, "state": state, "title": title, "icon": icon or NOTE_ICONS.get(state), "role": role},
    )


@register.inclusion_tag("ui/chip.html")
def chip(text: str, *, href: str, on: bool = False, current: bool = False, icon: str = "", label: str = "") -> dict:
    return {"text": text, "href": href, "on": on, "current": current, "icon": icon, "label": label}


@register.inclusion_tag("ui/empty_state.html")
def empty_state(title: str, *, text: str = "", icon: str = "kosong", href: str = "", action: str = "") -> dict:
    return {"title": title, "text": text, "icon": icon, "href": href, "action": action}


@register.simple_block_tag
def facts(content: str) -> SafeString:
    return format_html('<dl class="so-facts">{}</dl>', content)


@register.simple_tag
def fact(label: str, value: Any, *, empty: str = "", unit: str = "") -> SafeString:
    """One row inside `facts`: a label and its value, words or a number already formatted; None and "" are missing.

    `unit` stands behind the value, `empty` where it is missing. Written here and not in a template: a page has many.
    """
    said = format_html("{} {}", value, unit) if unit else value
    if value in (None, ""):
        said = format_html('<span class="so-mute fw-normal">{}</span>', empty or _("Belum diisi"))
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, said)


@register.simple_block_tag
def marks(content: str) -> SafeString:
    """A row of marks; `{% marks as states %}…{% endmarks %}` keeps it for the `marks` of a page heading."""
    return format_html('<span class="so-marks">{}</span>', content)


@register.simple_block_tag
def page_heading(content: str, *, title: str, place: str = "", marks: str = "") -> SafeString:
    return render_to_string(
        "ui/page_heading.html", {"actions": content, "title": title, "place": place, "marks": marks}
    )


@register.inclusion_tag("ui/back_link.html")
def back_link(text: str, *, href: str) -> dict:
    return {"text": text, "href": href}


@register.simple_tag
def stars(star: int | None, *, of: int = 5, words: bool = False) -> SafeString:
    """The band of a product out of `of`, for screen readers in words; `words` writes "setara bintang 4" beside it too.

    None (not judged) and 0 (judged, below the lowest band) are said and never shown as empty stars. Written here and
    not in a template, and drawn once per process: every row of a list has some.
    """
    return _stars(star, of, words)


@lru_cache(maxsize=100)
def _stars(star: int | None, of: int, words: bool) -> SafeString:
    if not star:
        said = _("Belum dinilai") if star is None else _("Dinilai, belum berbintang")
        return format_html('<span class="so-mute">{}</span>', said)
    figures = {"star": star, "of": of}
    lit = (SafeString(' class="on"') if place <= star else "" for place in range(1, max(star, of) + 1))
    drawn = format_html_join("", STAR, ((css, static("img/icons.svg")) for css in lit))
    label = _("%(star)s dari %(of)s bintang") % figures
    beside = format_html(' <span class="so-mute">{}</span>', _("setara bintang %(star)s") % figures) if words else ""
    return format_html('<span class="so-stars" role="img" aria-label="{}">{}</span>{}', label, drawn, beside)


@register.inclusion_tag("ui/tabs.html")
def tabs(*, label: str, tabs: list[dict]) -> dict:
    return {"label": label, "tabs": tabs}


@register.inclusion_tag("ui/catalogue_tabs.html")
def catalogue_tabs(*, current: str) -> dict:
    return {"current": current}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, *, page, label: str = "") -> dict:
    return {"page": page, "label": label or _("Halaman"), "request": context["request"]}


@register.inclusion_tag("ui/filter_bar.html", takes_context=True)
def filter_bar(
    context: Context, *, filter, search: str = "q", sortings: Sequence = (), sorting=None, layout: str = ""
) -> dict:
    form = filter.form
    return {
        "form": form,
        "search": form[search] if search in form.fields else None,
        "others": [filter_fields.drawn(filter, field) for field in form.visible_fields() if field.name != search],
        "others_open": any(name != search for name in form.errors),
        "chips": filter_chips.chips(filter, context["request"].GET, search=search),
        "path": context["request"].path,
        "sortings": sortings,
        "sorting": sorting,
        "columns": context["request"].GET.get("kolom", ""),
        "layout": layout,
    }


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*, form, title: str = "") -> dict:
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    return {
        "title": title,
        "count": len(form.errors),
        "general": [*form.non_field_errors(), *hidden],
        "fields": [
            {"label": field.label, "error": field.errors[0], "target": _target(field)}
            for field in form.visible_fields()
            if field.errors
        ],
    }


def _target(field: BoundField) -> str:
    """The id a link to `field` jumps to; of a group, its first choice."""
    choices = field.subwidgets if field.use_fieldset else []
    return field.id_for_label or (choices[0].id_for_label if choices else field.auto_id)


@register.inclusion_tag("ui/form_steps.html")
def form_steps(*, steps: list, current: int = 1) -> dict:
    return {"steps": steps, "current": current}


@register.inclusion_tag("ui/step_line.html")
def step_line(*, steps: list) -> dict:
    return {"steps": steps}


@register.simple_tag
def bar(value, *, maximum=100, reachable=None, tone: str = "w") -> SafeString:
    """One bar: `value` of `maximum` filled, what is still `reachable` hatched; `tone` is "w" (indigo) or "m" (soga).

    Words or a table beside it carry the same figures, so it is hidden from screen readers. Written here and not in a
    template: a list has five in each row.
    """
    return _bar(value, maximum, reachable, tone)


@lru_cache(maxsize=5000)
def _bar(value, maximum, reachable, tone: str) -> SafeString:
    """Drawn once per process: the points of a criterion are sums of few levels, and come again and again."""
    hatched = '<rect class="r" width="{}" height="10"/>'
    return format_html(
        BAR,
        length=BAR_LENGTH,
        reachable="" if reachable is None else format_html(hatched, _share(reachable, maximum)),
        tone=tone,
        value=_share(value, maximum),
    )


def _share(value, maximum) -> str:
    """The width of `value` in a bar, between nothing and its whole length, as SVG writes it."""
    share = Decimal(str(value or 0)) / Decimal(str(maximum)) if maximum else Decimal(0)
    return f"{min(max(share, Decimal(0)), Decimal(1)) * BAR_LENGTH:.1f}"


@register.simple_tag
def trend(trend) -> SafeString:
    """A figure over the years as columns (`sentra.trend.Trend`); a table beside it carries the same figures.

    Written here and not in a template: it is made of some forty numbers.
    """
    columns = format_html_join(
        "", TREND_COLUMN, ({"bar": trend.bar, "foot": trend.height} | vars(column) for column in trend.columns)
    )
    return format_html(
        TREND,
        title=trend.title,
        unit=trend.unit,
        words=trend.words,
        width=trend.width,
        height=trend.height,
        base=trend.base,
        columns=columns,
    )


@register.inclusion_tag("ui/bars.html")
def bars(*, rows: list, tone: str = "w") -> dict:
    return {"rows": rows, "tone": tone}


@register.inclusion_tag("ui/pita.html")
def pita(*, rows: list, label: str = "") -> dict:
    return {"rows": rows, "label": label or _("Poin per kriteria")}


@register.simple_tag
def pita_mini(*, rows: list[dict]) -> SafeString:
    """The criteria (`title`, `points`, `maximum`) as bands without figures; the words are for screen readers.

    Written here and not in a template: every row of a list has one.
    """
    sentence = _("%(title)s %(points)s dari %(maximum)s")
    words = [
        sentence % {"title": row["title"], "points": points(row["points"]), "maximum": number(row["maximum"])}
        for row in rows
    ]
    drawn = format_html_join("", "{}", ((bar(row["points"], maximum=row["maximum"]),) for row in rows))
    return format_html('<span class="so-pita so-mini" role="img" aria-label="{}">{}</span>', "; ".join(words), drawn)


@register.simple_tag
def level_card(
    *,
    name: str,
    value: int | str,
    number: int,
    word: str,
    text: str,
    points: str = "",
    checked: bool = False,
    tag: str = "",
) -> SafeString:
    """One level of an indicator: the radio is the frame; number, short word, what one sees.

    Stands in `<div class="so-levels">` inside a fieldset. `points` is its worth in words, `tag` a word at the side
    ("usulan petugas"). Written here and not in a template, and drawn once per process: a score sheet has a hundred.
    """
    return piece(
        LEVEL_CARD,
        name=name,
        value=value,
        checked=SafeString(" checked") if checked else "",
        number=number,
        sign=icon("centang"),
        chosen=_("Dipilih"),
        word=word,
        points=piece(' <span class="so-mute">{}</span>', points) if points else "",
        tag=piece(' <span class="p">{}</span>', tag) if tag else "",
        text=text,
    )


@register.simple_block_tag
def fold(content: str, *, title: str, open: bool = False, id: str = "") -> SafeString:
    return render_to_string("ui/fold.html", {"content": content, "title": title, "open": open, "id": id})


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context,
    content: str,
    *,
    title: str,
    button: str,
    action: str = "",
    icon: str = "",
    danger: bool = False,
    lead: bool = False,
    open: bool = False,
) -> SafeString:
    return render_to_string(
        "ui/confirm.html",
        {
            "content": content,
            "title": title,
            "button": button,
            "action": action,
            "icon": icon,
            "tone": "danger" if danger else "primary",
            "lead": lead,
            "open": open,
        },
        request=context["request"],
    )


@register.simple_block_tag
def action_bar(content: str) -> SafeString:
    return format_html('<div class="so-act">{}</div>', content)
