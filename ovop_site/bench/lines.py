"""What is asked in a bench: one line of the table per page, person and kind of question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from django.urls import reverse

from ovop_site.bench.browser import HTML, JSON
from ovop_site.bench.cast import DRAFTER, LEADER, OFFICER, VERIFIER, Cast

LIST, SEARCH, DETAIL, OTHER, SAVE = "daftar", "cari", "rincian", "lain", "simpan"
SCORE_SAVE = "Simpan satu kriteria lembar nilai"
# A page far from the first; beyond it one goes on by a cursor.
DEEP = 150


@dataclass(frozen=True)
class Line:
    """`paths` are asked in turn. `kind` says which budget holds."""

    name: str
    who: str
    paths: Sequence[str]
    kind: str = OTHER
    accept: str = HTML


def lines_of(cast: Cast) -> list[Line]:
    """Every page that is only read."""
    return [*_lists(cast), *_searches(cast), *_records(cast), *_others(cast)]


def _lists(cast: Cast) -> list[Line]:
    ikm = reverse("ikm:list")
    narrow = {"wilayah": cast.kabupaten, "cabang": "pangan", "nib": "tanpa", "keadaan": "aktif"}
    wide = {"cabang": "kerajinan", "ukuran": "kecil", "posisi": "ada"}
    return [
        *(Line("Daftar IKM", who, [ikm], LIST) for who in (OFFICER, VERIFIER, LEADER)),
        Line("Daftar IKM, 4 saringan", OFFICER, [_with(ikm, **narrow)], LIST),
        Line("Daftar IKM, 3 saringan luas", LEADER, [_with(ikm, **wide)], LIST),
        Line("Daftar IKM, terakhir diubah", VERIFIER, [_with(ikm, urut="-diubah")], LIST),
        Line("Daftar IKM, terakhir diubah", LEADER, [_with(ikm, urut="-diubah")], LIST),
        Line("Daftar IKM, halaman 150", LEADER, [_with(ikm, page=DEEP)], LIST),
        Line("Daftar IKM, halaman 151 dst.", LEADER, [_next(cast, _with(ikm, page=DEEP))], LIST),
        Line("Daftar sentra", VERIFIER, [reverse("sentra:list")], LIST),
        Line("Daftar sentra", LEADER, [reverse("sentra:list")], LIST),
        Line("Daftar produk", LEADER, [reverse("product:list")], LIST),
        Line("Daftar sertifikat", LEADER, [reverse("certificate:list")], LIST),
        Line("Daftar penilaian", VERIFIER, [reverse("assessment:list")], LIST),
    ]


def _searches(cast: Cast) -> list[Line]:
    ikm, sentra = reverse("ikm:list"), reverse("sentra:list")
    exact = ("sri wahyuni", "keripik pisang", "batik tulis lestari", "gula aren siregar")
    misspelt = ("kripik pisng wahyni", "batk tulis lestri", "gla aren sirgar", "anyamn bambu")
    frequent = ("jaya", "usaha", "bu", "makmur jaya")
    return [
        *(Line("Cari nama IKM", who, _searched(ikm, exact), SEARCH) for who in (OFFICER, VERIFIER, LEADER)),
        *(Line("Cari nama IKM, salah ketik", who, _searched(ikm, misspelt), SEARCH) for who in (OFFICER, LEADER)),
        *(Line("Cari nama IKM, kata sering", who, _searched(ikm, frequent), SEARCH) for who in (OFFICER, LEADER)),
        Line("Cari sentra", LEADER, _searched(sentra, exact), SEARCH),
        *(Line("Cari di semua daftar", who, _searched(reverse("search"), exact), SEARCH) for who in (OFFICER, LEADER)),
        Line("Cari NIB", LEADER, _searched(ikm, ["9120000007919"]), SEARCH),
    ]


def _records(cast: Cast) -> list[Line]:
    largest = "Rincian sentra terbesar"
    return [
        *(Line("Rincian IKM", who, _each("ikm:detail", cast.ikm_with_products()), DETAIL) for who in (OFFICER, LEADER)),
        Line("Rincian produk", OFFICER, _each("product:detail", cast.products()), DETAIL),
        Line("Rincian sentra", OFFICER, _each("sentra:detail", cast.sentra()), DETAIL),
        Line("Riwayat IKM", VERIFIER, _each("ikm:history", cast.moved_ikm()), DETAIL),
        Line(largest, LEADER, _each("sentra:detail", cast.largest_sentra()), DETAIL),
    ]


def _others(cast: Cast) -> list[Line]:
    draft = cast.drafts[0]
    area = reverse("wilayah:search")
    return [
        *(Line("Beranda", who, ["/"]) for who in (OFFICER, VERIFIER, LEADER)),
        Line(
            "Wilayah saat mengetik",
            OFFICER,
            _searched(area, ("salem", "kab bre", "sukamaju", "bentarsri")),
            accept=JSON,
        ),
        Line("Ubah IKM (formulir)", OFFICER, _each("ikm:edit", cast.ikm_with_products())),
        Line("Lembar nilai", DRAFTER, _each("assessment:sheet", [draft.pk])),
    ]


def _next(cast: Cast, path: str) -> str:
    """The address "Berikutnya" leads to from the page at `path`; that page itself where it is the last."""
    page = cast.client(cast.users[LEADER]).get(path).content.decode()
    found = re.search(r'rel="next" href="([^"]+)"', page)
    return path.split("?")[0] + unescape(found[1]) if found else path


def _with(path: str, **query: str | int) -> str:
    return f"{path}?{urlencode(query)}"


def _searched(path: str, texts: Sequence[str]) -> list[str]:
    return [_with(path, q=text) for text in texts]


def _each(name: str, keys: Sequence) -> list[str]:
    return [reverse(name, args=[key]) for key in keys]
