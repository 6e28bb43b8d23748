"""Typed readers of environment variables that refuse nonsense with a sentence that names the repair."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The value of `name` without surrounding blanks, or `default` where it is unset."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """The value of `name` as a boolean; ImproperlyConfigured for anything but 1/0, true/false, yes/no, on/off."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    value = raw.strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={raw!r}: tulis 1 (ya) atau 0 (tidak).")


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """The value of `name` as a whole number from `least` to `most`."""
    raw = text(name)
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={raw!r}: tulis bilangan bulat, misalnya {default or least}.") from None
    if value < least:
        raise ImproperlyConfigured(f"{name}={value}: paling kecil {least}.")
    if most is not None and value > most:
        raise ImproperlyConfigured(f"{name}={value}: paling besar {most}.")
    return value


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """The comma-separated words of `name`; blanks around them and empty ones are dropped."""
    raw = text(name)
    return [word.strip() for word in raw.split(",") if word.strip()] if raw else list(default)


def database(url: str) -> dict:
    """Django's settings of the PostgreSQL at `url` (`postgres://user:password@host:port/name?sslmode=require`).

    A path as host (`postgres:///name?host=/run/postgresql`) means a Unix socket. Raises ImproperlyConfigured
    for another scheme or a missing name.
    """
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError:
        raise ImproperlyConfigured(
            "Alamat atau porta di DATABASE_URL tidak terbaca; contoh: postgres://pengguna:sandi@host:5432/ovop"
        ) from None
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL harus diawali postgres://, sebab hanya PostgreSQL yang dipakai.")
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured(
            "DATABASE_URL tidak menyebut nama basis data; contoh: postgres://pengguna:sandi@host:5432/ovop"
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": port,
        "OPTIONS": options,
    }


def mail(url: str) -> dict:
    """The mail server at `url`: host, port, user, password, use_ssl (TLS from the beginning), use_tls (STARTTLS).

    `smtp://user:password@host:587` speaks TLS by STARTTLS (`?tls=0` does not), `smtps://…:465` from the beginning.
    Raises ImproperlyConfigured for another scheme or a missing host.
    """
    example = "contoh: smtp://pengguna:sandi@surel.dinas.example:587"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"Alamat atau porta di EMAIL_URL tidak terbaca; {example}") from None
    if parts.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured(f"EMAIL_URL harus diawali smtp:// atau smtps://; {example}")
    if not parts.hostname:
        raise ImproperlyConfigured(f"EMAIL_URL tidak menyebut server surel; {example}")
    from_start = parts.scheme == "smtps"
    return {
        "host": parts.hostname,
        "port": port or (465 if from_start else 587),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": from_start,
        "use_tls": not from_start and dict(parse_qsl(parts.query)).get("tls") != "0",
    }
