"""Ctrl-C, SIGTERM and a closed terminal as one exception, raised once and never inside a shielded block."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_shielded = False
_pending = False


class StopRequested(Exception):
    """Somebody asked this process to end."""


def listen() -> None:
    for number in SIGNALS:
        signal.signal(number, _on_signal)


@contextmanager
def shielded() -> Iterator[None]:
    """Put a stop off until the block is done, since half a start of a server cannot be undone."""
    global _shielded
    _shielded = True
    try:
        yield
    finally:
        _shielded = False
    if _pending:
        raise StopRequested


def _on_signal(number: int, frame: FrameType | None) -> None:
    """Stopping has an order that further signals must not upset, so they are ignored from here on."""
    global _pending
    _pending = True
    for again in SIGNALS:
        signal.signal(again, signal.SIG_IGN)
    if not _shielded:
        raise StopRequested
