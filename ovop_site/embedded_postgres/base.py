"""The Django database backend of the embedded server: PostgreSQL's own, plus who starts the server and where it is."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base, client

from ovop_site.embedded_postgres import lifetime, server
from ovop_site.embedded_postgres.cluster import Cluster, find_cluster
from ovop_site.embedded_postgres.errors import EmbeddedPostgresError


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell` with the psql of the package."""

    def runshell(self, parameters: list[str]) -> None:
        self.connection.ensure_server()
        type(self).executable_name = self.connection.cluster.program("psql")
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server of OVOP_DATA.

    Commands and tests start the server when they first connect. A web server (OVOP_THREADS is set) never does: its
    supervisor does, and while the server is away pages answer 503.
    """

    client_class = DatabaseClient

    def __init__(self, settings_dict: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(settings_dict, *args, **kwargs)
        place = server.connection_parameters(self.cluster)
        self.settings_dict["HOST"], self.settings_dict["PORT"] = place["host"], place["port"]
        self.settings_dict["USER"] = place["user"]

    @cached_property
    def cluster(self) -> Cluster:
        try:
            return find_cluster(settings.OVOP_DATA)
        except EmbeddedPostgresError as error:
            raise ImproperlyConfigured(str(error)) from error

    def get_connection_params(self) -> dict[str, Any]:
        """Where the server is; nothing is started by asking."""
        return super().get_connection_params() | {"requirepeer": self.cluster.owner.pw_name}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if not settings.THREADS:
            self.ensure_server()
        elif not server.accepts_connections(self.cluster.socket):
            # The pool would let each request wait for seconds before it says the same.
            raise self.Database.OperationalError("The embedded PostgreSQL is not running.")
        return super().get_new_connection(conn_params)

    def ensure_server(self) -> None:
        """Start the server unless it runs; this process counts among its users until it ends."""
        try:
            lifetime.ensure_running(settings.OVOP_DATA, database=settings.DATABASES["default"]["NAME"])
        except EmbeddedPostgresError as error:
            raise ImproperlyConfigured(str(error)) from error
