"""The demo has accounts with a known password, so it is for this computer alone."""

import ipaddress
from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured

from ovop_site import env


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address, IPv6 with or without brackets) is this computer only."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def refuse_demo_beyond_loopback(hosts: Iterable[str]) -> None:
    """Raises ImproperlyConfigured if this is the demo and one of `hosts` can be reached from elsewhere.

    ALLOWED_HOSTS counts too: behind a proxy on this computer every request would seem to come from here.
    """
    foreign = sorted({host for host in (*hosts, *env.words("ALLOWED_HOSTS")) if not is_loopback(host)})
    if env.flag("OVOP_DEMO") and foreign:
        raise ImproperlyConfigured(
            f"Contoh (OVOP_DEMO=1) hanya boleh dibuka dari komputer ini, bukan di {', '.join(foreign)}: kata sandinya"
            " diketahui semua orang. Hapus OVOP_HOST dan ALLOWED_HOSTS, atau jalankan dengan OVOP_DEMO=0 dan SECRET_KEY"
            " sendiri."
        )
