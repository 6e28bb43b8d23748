"""WSGI entry point: `gunicorn ovop_site.wsgi`."""

import os
import sys
from contextlib import suppress

from django.core.management.base import CommandError
from django.core.wsgi import get_wsgi_application
from django.db import InterfaceError, OperationalError, connection

from ovop_site.utf8_request import Utf8Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ovop_site.settings")
application = get_wsgi_application()
application.request_class = Utf8Request

from ovop_site.set_up import refuse_demo_data  # noqa: E402  (needs the application)

# With this code gunicorn ends instead of trying again.
NEVER_LOADS = 4

try:
    # Where the database is away, RefuseDemoDataMiddleware asks once it is there.
    with suppress(OperationalError, InterfaceError):
        refuse_demo_data()
except CommandError as refusal:
    sys.stderr.write(f"{refusal}\n")
    sys.exit(NEVER_LOADS)
finally:
    connection.close()
