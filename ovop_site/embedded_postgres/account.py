"""PostgreSQL refuses to run as root: the account that runs it instead."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from ovop_site.embedded_postgres.errors import EmbeddedPostgresError

ACCOUNT_NAME = "ovop-postgres"
# Where no account can be made (macOS, containers without useradd) one of these usually exists.
EXISTING_ACCOUNTS = (ACCOUNT_NAME, "postgres", "_postgres", "nobody")


def is_root() -> bool:
    return os.geteuid() == 0


def server_account(data: Path) -> pwd.struct_passwd:
    """The account that runs the server whose data folder is `data`.

    Root keeps the owner of data that is already there, else takes (and if need be makes) an account of its own;
    everybody else runs it himself. Raises EmbeddedPostgresError where the data belong to somebody else, and where
    root finds no account.
    """
    owner = owner_of(data)
    if is_root():
        return account_of(owner) if owner else unprivileged_account()
    if owner not in {None, os.geteuid()}:
        raise EmbeddedPostgresError(
            f"Data di {data} milik pengguna lain ({data.owner()}). Jalankan perintah ini sebagai pengguna yang"
            " membuatnya (dengan sudo bila dibuat oleh root), atau pakai folder data lain dengan OVOP_DATA."
        )
    return account_of(os.geteuid())


def owner_of(data: Path) -> int | None:
    """The number of the account that owns `data`; None where there are none."""
    return data.stat().st_uid if data.exists() else None


def account_of(uid: int) -> pwd.struct_passwd:
    """The account with the number `uid`; PostgreSQL itself refuses to run without one."""
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedPostgresError(
            f"Pengguna dengan nomor {uid} tidak punya nama di sistem ini, padahal PostgreSQL memerlukannya."
            " Tambahkan pengguna itu (useradd), atau isi DATABASE_URL dengan PostgreSQL lain."
        ) from None


def unprivileged_account() -> pwd.struct_passwd:
    """The first usable account for a server started by root, made where it can be made."""
    _make_account()
    for name in EXISTING_ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedPostgresError(
        f"PostgreSQL tidak boleh berjalan sebagai root, dan pengguna {ACCOUNT_NAME} tidak dapat dibuat."
        f" Buat pengguna itu (useradd --system {ACCOUNT_NAME}), atau jalankan perintah ini sebagai pengguna biasa."
    )


def _make_account() -> None:
    """Add the system account where it is missing and the system has `useradd`; failing is no error here."""
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd is None or ACCOUNT_NAME in {account.pw_name for account in pwd.getpwall()}:
        return
    shell = next((path for path in ("/usr/sbin/nologin", "/sbin/nologin") if Path(path).exists()), "/bin/false")
    subprocess.run(
        [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", shell]
        + [ACCOUNT_NAME],
        capture_output=True,
        check=False,
    )


def run_as(account: pwd.struct_passwd) -> dict[str, Any]:
    """The arguments of `subprocess.run` that make a child run as `account`; none where that is the caller.

    The environment is a small one of its own, so that PGDATA, PGPORT and the like of the caller change nothing.
    """
    clean: dict[str, Any] = {"env": {"PATH": os.defpath, "LC_ALL": "C"}, "stdin": subprocess.DEVNULL}
    if sys.platform == "darwin":
        clean["env"]["LC_ALL"] = "en_US.UTF-8"
    if account.pw_uid != os.geteuid():
        clean |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return clean


def can_enter(account: pwd.struct_passwd, folder: Path) -> bool:
    """Whether `account` gets into `folder`, so that nothing on the way to it has to be opened."""
    attempt = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)], capture_output=True, check=False, **run_as(account)
    )
    return attempt.returncode == 0
