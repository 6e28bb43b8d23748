"""UUID version 7 (RFC 9562): the ids of everything that can be born on a phone without signal."""

import secrets
import time
from uuid import UUID


def uuid7() -> UUID:
    """A new id: 48 bits of the clock in milliseconds, 74 random bits.

    The clock part only keeps index pages close together. Never sort by it: the clocks of phones lie.
    """
    milliseconds = time.time_ns() // 1_000_000
    high = (milliseconds & (2**48 - 1)) << 16 | 0x7000 | secrets.randbits(12)
    low = 0b10 << 62 | secrets.randbits(62)
    return UUID(int=high << 64 | low)
