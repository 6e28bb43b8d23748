"""The programs of PostgreSQL that fit the server of this installation, and how they reach it."""

import os
import shutil
import subprocess
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection
from psycopg import pq

from ovop_site.embedded_postgres import binaries

# Where Debian keeps each version; its `pg_dump` on the PATH asks which one is meant.
SYSTEM_PROGRAMS = Path("/usr/lib/postgresql")


def server_version() -> int:
    """The major version of the server: 18."""
    return connection.pg_version // 10_000


def program(name: str) -> str:
    """The path of `name` ("pg_dump") in the very version of the server, which alone reads and writes all it can.

    Raises CommandError with the name of the missing package.
    """
    version = server_version()
    if version == int(binaries.major_version()):
        # In the demo root's server runs from a copy, which root can use as well as the package.
        return str(binaries.packaged_binaries() / name)
    installed = SYSTEM_PROGRAMS / str(version) / "bin" / name
    for path in (str(installed), shutil.which(name)):
        if path and os.access(path, os.X_OK) and _version_of(path) == version:
            return path
    raise CommandError(
        f"Program {name} versi {version} tidak ditemukan; versinya harus sama dengan server basis datanya. Pasang paket"
        f" postgresql-client-{version}, lalu ulangi perintah ini."
    )


def connection_environment() -> dict[str, str]:
    """This process's environment with what lets a program of PostgreSQL reach our database, the password too.

    SECURITY: arguments of a process can be read by everybody on the machine, its environment cannot.
    """
    known = {option.keyword.decode(): option.envvar.decode() for option in pq.Conninfo.get_defaults() if option.envvar}
    parameters = {key: str(value) for key, value in connection.get_connection_params().items() if key in known}
    return os.environ | {known[key]: value for key, value in parameters.items()}


def complaint(words: bytes) -> str:
    """What a program wrote before it failed, in one line."""
    return " ".join(words.decode(errors="replace").strip().splitlines()[:3])


def _version_of(path: str) -> int | None:
    words = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout.split()
    number = next((word for word in words if word[:1].isdigit()), "")
    return int(number.split(".")[0]) if number else None
