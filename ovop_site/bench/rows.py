"""The rows of a catalogue of a given scale, table after table, from a fixed seed.

Each method yields the rows of one table in the order of its `…_COLUMNS`; later tables refer to what earlier ones made.
Values are what COPY takes: texts, numbers, None.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from ovop_site.bench import words
from ovop_site.bench.country import SEED, Kabupaten, Scale, falling, shared_out

Row = tuple[Any, ...]

HEAD = ("id", "revision", "created_by_id", "created_at", "changed_at")
PLACE = ("latitude", "longitude", "accuracy", "position_source", "position_at")
SENTRA_COLUMNS = (
    *HEAD, "name", "wilayah_id", "branch_id", "commodity", "kbli", "kbli_edition", "founded", "state", "checked_on",
    "story", *PLACE,
)  # fmt: skip
IKM_COLUMNS = (
    *HEAD, "name", "sentra_id", "is_anchor", "legal_form", "state", "nib", "branch_id", "kbli", "kbli_edition",
    "address", "wilayah_id", "size_class", *PLACE,
)  # fmt: skip
CONTACT_COLUMNS = ("ikm_id", "owner", "phone", "email")
PRODUCT_COLUMNS = (
    *HEAD, "name", "ikm_id", "sentra_id", "scope_id", "wilayah_id", "description", "story", "materials", "local_share",
    "price", "price_unit",
)  # fmt: skip
CERTIFICATE_COLUMNS = (*HEAD, "wilayah_id", "sentra_id", "ikm_id", "product_id", "kind", "number", "issued", "expires")
FILE_COLUMNS = (
    "id", "name", "content_type", "size", "sha256", "state", "original", "preview", "thumbnail", "width", "height",
    "uploaded_by_id", "received_at",
)  # fmt: skip
PHOTO_COLUMNS = (*HEAD, "sentra_id", "ikm_id", "product_id", "file_id", "caption")
FIGURES_COLUMNS = (
    *HEAD, "ikm_id", "year", "workers_men", "workers_women", "volume", "volume_unit", "production_value",
    "material_value", "investment", "wilayah_id", "branch_id", "scope_id", "member_of_id",
)  # fmt: skip

DAYS_BACK = 700
MEMBER_SHARE = 0.45
YEARS = 3
FIRM_PAPERS = ("halal", "merek", "sni", "haccp_iso")
PRODUCT_PAPERS = ("p_irt", "halal", "bpom_md", "uji_lab")


class Moment(NamedTuple):
    """When something was entered: milliseconds for its id, text for the column."""

    milliseconds: int
    text: str


class Maker(NamedTuple):
    """What later tables need to know of a sentra or an IKM; of the latter also its sentra, workers and investment."""

    key: str
    name: str
    village: str
    officer: int
    commodity: words.Commodity
    sentra: str | None = None
    workers: int = 0
    investment: int = 0


class Made(NamedTuple):
    """A product, its place and who entered it."""

    key: str
    village: str
    officer: int


@dataclass
class Catalogue:
    """`officers` are the keys of the users who enter what lies in a kabupaten, by its code.

    `size_class` tells the class of a firm from its workers and its investment.
    """

    scale: Scale
    places: Sequence[Kabupaten]
    officers: Mapping[str, int]
    size_class: Callable[[int, int], str]
    today: date
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))
    members: dict[str, list[tuple[Maker, int]]] = field(default_factory=lambda: defaultdict(list))
    firms: list[Maker] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    with_product: set[str] = field(default_factory=set)
    files: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.counts = shared_out(self.scale.ikm, (place.weight for place in self.places))
        midnight = datetime(self.today.year, self.today.month, self.today.day, tzinfo=UTC)
        minutes = (self.rng.randrange(DAYS_BACK * 1440) for _ in range(5000))
        moments = (midnight - timedelta(minutes=passed) for passed in minutes)
        self.moments = [Moment(int(at.timestamp() * 1000), at.isoformat()) for at in moments]

    def sentra(self) -> Iterator[Row]:
        """The largest sentra lies in the largest kabupaten; elsewhere a few are large and most are small."""
        largest = self.counts.index(max(self.counts))
        sentra_counts = shared_out(self.scale.sentra, (place.weight for place in self.places))
        for place, firm_count, count in zip(self.places, self.counts, sentra_counts, strict=True):
            if not count:
                continue
            sizes = shared_out(int(firm_count * MEMBER_SHARE), falling(count))
            if place is self.places[largest]:
                sizes[0] = max(sizes[0], self.scale.largest_sentra)
            for size in sizes:
                yield self._sentra(place, size)

    def ikm(self) -> Iterator[Row]:
        """The members of each sentra in its kecamatan, most of them in its village; the others anywhere."""
        for place, count in zip(self.places, self.counts, strict=True):
            for sentra, size in self.members[place.code]:
                near = [village for village in place.villages if village[:8] == sentra.village[:8]]
                for number in range(min(size, count)):
                    village = sentra.village if self.rng.random() < 0.7 else self.rng.choice(near)
                    yield self._ikm(village, sentra.officer, sentra.commodity, sentra.key, is_anchor=number == 0)
                count -= min(size, count)
            for commodity in self._commodities(count):
                yield self._ikm(self._village(place), self.officers[place.code], commodity, None, is_anchor=False)

    def contacts(self) -> Iterator[Row]:
        rng = self.rng
        for number, firm in enumerate(self.firms):
            if number % 10:
                yield firm.key, words.person(rng), f"08{number * 7919 % 10**9 + 10**9}", ""

    def products(self) -> Iterator[Row]:
        """Of every fifth IKM one; a few are of a whole sentra."""
        for firm in self.firms[:: max(len(self.firms) // self.scale.products, 1)][: self.scale.products]:
            key, head = self._head(firm.officer)
            self.made.append(Made(key, firm.village, firm.officer))
            self.with_product.add(firm.key)
            name = words.product(self.rng, firm.commodity, firm.name)
            story = f"{firm.commodity.words} dibuat turun-temurun dari bahan setempat."
            price = self.rng.randint(5, 400) * 500
            sentra = firm.sentra if self.rng.random() < 0.5 else None
            share = self.rng.randint(10, 100)
            yield (
                *head, name, firm.key, sentra, firm.commodity.scope, firm.village, f"{name}, dibuat sendiri.", story,
                "bahan setempat", share, price, "bungkus 250 g",
            )  # fmt: skip

    def certificates(self) -> Iterator[Row]:
        """Half of them of products, the others of firms; SK of a third of the sentra. Some have lapsed."""
        for sentra in [sentra for inside in self.members.values() for sentra, _size in inside][::3]:
            yield self._paper(sentra, (sentra.key, None, None), "sk_sentra", expires=False)
        half = self.scale.certificates // 2
        for product in self.rng.sample(self.made, min(half, len(self.made))):
            yield self._paper(product, (None, None, product.key), self.rng.choice(PRODUCT_PAPERS))
        for firm in self.rng.sample(self.firms, min(half, len(self.firms))):
            yield self._paper(firm, (None, firm.key, None), self.rng.choice(FIRM_PAPERS))

    def stored_files(self) -> Iterator[Row]:
        """Rows alone: no bench opens a picture, pages only name them."""
        for product in self.rng.sample(self.made, min(self.scale.photos, len(self.made))):
            moment = self.rng.choice(self.moments)
            key = self._key(moment)
            self.files.append((key, product.officer))
            sha = f"{self.rng.getrandbits(256):064x}"
            yield (
                key, "foto.jpg", "image/jpeg", 250_000, sha, "received", f"bench/{key}", f"bench/{key}p",
                f"bench/{key}t", 1200, 900, product.officer, moment.text,
            )  # fmt: skip

    def photos(self) -> Iterator[Row]:
        for product, (file, officer) in zip(self.rng.sample(self.made, len(self.files)), self.files, strict=True):
            yield (*self._head(officer)[1], None, None, product.key, file, "Proses pembuatan di rumah produksi")

    def figures(self) -> Iterator[Row]:
        """Three years of every IKM, as its officer found them."""
        rng, last = self.rng, self.today.year - 1
        for firm in self.firms:
            men, value = rng.randint(0, firm.workers), firm.investment * rng.randint(1, 5)
            scope = firm.commodity.scope if firm.key in self.with_product else None
            for year in range(last - YEARS + 1, last + 1):
                value = value * rng.randint(92, 115) // 100
                yield (
                    *self._head(firm.officer)[1], firm.key, year, men, firm.workers - men, value // 25_000 + 1, "kg",
                    value, value * 6 // 10, firm.investment, firm.village, firm.commodity.branch, scope, firm.sentra,
                )  # fmt: skip

    def _sentra(self, place: Kabupaten, size: int) -> Row:
        rng = self.rng
        commodity = self._commodities(1)[0]
        village, officer = self._village(place), self.officers[place.code]
        key, head = self._head(officer)
        name = f"Sentra {commodity.words.lower()} {words.fortune(rng)}"
        self.members[place.code].append((Maker(key, name, village, officer, commodity), size))
        state = rng.choices(("aktif", "lemah", "tutup", "belum_diperiksa"), (60, 15, 5, 20))[0]
        checked = None if state == "belum_diperiksa" else self.today - timedelta(days=rng.randint(1, 600))
        story = f"{commodity.words} sudah lama dikerjakan di sini; bahan didapat dari petani setempat."
        return (
            *head, name, village, commodity.branch, commodity.words, commodity.kbli, "2020", rng.randint(1950, 2022),
            state, checked, story, *self._position(),
        )  # fmt: skip

    def _ikm(
        self, village: str, officer: int, commodity: words.Commodity, sentra: str | None, *, is_anchor: bool
    ) -> Row:
        rng, number = self.rng, len(self.firms)
        key, head = self._head(officer)
        legal_form = rng.choices(words.LEGAL_FORMS, words.LEGAL_WEIGHTS)[0]
        name = words.firm(rng, commodity, legal_form)
        workers, investment = self._size()
        self.firms.append(Maker(key, name, village, officer, commodity, sentra, workers, investment))
        nib = f"9120{(number + 1) * 7919 % 999_999_937:09d}" if number % 10 < 7 else ""
        state = "tutup" if rng.random() < 0.04 else "aktif"
        return (
            *head, name, sentra, is_anchor, legal_form, state, nib, commodity.branch, commodity.kbli, "2020",
            words.address(rng), village, self.size_class(workers, investment), *self._position(),
        )  # fmt: skip

    def _paper(self, about: Maker | Made, subject: Row, kind: str, *, expires: bool = True) -> Row:
        issued = self.today - timedelta(days=self.rng.randint(20, 1700))
        lapses = issued + timedelta(days=1826) if expires else None
        number = f"{kind.upper()}-{self.rng.getrandbits(40):010X}"
        return (*self._head(about.officer)[1], about.village, *subject, kind, number, issued, lapses)

    def _head(self, officer: int) -> tuple[str, Row]:
        """The key of a new record, and the columns it begins with."""
        moment = self.rng.choice(self.moments)
        key = self._key(moment)
        return key, (key, 1, officer, moment.text, moment.text)

    def _key(self, moment: Moment) -> str:
        """A UUID of version 7 as text."""
        low = 1 << 63 | self.rng.getrandbits(62)
        return f"{moment.milliseconds:012x}7{self.rng.getrandbits(12):03x}{low:016x}"

    def _position(self) -> Row:
        rng = self.rng
        if rng.random() < 0.4:
            return None, None, None, "", None
        return f"{rng.uniform(-10, 5):.6f}", f"{rng.uniform(95, 141):.6f}", rng.randint(3, 60), "gps", None

    def _size(self) -> tuple[int, int]:
        """Workers and rupiah invested: nearly all are small, a few medium."""
        if self.rng.random() < 0.02:
            return self.rng.randint(20, 90), self.rng.randint(1_000, 14_000) * 1_000_000
        return self.rng.randint(1, 15), self.rng.randint(2, 400) * 1_000_000

    def _village(self, place: Kabupaten) -> str:
        """Villages at the beginning of the list have more firms than those at its end."""
        return place.villages[int(len(place.villages) * self.rng.random() ** 1.5)]

    def _commodities(self, count: int) -> list[words.Commodity]:
        return self.rng.choices(words.COMMODITIES, words.POPULARITY, k=count)
