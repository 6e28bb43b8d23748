"""Settings for tests: those of the site, with a server and a folder of their own, fast where speed costs no truth."""

import os

from tests import own_server

os.environ["OVOP_DEMO"] = "1"
os.environ["OVOP_DATA"] = str(own_server.claimed_folder())
os.environ.pop("OVOP_THREADS", None)

from ovop_site.management.commands.compile_translations import compile_source  # noqa: E402
from ovop_site.settings import *  # noqa: E402, F403
from ovop_site.settings import LOCALE_PATHS, MIDDLEWARE, STORAGES  # noqa: E402

# Django reads the catalogues while it starts, so they are compiled before.
for folder in LOCALE_PATHS:
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        compile_source(source)


# Requests of tests come from many addresses, those of the demo only from this computer.
MIDDLEWARE = [name for name in MIDDLEWARE if name != "ovop_site.middleware.DemoOnLoopbackMiddleware"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
