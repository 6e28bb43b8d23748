import pytest

from sentra import paging
from sentra.models import Sentra
from sentra.paging import list_page
from tests.factories import make_branch, make_sentra


@pytest.fixture
def three_sentra(areas):
    return [make_sentra(name=name) for name in "ABC"]


def test_first_page_holds_the_rows(three_sentra):
    listing = list_page(Sentra.objects.by_name(), "1")

    assert (list(listing.page), listing.count, listing.has_more, listing.problem) == (three_sentra, 3, False, "")


def test_later_page_goes_on_where_the_first_ends(three_sentra, monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)

    listing = list_page(Sentra.objects.by_name(), "2")

    assert list(listing.page) == three_sentra[2:]


@pytest.mark.parametrize("number", ["0", "-1", "2", "201", str(10**9), "9" * 400])
def test_page_that_does_not_exist_is_a_sentence(three_sentra, number):
    listing = list_page(Sentra.objects.by_name(), number)

    assert (list(listing.page), listing.problem) == (
        [],
        "Halaman ini tidak ada. Halaman terakhir daftar ini nomor 1.",
    )


@pytest.mark.parametrize("number", ["abc", "1.5", "１２x", "%", "None"])
def test_page_that_is_no_number_is_a_sentence(three_sentra, number):
    assert list_page(Sentra.objects.by_name(), number).problem == (
        "Nomor halaman tidak dikenali. Mulai lagi dari halaman pertama."
    )


def test_list_that_is_too_long_ends_with_the_last_page_shown(areas, monkeypatch):
    """Beyond 10,000 rows nothing is counted and no page is shown; the sentence says how to go on."""
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    monkeypatch.setattr(paging, "COUNTED", 4)
    monkeypatch.setattr(paging, "LAST_PAGE", 2)
    branch = make_branch()
    for _number in range(5):
        make_sentra(branch=branch)

    last, beyond = list_page(Sentra.objects.by_name(), "2"), list_page(Sentra.objects.by_name(), "3")

    assert (len(last.page), last.count, last.has_more, last.page.has_next()) == (2, 4, True, False)
    assert beyond.problem == (
        "Daftar ditampilkan sampai halaman 2. Persempit dengan pencarian atau saringan untuk melihat sisanya."
    )
