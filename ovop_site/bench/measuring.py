"""Times of answers through gunicorn: one after the other in several rounds, then from eight browsers at once."""

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from ovop_site.bench.browser import Answer, Browser
from ovop_site.bench.lines import Line

ROUNDS = 5
ASKED = 16
CLIENTS = 8
RATE_SECONDS = 1.5


@dataclass
class Times:
    """What was measured of one line: seconds of single answers, and answers per second."""

    seconds: list[float] = field(default_factory=list)
    rate: float = 0
    bytes: int = 0

    @property
    def p50(self) -> float:
        return median(self.seconds)

    @property
    def p95(self) -> float:
        return sorted(self.seconds)[math.ceil(len(self.seconds) * 0.95) - 1]


class WrongAnswer(Exception):
    """A page answered other than it should, so that its time says nothing."""


def times_of(lines: Sequence[Line], browsers: dict[str, Callable[[], Browser]], rounds: int = ROUNDS) -> list[Times]:
    """The times of each line. Rounds go over all lines in turn, so that a slow moment does not fall on one alone."""
    found = [Times() for _line in lines]
    singles = {who: make() for who, make in browsers.items()}
    for number in range(rounds + 1):
        for line, times in zip(lines, found, strict=True):
            answers = [_asked(singles[line.who], line, place) for place in range(max(ASKED, len(line.paths)))]
            # The first round warms up caches, as the first visitor of the day does.
            if number:
                times.seconds += [answer.seconds for answer in answers]
                times.bytes = int(median(len(answer.body) for answer in answers))
    for line, times in zip(lines, found, strict=True):
        times.rate = rate_of([_asker(browsers[line.who](), line) for _client in range(CLIENTS)])
    return found


def rate_of(askers: Sequence[Callable[[int], object]], seconds: float = RATE_SECONDS) -> float:
    """How often per second all `askers` together get through, each called with 0, 1, 2 … in a thread of its own."""
    done = [0] * len(askers)
    failures: list[Exception] = []
    until = time.monotonic() + seconds

    def work(number: int) -> None:
        try:
            while time.monotonic() < until:
                askers[number](done[number])
                done[number] += 1
        except Exception as error:  # noqa: BLE001 - told by the caller's thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(askers))]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sum(done) / (time.monotonic() - began)


def _asker(browser: Browser, line: Line) -> Callable[[int], Answer]:
    return lambda number: _asked(browser, line, number)


def _asked(browser: Browser, line: Line, number: int) -> Answer:
    path = line.paths[number % len(line.paths)]
    answer = browser.get(path, line.accept)
    if answer.status != 200:
        raise WrongAnswer(f"{path}: {answer.status} {answer.location}")
    return answer
