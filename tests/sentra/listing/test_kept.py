"""What was drawn once is kept, and not too much of it."""

from django.utils.safestring import SafeString

from sentra.listing.kept import Kept


def test_what_shows_the_same_is_drawn_once():
    kept, drawn = Kept(most=10), []

    def draw(words):
        return lambda: drawn.append(words) or SafeString(words)

    assert [kept.get(words, draw(words)) for words in ("aktif", "tutup", "aktif")] == ["aktif", "tutup", "aktif"]
    assert drawn == ["aktif", "tutup"]


def test_an_empty_piece_is_kept_too():
    kept = Kept(most=10)
    kept.get("a", lambda: SafeString(""))

    assert kept.get("a", lambda: SafeString("other")) == ""


def test_where_there_are_too_many_all_are_forgotten():
    kept = Kept(most=2)

    for words in ("a", "b", "c"):
        kept.get(words, lambda: SafeString(words))  # noqa: B023 - called at once

    assert len(kept) == 1
