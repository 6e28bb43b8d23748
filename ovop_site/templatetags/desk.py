"""`{% load desk %}`: a line of the home page.

Written here and not in a template: the desk of a verifikator has forty, and this is what its page costs.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessment.models import Assessment
from ovop_site.templatetags.numbers import since
from ovop_site.templatetags.ui import icon

register = template.Library()

ROW = """<li class="so-goes"><a class="so-go" href="{address}">{sign}<span><strong>{product}</strong>\
<span class="so-mute">{maker}, {place}</span><span>{situation} {since}</span>{officer}</span>{onward}</a></li>"""


@register.simple_tag
def assessment_row(assessment: Assessment, *, names_officer: bool = False) -> SafeString:
    """What waits for whom and since when, as a line that leads there; `names_officer` where that is not the reader."""
    officer = _("Petugas: %(name)s") % {"name": assessment.officer} if names_officer else ""
    return format_html(
        ROW,
        address=assessment.get_absolute_url(),
        sign=icon("nilai", large=True),
        product=assessment.product.name,
        maker=assessment.product.ikm.name,
        place=assessment.wilayah.short_name,
        situation=assessment.situation,
        since=since(assessment.state_since),
        officer=format_html('<span class="so-mute">{}</span>', officer) if officer else "",
        onward=icon("kanan"),
    )
