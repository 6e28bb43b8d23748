import pytest
from django.http import QueryDict
from django.urls import reverse

from sentra import searching, spelling
from sentra.filters import IKMFilter
from sentra.models import IKM, Product, Sentra
from tests.factories import make_ikm, make_product, make_sentra

pytestmark = pytest.mark.usefixtures("areas")


def found(rows, text: str) -> list[str]:
    """The names that `text` finds, the best fitting first."""
    return [
        row.name
        for row in searching.found(rows, text, spelling.corrected(text))
        .annotate(**dict(zip(("rank", "small"), searching.relevance(rows, text), strict=True)))
        .order_by("rank", "small")
    ]


@pytest.fixture
def ikm():
    for name in ("Keripik Sale", "Sale", "Sale Pisang Bu Warsih", "Pisang Sale", "Wersale", "Tahu", "Kripik Pisang"):
        make_ikm(name=name)
    return IKM.objects.all()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("sale", ["Sale", "Sale Pisang Bu Warsih", "Keripik Sale", "Pisang Sale", "Wersale"]),
        ("SALE  pisang", ["Sale Pisang Bu Warsih", "Pisang Sale"]),
        ("warsih", ["Sale Pisang Bu Warsih"]),
        ("sale pisag bu warsi", ["Sale Pisang Bu Warsih"]),
        ("zzzz", []),
        ("%", []),
        ("_____", []),
    ],
)
def test_exact_ones_stand_before_beginnings_before_others(ikm, text, names):
    assert found(ikm, text) == names


def test_likeness_is_asked_only_where_nothing_holds_the_words(ikm):
    assert found(ikm, "kripik") == ["Kripik Pisang"]
    assert found(ikm, "kripikk")[0] == "Kripik Pisang"


NAMES = (
    "Telur Asin Bu Tumirah", "Bandeng Presto", "Sale Pisang", "Keripik Tempe", "Sambal Terasi", "UD Sumber Rejeki",
    "Kué Lapis", "Songket Minangkabau", "Gula Aren Siregar", "Gula Semut", "Tahu Bulat", "PT Abadi 88",
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("telor asin", "Telur Asin Bu Tumirah"),
        ("bandng", "Bandeng Presto"),
        ("pisnag", "Sale Pisang"),
        ("kerpik", "Keripik Tempe"),
        ("kripik", "Keripik Tempe"),
        ("keripikk tempe", "Keripik Tempe"),
        ("sambl trasi", "Sambal Terasi"),
        ("SAMBEL TERASSI", "Sambal Terasi"),
        ("u.d. sumbr rejki", "UD Sumber Rejeki"),
        ("CV. Sumber Rejeky", "UD Sumber Rejeki"),
        ("kue lapiss", "Kué Lapis"),
        ("kuè lapis", "Kué Lapis"),
        ("songkt minagkabau", "Songket Minangkabau"),
        ("gla aren sirgar", "Gula Aren Siregar"),
        ("gula aren bu sirgar", "Gula Aren Siregar"),
        ("gulasemut", "Gula Semut"),
        ("gula  semutt", "Gula Semut"),
        ("tahubulat", "Tahu Bulat"),
        ("tahu bulet zzzz", "Tahu Bulat"),
        ("tahu, bulet!", "Tahu Bulat"),
        ("abadi (88) jaya", "PT Abadi 88"),
    ],
)
def test_wrong_missing_doubled_and_swapped_letters_and_lost_spaces_are_forgiven(typed, meant):
    for name in NAMES:
        make_ikm(name=name)

    assert found(IKM.objects.all(), typed)[:1] == [meant]


@pytest.mark.parametrize("text", ["!", "' | ''", "a & b:*", "\\", "x" * 100, "<->", "ab ' cd", "é", "بتك", "1" * 13])
def test_signs_and_foreign_letters_are_no_questions_of_their_own(ikm, text):
    assert found(ikm, text) == []


def test_all_words_but_one_are_asked_for_only_where_no_name_has_all_of_them(ikm):
    assert found(ikm, "sale pisag") == ["Sale Pisang Bu Warsih", "Pisang Sale"]
    assert set(found(ikm, "sale pisag kopi")) == {"Sale Pisang Bu Warsih", "Pisang Sale"}


def test_search_stops_and_has_the_beginnings_in_any_case(ikm, monkeypatch):
    monkeypatch.setattr(searching, "MOST_FOUND", 1)

    names = set(found(ikm, "sale"))

    assert len(names) == 2
    assert "Sale" in names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("menganyam", ["Tas"]),
        ("anyaman yang", ["Tas"]),
        ("pekalongan", ["Tas"]),
        ("yang dan", []),
        ("tas", ["Tas"]),
    ],
)
def test_stories_are_found_by_stems_without_stop_words(text, names):
    make_product(name="Tas", story="Anyaman yang dibuat dan dijual warga Pekalongan.")
    make_product(name="Sepatu", description="Kulit sapi.")

    assert found(Product.objects.all(), text) == names


def test_sentra_are_found_by_commodity_and_story():
    make_sentra(name="Maju", commodity="sale pisang", story="Dirintis para ibu desa.")

    assert found(Sentra.objects.all(), "sale") == ["Maju"]
    assert found(Sentra.objects.all(), "merintis") == ["Maju"]


def test_list_of_a_search_is_sorted_by_relevance_until_another_order_is_asked_for(ikm, signed_in, officer):
    client = signed_in(officer)

    def shown(**query):
        page = client.get(reverse("ikm:list"), query)
        return page.context["sorting"].parameter, [row.name for row in page.context["listing"].page][:2]

    assert shown(q="sale") == ("cocok", ["Sale", "Sale Pisang Bu Warsih"])
    assert shown(q="sale", urut="-nama") == ("-nama", ["Wersale", "Sale Pisang Bu Warsih"])
    assert shown(urut="cocok") == ("nama", ["Keripik Sale", "Kripik Pisang"])


def test_search_that_stops_says_so(ikm, signed_in, officer, monkeypatch):
    monkeypatch.setattr("sentra.views.lists.MOST_FOUND", 4)

    page = signed_in(officer).get(reverse("ikm:list"), {"q": "sale"})

    assert page.context["heading"] == "Lebih dari 4 IKM di Kab. Brebes"


def test_search_looks_among_those_that_fit_otherwise(officer):
    """A search stops early; made first, it would stop at rows that another filter then throws away."""
    make_ikm(name="Sale", nib="9120004171234")
    make_ikm(name="Sale Tanpa")
    filterset = IKMFilter(QueryDict("q=sale&nib=tanpa"), IKM.objects.all(), user=officer)

    assert [row.name for row in filterset.rows] == ["Sale Tanpa"]
