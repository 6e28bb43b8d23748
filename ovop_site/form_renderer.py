"""How the fields of forms are drawn: by Django's templates, except selections and plain inputs.

The filters of one list have some two hundred options, and each would cost two templates; a score sheet has a hundred
hidden fields and as many radios, and each would cost three.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

SELECT, OPTION = "django/forms/widgets/select.html", "django/forms/widgets/select_option.html"
# The templates that are nothing but Django's `input.html`.
INPUTS = {f"django/forms/widgets/{name}.html" for name in ("input", "hidden", "text", "number", "email", "url")}
# Those that are `input.html` too where the page writes the label itself.
CHOICES = {f"django/forms/widgets/{name}.html" for name in ("radio_option", "checkbox_option")}


class FieldRenderer(TemplatesSetting):
    """Draws a selection or an input as its template would, but for the blanks between options and around an input."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        if template_name == SELECT and _is_plain(context["widget"]):
            return _selection(context["widget"])
        if template_name in INPUTS or template_name in CHOICES and not context["widget"]["wrap_label"]:
            return _input(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    attributes = {"type": widget["type"], "name": widget["name"], "value": widget["value"]}
    if widget["value"] is None:
        del attributes["value"]
    drawn = f"<input{_attributes(attributes)}{_attributes(widget['attrs'])}>"
    return mark_safe(drawn)  # noqa: S308 - every part is escaped


def _is_plain(widget: Mapping[str, Any]) -> bool:
    """Whether no option wants a template of its own."""
    return all(
        option["template_name"] == OPTION for _name, options, _index in widget["optgroups"] for option in options
    )


def _selection(widget: Mapping[str, Any]) -> SafeString:
    groups = []
    for name, options, _index in widget["optgroups"]:
        drawn = "".join(map(_option, options))
        groups.append(f'<optgroup label="{conditional_escape(name)}">{drawn}</optgroup>' if name else drawn)
    opening = f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>'
    return mark_safe(f"{opening}{''.join(groups)}</select>")  # noqa: S308 - every part is escaped


def _option(option: Mapping[str, Any]) -> str:
    value = _escaped(str(option["value"]))
    return f'<option value="{value}"{_attributes(option["attrs"])}>{_escaped(str(option["label"]))}</option>\n'


def _attributes(attributes: Mapping[str, Any]) -> str:
    """True is a name alone, False nothing, as in Django's template."""
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(str(value))}"'
        for name, value in attributes.items()
        if value is not False
    )


def _escaped(text: str) -> str:
    """`conditional_escape`, which asks of a thousand attributes whether they are still to be translated."""
    return text if isinstance(text, SafeString) else escape(text)
