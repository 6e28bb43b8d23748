"""One form for what is stored and for what is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wilayah import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salem, Brebes", ["salem", "brebes"]),
        ("Ma'u", ["mau"]),
        ("Regapu’u", ["regapuu"]),
        ("Séla", ["sela"]),
        ("Konda/Kondaga (Timur)", ["konda", "kondaga", "timur"]),
        ("2 x 11 Enam Lingkuang", ["2", "x", "11", "enam", "lingkuang"]),
        (" ,%_\\\0 ", []),
        ("a b c d e f g h i j", list("abcdefgh")),
    ],
)
def test_split(text, expected):
    assert words.split(text) == expected


@given(st.text())
def test_split_gives_at_most_eight_plain_words_whatever_is_typed(text):
    found = words.split(text)

    assert len(found) <= words.MOST_WORDS
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in found)


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("33.29", "Kabupaten Brebes", "brebes"),
        ("33.76", "Kota Tegal", "tegal"),
        ("31.71", "Kota Administrasi Jakarta Pusat", "jakarta pusat"),
        ("13.07", "Kabupaten Lima Puluh Kota", "lima puluh kota"),
        ("15.71.07", "Kota Baru", "kota baru"),
        ("31", "DKI Jakarta", "dki jakarta"),
    ],
)
def test_search_name(code, name, expected):
    assert words.search_name(code, name) == expected


def test_search_text_has_the_parents_the_nickname_and_the_name_in_one_word():
    province = words.search_text("33", "jawa tengah", "")
    village = words.search_text("33.29.03.2002", "bumi ayu", " bumiayu brebes" + province)

    assert province == " jawa tengah jateng"
    assert village == " bumi ayu bumiayu bumiayu brebes jawa tengah jateng"


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Desa Bentarsari", "bent", [("Desa ", False), ("Bent", True), ("arsari", False)]),
        ("Kec. Salem, Kab. Brebes", "salem, kab breb", None),
        ("Kec. Ma'u", "mau", [("Kec. ", False), ("Ma'u", True)]),
        ("Kec. Ma'u", "ma", [("Kec. ", False), ("Ma", True), ("'u", False)]),
        ("Desa Bentar", "salem", [("Desa Bentar", False)]),
        ("Desa Bentar", "ntar", [("Desa Bentar", False)]),
        ("", "salem", []),
    ],
)
def test_mark(text, typed, expected):
    pieces = words.mark(text, words.split(typed))

    assert "".join(piece for piece, _found in pieces) == text
    if expected is not None:
        assert pieces == expected


def test_mark_takes_the_longest_of_several_words():
    assert words.mark("Bentarsari", ["ben", "bentar"]) == [("Bentar", True), ("sari", False)]
