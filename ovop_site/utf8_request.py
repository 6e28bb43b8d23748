"""The request as the web server hands it to Django."""

from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.utils.http import parse_header_parameters


class Utf8Request(WSGIRequest):
    """Address and form are UTF-8, whatever charset the sender claims.

    Python's list of charsets holds some that are none ("hex") or that write letters no database stores
    ("unicode_escape"); Django looks the name up before any middleware could refuse it.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
