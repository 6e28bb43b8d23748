import os
import subprocess
import sys
from io import BytesIO

import pytest
from django.conf import settings
from django.test import RequestFactory

from ovop_site.utf8_request import Utf8Request


@pytest.mark.parametrize("charset", ["hex", "unicode_escape", "utf-16", "undefined", "latin-1"])
def test_a_charset_the_sender_claims_is_not_used(charset):
    """With "hex" no page could be made at all, with "unicode_escape" a search ended in a letter that cannot be sent."""
    environ = RequestFactory().get("/sentra/?q=%5Cud800+%C3%A9").environ
    request = Utf8Request(environ | {"CONTENT_TYPE": f"text/plain; charset={charset}"})

    assert (request.GET["q"], request.content_type) == ("\\ud800 é", "text/plain")


def test_a_form_is_read_as_utf_8():
    body = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nKopi \xc3\xa9\r\n--x--\r\n'
    environ = RequestFactory().post("/sentra/baru/").environ | {
        "CONTENT_TYPE": "multipart/form-data; boundary=x; charset=utf-16",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }

    assert Utf8Request(environ).POST["name"] == "Kopi é"


def test_the_server_makes_such_requests():
    """In a process of its own: the entry point closes the connection to the database."""
    shown = subprocess.run(
        [sys.executable, "-c", "from ovop_site.wsgi import application; print(application.request_class.__name__)"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": "postgres:///tidak_ada?host=/tidak/ada", "OVOP_DEMO": "1"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert shown.stdout == "Utf8Request\n"
