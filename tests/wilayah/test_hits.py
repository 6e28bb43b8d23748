"""What people read about the areas found."""

import pytest

from tests.wilayah_factory import make_wilayah_tree
from wilayah import hits
from wilayah.search import search

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tree(db):
    return make_wilayah_tree()


def test_a_hit_has_its_name_the_two_above_and_marks():
    assert hits.of(search("bent, salem"), "bent, salem")[0] == hits.Hit(
        code="33.29.01.2002",
        label="Desa Bentar, Kec. Salem, Kab. Brebes",
        name="Desa Bentar",
        above="Kec. Salem, Kab. Brebes",
        name_pieces=[("Desa ", False), ("Bent", True), ("ar", False)],
        above_pieces=[("Kec. ", False), ("Salem", True), (", Kab. Brebes", False)],
    )


def test_a_province_has_nothing_above():
    (province,) = hits.of(search("33", limit=1), "33")

    assert [province.name, province.above, province.above_pieces] == ["Jawa Tengah", "", []]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "Ketik nama desa, kelurahan, kecamatan, atau kabupaten."),
        (" ", "Ketik nama desa, kelurahan, kecamatan, atau kabupaten."),
        ("b", "Ketik sedikitnya dua huruf."),
        ("%", "Ketik sedikitnya dua huruf."),
        ("bentarsari", "1 wilayah cocok."),
        ("tegal", "7 wilayah cocok."),
        ("jawa", "8 wilayah teratas. Ketik lebih lengkap, misalnya nama desa dan kecamatannya."),
        ("bentarsri", "Tidak ada nama yang persis sama. Ini yang mirip."),
        (
            "xyzxyz",
            "Tidak ada wilayah bernama “xyzxyz”. Periksa ejaannya, atau ketik nama kecamatannya saja.",
        ),
    ],
)
def test_message(text, expected):
    assert hits.message(search(text), text) == expected


def test_message_says_that_only_a_part_was_looked_at():
    found = search("sindangjawa", within=["33.29"])

    assert hits.message(found, "sindangjawa", is_limited=True) == (
        "Tidak ada wilayah bernama “sindangjawa” di tempat yang boleh dipilih. Periksa ejaannya."
    )
