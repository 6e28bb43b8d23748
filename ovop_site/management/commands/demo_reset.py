from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg import sql

from files.intake import delete_bytes
from files.models import StoredFile
from ovop_site import set_up
from ovop_site.run_file import running_address


class Command(BaseCommand):
    """Drop the demo database with its uploads and make an empty one, which `make run` fills again.

    Refused for a database without the mark of a demo, and while `make run` serves it. Of the uploads only those go
    that the database names, since their folder may be shared.
    """

    help = "Menghapus basis data contoh; basis data lain ditolak."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        name = connection.settings_dict["NAME"]
        if not set_up.is_demo():
            raise CommandError(f"Basis data {name} tidak bertanda contoh, jadi tidak dihapus.")
        if address := running_address(Path(settings.OVOP_DATA)):
            raise CommandError(f"Sentra OVOP sedang berjalan di {address}. Hentikan dulu (Ctrl-C di jendelanya).")
        uploads = list(StoredFile.objects.all())
        recreate_database(name)
        for upload in uploads:
            delete_bytes(upload)
        self.stdout.write(f"Basis data contoh {name} sudah dikosongkan. `make run` mengisinya lagi.")


def recreate_database(name: str) -> None:
    """Drop `name` with whoever is connected to it, and make it anew, both from the database "postgres"."""
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    connection.close()
    try:
        with psycopg.connect(**parameters, autocommit=True) as maintenance:
            for statement in ("DROP DATABASE {} WITH (FORCE)", "CREATE DATABASE {}"):
                maintenance.execute(sql.SQL(statement).format(sql.Identifier(name)))
    except psycopg.Error as error:
        raise CommandError(f"Basis data {name} tidak dapat dibuat ulang: {error}") from error
