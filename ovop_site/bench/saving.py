"""What is sent and not only read: a criterion of a score sheet, an IKM, a sign-in. Each call is one sending."""

import random
import re
from uuid import uuid4

from django.urls import reverse

from ovop_site.bench import measuring
from ovop_site.bench.browser import Answer, Browser, fields_of
from ovop_site.bench.build import PASSWORD
from ovop_site.bench.cast import OFFICER, Cast
from ovop_site.bench.lines import OTHER, SAVE, SCORE_SAVE, Line
from ovop_site.bench.measuring import Times, WrongAnswer

SENT = 40
SECTION = re.compile(r'data-section="([^"]+)"')
SIGN_IN_SECONDS = 4


class ScoreSaver:
    """Gives every indicator of the first criterion another level with each call, as a page does that stays open."""

    def __init__(self, browser: Browser, path: str) -> None:
        self.browser, self.path = browser, path
        page = browser.get(path).text
        self.fields = fields_of(page, "data-section", SECTION.search(page)[1])
        self.levels = [name for name in self.fields if name.endswith("-level")]

    def __call__(self, number: int) -> Answer:
        level = str(2 + number % 2)
        answer = self.browser.post(
            self.path, self.fields | {name: [level] for name in self.levels} | {"idempotency_key": [str(uuid4())]}
        )
        _expect(answer, 303)
        for name in self.levels:
            code = name.removesuffix("-level")
            if self.fields[name] != [level]:
                self.fields[f"{code}-revision"] = [str(int(self.fields[f"{code}-revision"][0]) + 1)]
            self.fields |= {name: [level], f"{code}-base_level": [level]}
        return answer


class IKMSaver:
    """Opens the form and sends another address; only the sending counts."""

    def __init__(self, browser: Browser, path: str) -> None:
        self.browser, self.path = browser, path

    def __call__(self, number: int) -> Answer:
        fields = fields_of(self.browser.get(self.path).text, "data-draft", "edit")
        answer = self.browser.post(self.path, fields | {"address": [f"Jl. Pasar {uuid4().hex[:6]}"]})
        _expect(answer, 303)
        return answer


class SignIn:
    """Somebody without a session, each time from another address; only the sending counts."""

    def __init__(self, port: int, usernames: list[str]) -> None:
        self.port, self.usernames = port, usernames

    def __call__(self, number: int) -> Answer:
        address = f"198.51.100.{random.randrange(256)}"
        browser = Browser(self.port, address=address)
        path = reverse("account_login")
        fields = fields_of(browser.get(path).text, "method", "post")
        fields |= {"login": [self.usernames[number % len(self.usernames)]], "password": [PASSWORD]}
        answer = browser.post(path, fields)
        browser.close()
        _expect(answer, 302)
        return answer


def saves_of(cast: Cast, port: int) -> list[tuple[Line, Times]]:
    """The lines of what is sent, with their times."""
    sheets = [
        ScoreSaver(Browser(port, cast.cookies(draft.officer)), reverse("assessment:sheet", args=[draft.pk]))
        for draft in cast.drafts
    ]
    firms = cast.ikm_with_products()[: measuring.CLIENTS]
    cookies = cast.cookies(cast.users[OFFICER])
    forms = [IKMSaver(Browser(port, dict(cookies)), reverse("ikm:edit", args=[key])) for key in firms]
    # Several attempts for one account at the same moment would look like somebody who guesses.
    doors = [SignIn(port, cast.others()[place :: measuring.CLIENTS]) for place in range(measuring.CLIENTS)]
    return [
        (Line(SCORE_SAVE, "8 petugas", [], SAVE), _sent(sheets)),
        (Line("Simpan IKM (buka, kirim)", OFFICER, [], OTHER), _sent(forms)),
        (Line("Masuk (kata sandi)", "siapa saja", [], OTHER), _sent(doors, SIGN_IN_SECONDS)),
    ]


def _sent(senders: list, seconds: float = measuring.RATE_SECONDS) -> Times:
    """One after the other by the first sender, then by all at once."""
    if not senders:
        return Times()
    answers = [senders[0](number) for number in range(SENT)]
    times = Times([answer.seconds for answer in answers], bytes=len(answers[-1].body))
    times.rate = measuring.rate_of([lambda number, send=send: send(number + SENT) for send in senders], seconds)
    return times


def _expect(answer: Answer, status: int) -> None:
    if answer.status != status:
        raise WrongAnswer(f"{answer.status} {answer.location} {answer.text[:300] if answer.status < 400 else ''}")
