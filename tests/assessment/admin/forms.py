"""Forms of the admin as a browser would send them: what the page shows, with changes."""

import re
from typing import Any

from django.http import HttpResponse
from django.utils.html import strip_tags


def sent(page: HttpResponse, **changes: Any) -> dict[str, Any]:
    """Every field of the form on `page`, changed where `changes` says; "-" in names is written "__"."""
    inlines = page.context["inline_admin_formsets"]
    forms = [page.context["adminform"].form]
    for inline in inlines:
        if inline.has_change_permission:
            forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, Any] = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif value is not None and value is not False:
                data[field.html_name] = value
    return data | {name.replace("__", "-"): value for name, value in changes.items()}


def errors(response: HttpResponse) -> dict[str, list[str]]:
    """Sentences by the name of their field, of the form and of its rows; "" for a whole table."""
    found = dict(response.context["adminform"].form.errors.items())
    for inline in response.context["inline_admin_formsets"]:
        if messages := list(inline.formset.non_form_errors()):
            found[""] = messages
        for form in inline.formset.forms:
            found |= {f"{form.prefix}-{name}": list(messages) for name, messages in form.errors.items()}
    return {name: list(messages) for name, messages in found.items()}


def words(response: HttpResponse) -> str:
    """What a page says, on one line."""
    return re.sub(r"\s+", " ", strip_tags(response.content.decode().replace("<", " <")))


def told(response: HttpResponse) -> list[str]:
    """The messages of the page a form led to."""
    return [str(message) for message in response.context["messages"]]
