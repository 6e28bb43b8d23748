import unicodedata

import pytest

from outbox.text import one_line, visible


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Sale Pisang", "Sale Pisang"),
        ("  Sale\u00a0Pisang\u200b ", "Sale\u00a0Pisang"),
        ("\u202egnasiP elaS", "gnasiP elaS"),
        ("a\x07b\x1b[0m", "ab[0m"),
        ("baris satu\r\nbaris dua\rbaris tiga", "baris satu\nbaris dua\nbaris tiga"),
        (unicodedata.normalize("NFD", "Séla"), "Séla"),
        ("عربي 日本 🍌", "عربي 日本 🍌"),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("\u200b\u2060\ufeff", ""),
        ("\u200d", ""),
        ("\u3164", ""),
        ("\u2800\u2800", ""),
        ("\ufe0f", ""),
        ("Sale\u2800Pisang", "SalePisang"),
        ("☀\ufe0f", "☀\ufe0f"),
        ("", ""),
    ],
)
def test_only_what_can_be_seen_is_kept(typed, kept):
    assert visible(typed) == kept


def test_a_line_is_one_line():
    assert one_line(" Sale\n\tPisang\u00a0 Salem ") == "Sale Pisang Salem"
