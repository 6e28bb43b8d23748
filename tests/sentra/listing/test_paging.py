import pytest
from django.core import signing
from django.db.models import Value
from django.db.models.functions import Coalesce, Lower

from sentra.listing import paging
from sentra.listing.orders import Order, Sorting
from sentra.listing.paging import Rows, list_page
from sentra.lists.common import BY_CHANGE, BY_NAME, BY_PLACE
from sentra.models import Product, Sentra
from tests.factories import make_branch, make_ikm, make_product, make_scope, make_sentra

NAMES = Sorting(BY_NAME)
DAMAGED = "Tautan ke halaman ini rusak atau sudah lama. Mulai lagi dari depan."


@pytest.fixture
def pages_of_two(monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)


@pytest.fixture
def seven_sentra(areas):
    branch = make_branch()
    return [make_sentra(name=name, branch=branch) for name in ("a", "B", "c", "c", "c", "D", "e")]


def page(sorting=NAMES, rows=None, **query):
    return list_page(Rows(Sentra.objects.all() if rows is None else rows), sorting, query)


def walk(sorting, rows=None):
    """The pages from the first to the last, by "Berikutnya"."""
    listing = page(sorting, rows)
    found = [listing]
    while listing.next:
        listing = page(sorting, rows, setelah=listing.next)
        found.append(listing)
    return found


def test_first_page_holds_the_rows_and_the_count(seven_sentra):
    listing = page()

    assert [row.name for row in listing.page] == ["a", "B", "c", "c", "c", "D", "e"]
    assert (listing.count, listing.has_more, listing.number, listing.pages) == (7, False, 1, 1)
    assert (listing.next, listing.previous, listing.is_split, listing.problem) == ("", "", False, "")


@pytest.mark.parametrize("sorting", [NAMES, NAMES.opposite, Sorting(BY_PLACE), Sorting(BY_CHANGE, True)])
def test_walking_by_cursor_shows_every_row_once_in_order(seven_sentra, pages_of_two, sorting):
    expected = list(sorting.rows(Sentra.objects.all()))

    found = walk(sorting)

    assert [row for listing in found for row in listing.page] == expected
    assert [listing.number for listing in found] == [1, 2, 3, 4]


def test_walking_back_shows_the_same_pages(seven_sentra, pages_of_two):
    forth = walk(NAMES)

    listing, back = forth[-1], []
    while listing.previous:
        listing = page(sebelum=listing.previous)
        back.append(listing)

    assert [one.page for one in back] == [one.page for one in forth[-2::-1]]
    assert [one.number for one in back] == [3, 2, 1]


def test_next_page_goes_on_where_the_first_ended_though_a_row_was_added_before(seven_sentra, pages_of_two):
    first = page()
    make_sentra(name="0 baru")

    assert [row.name for row in page(setelah=first.next).page] == ["c", "c"]


def test_what_is_missing_stands_where_the_order_says(areas, pages_of_two):
    """NULL compares with nothing: an order over it would lose rows between two pages."""
    result = {"star_authority": "kabkota", "star_until": "2999-01-01"}
    ikm, scope = make_ikm(), make_scope()
    for name, star in (("1", 4), ("2", None), ("3", 0), ("4", None), ("5", 2)):
        make_product(name=name, ikm=ikm, scope=scope, star=star, **(result if star is not None else {}))
    by_star = Sorting(Order("bintang", "", "", (Coalesce("star", Value(-1)), Lower("name"))), is_down=True)

    found = walk(by_star, Product.objects.all())

    assert [row.name for listing in found for row in listing.page] == ["1", "5", "3", "4", "2"]


@pytest.mark.parametrize(("number", "names"), [("1", ["a", "B"]), ("2", ["c", "c"]), ("4", ["e"])])
def test_page_by_number(seven_sentra, pages_of_two, number, names):
    listing = page(page=number)

    assert [row.name for row in listing.page] == names
    assert (listing.number, bool(listing.next), bool(listing.previous)) == (
        int(number), number != "4", number != "1",
    )  # fmt: skip


@pytest.mark.parametrize("number", ["0", "-1", "5", "201", str(10**9), "9" * 400])
def test_page_that_does_not_exist_is_a_sentence(seven_sentra, pages_of_two, number):
    listing = page(page=number)

    assert (listing.page, listing.problem) == ([], "Halaman ini tidak ada. Halaman terakhir daftar ini nomor 4.")


@pytest.mark.parametrize("number", ["abc", "1.5", "１２x", "１", "%", "None", "--1", "-", "\0"])
def test_page_that_is_no_number_is_a_sentence(seven_sentra, number):
    assert page(page=number).problem == "Nomor halaman tidak dikenali. Mulai lagi dari halaman pertama."


@pytest.mark.parametrize("parameter", ["setelah", "sebelum"])
@pytest.mark.parametrize("cursor", ["x", "\0", "a:b:c", "W10:1vN:abc", "\N{SNOWMAN}", "x" * 5000])
def test_damaged_cursor_is_a_sentence(seven_sentra, parameter, cursor):
    listing = page(**{parameter: cursor})

    assert (listing.page, listing.problem, listing.count) == ([], DAMAGED, 7)


@pytest.mark.parametrize(
    "content",
    [[], "nama", None, {}, ["nama"], ["nama", 2, "a"], ["nama", 2, "a", "b"], ["nama", 2, "a", "b", "c"], [1, 2, 3, 4]],
)
def test_signed_cursor_that_no_page_writes_is_a_sentence(seven_sentra, content):
    assert page(setelah=signing.dumps(content, salt=paging.SALT)).problem == DAMAGED


def test_cursor_of_another_order_is_a_sentence(seven_sentra, pages_of_two):
    cursor = page(NAMES).next

    assert page(NAMES.opposite, setelah=cursor).problem == DAMAGED
    assert page(Sorting(BY_CHANGE), setelah=cursor).problem == DAMAGED


def test_cursor_behind_the_last_row_is_a_sentence(seven_sentra, pages_of_two):
    cursor = page(page="3").next
    Sentra.objects.filter(name="e").delete()

    assert page(setelah=cursor).problem == "Tidak ada lagi baris sesudah ini. Mulai lagi dari depan."


def test_going_back_arrives_at_a_full_first_page(seven_sentra, pages_of_two):
    """Rows that went meanwhile leave less than a page before the cursor."""
    cursor = page(page="2").previous
    Sentra.objects.filter(name="a").delete()

    listing = page(sebelum=cursor)

    assert ([row.name for row in listing.page], listing.number) == (["B", "c"], 1)


def test_list_that_is_too_long_is_counted_and_numbered_no_further(seven_sentra, pages_of_two, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 4)
    monkeypatch.setattr(paging, "LAST_PAGE", 2)

    last = page(page="2")

    assert (len(last.page), last.count, last.has_more) == (2, 4, True)
    assert [row.name for row in page(setelah=last.next).page] == ["c", "D"]
    assert page(page="3").problem == (
        "Menurut nomor, daftar ditampilkan sampai halaman 2. Persempit dengan pencarian atau saringan, atau maju dengan"
        " tombol Berikutnya."
    )


def test_a_page_takes_two_queries(seven_sentra, pages_of_two, django_assert_num_queries):
    cursor = page().next

    with django_assert_num_queries(2):
        page(setelah=cursor)


def test_drawing_no_rows_asks_nothing(areas, django_assert_num_queries):
    nothing = Sentra.objects.none()

    with django_assert_num_queries(0):
        assert list(Rows(nothing).shown(NAMES.rows(nothing)[:2], NAMES)) == []
