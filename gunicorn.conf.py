"""How the pages are served; read by every `gunicorn ovop_site.wsgi` that is started in this folder.

Threads, because two synchronous workers would let two slow uploads block everybody; no preload, so that each worker
has its own pool of database connections.
"""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

from ovop_site import env, log
from ovop_site.loopback import refuse_demo_beyond_loopback

host = env.text("OVOP_HOST") or "127.0.0.1"
port = env.number("PORT", 8000, least=1, most=65535)
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
worker_class = "gthread"
workers = 2
threads = env.number("OVOP_THREADS", 8, least=1)
os.environ["OVOP_THREADS"] = str(threads)
timeout = 120
graceful_timeout = 10
control_socket_disable = True
loglevel = "warning"
if env.flag("OVOP_LOG_JSON", not env.flag("OVOP_DEMO")):
    logconfig_dict = log.configuration(as_json=True)


def on_starting(server):
    try:
        refuse_demo_beyond_loopback(host for host, *_ in server.cfg.address)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
