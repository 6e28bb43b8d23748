"""The PostgreSQL extensions the database must have, and what to do where our role may not create them."""

from typing import Any

from django.contrib.postgres.operations import CreateExtension
from django.core.management import CommandError
from django.db import DatabaseError

NEEDED = ("pg_trgm", "unaccent", "btree_gist")


class RequiredExtension(CreateExtension):
    """`CREATE EXTENSION`, with the way out in the message where PostgreSQL refuses.

    An extension that is already there is left alone, so an administrator may create all of them beforehand.
    """

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        except DatabaseError as error:
            settings = schema_editor.connection.settings_dict
            statements = " ".join(f"CREATE EXTENSION IF NOT EXISTS {name};" for name in NEEDED)
            raise CommandError(
                f"Ekstensi PostgreSQL {self.name} belum ada dan peran {settings['USER'] or 'ini'} tidak dapat"
                f" memasangnya ({str(error).strip().splitlines()[0]}). Minta pengelola PostgreSQL menjalankan di basis"
                f" data {settings['NAME']}: {statements} Lalu ulangi migrate. Paket yang berisi ekstensi itu biasanya"
                " bernama postgresql-contrib."
            ) from error
