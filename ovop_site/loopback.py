"""The demo has accounts with a known password, so it is for this computer alone."""

import ipaddress
import sys
from collections.abc import Iterable

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
    """End the process with a sentence if this is the demo and one of `hosts` can be reached from elsewhere."""
    foreign = sorted({host for host in hosts if not is_loopback(host)})
    if env.flag("OVOP_DEMO") and foreign:
        sys.exit(
            f"Contoh (OVOP_DEMO=1) hanya boleh dibuka dari komputer ini, bukan di {', '.join(foreign)}: kata sandinya"
            " diketahui semua orang. Hapus OVOP_HOST, atau jalankan tanpa OVOP_DEMO dengan SECRET_KEY sendiri."
        )
