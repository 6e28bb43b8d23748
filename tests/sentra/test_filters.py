from datetime import date

import pytest
from django.http import QueryDict
from django.utils import timezone

from sentra import panels
from sentra.filters import IKMFilter, ProductFilter, SentraFilter
from sentra.models import IKM, Product, Sentra
from tests.factories import make_ikm, make_product, make_scope, make_sentra
from wilayah.models import Succession, Wilayah

BENTAR, BENTARSARI, KALIERANG, SLAWI = "33.29.01.2002", "33.29.01.2003", "33.29.03.2005", "33.28.10"


def names(filter_class, model, query: str, user) -> list[str]:
    filterset = filter_class(QueryDict(query), model.objects.visible_to(user), user=user)
    return [row.name for row in filterset.rows.by_name()]


@pytest.fixture
def sentra(areas):
    make_sentra(name="Sale Pisang", wilayah=BENTARSARI, state="aktif", checked_on=timezone.localdate())
    make_sentra(name="Batik", wilayah=BENTAR, commodity="batik tulis")
    make_sentra(name="Telur Asin", wilayah=KALIERANG, commodity="telur", state="lemah", checked_on="2026-01-01")
    make_sentra(name="Sale Slawi", wilayah=SLAWI)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Batik", "Sale Pisang", "Telur Asin"]),
        ("q=sale", ["Sale Pisang"]),
        ("q=tulis", ["Batik"]),
        ("q=", ["Batik", "Sale Pisang", "Telur Asin"]),
        ("q=%E2%80%8B", ["Batik", "Sale Pisang", "Telur Asin"]),  # nothing that anybody sees
        ("wilayah=33.29.01", ["Batik", "Sale Pisang"]),
        ("wilayah=33.29.01.2003", ["Sale Pisang"]),
        ("wilayah=33", ["Batik", "Sale Pisang", "Telur Asin"]),
        ("wilayah=33.28", []),
        ("keadaan=lemah", ["Telur Asin"]),
        ("q=sale&wilayah=33.29.03", []),
        ("unknown=1", ["Batik", "Sale Pisang", "Telur Asin"]),
    ],
)
def test_sentra_filter(sentra, officer, query, found):
    assert names(SentraFilter, Sentra, query, officer) == found


@pytest.mark.parametrize(
    "query",
    ["wilayah=99", "wilayah=33.29.99.9999", "wilayah=%27%3B--", "wilayah=brebes", "keadaan=hilang", "q=" + "a" * 101],
)
def test_nonsense_shows_its_error_and_no_rows(sentra, officer, query):
    filterset = SentraFilter(QueryDict(query), Sentra.objects.visible_to(officer), user=officer)

    assert (list(filterset.rows), set(filterset.form.errors)) == ([], {query.partition("=")[0]})


def test_ways_out_name_each_filter_that_empties_the_list(sentra, officer):
    query = QueryDict("q=sale&wilayah=33.29.03&wilayah_teks=Bumiayu&wilayah_tampil=Bumiayu&page=3")
    filterset = SentraFilter(query, Sentra.objects.visible_to(officer), user=officer)

    assert [(way.label, way.count, way.href) for way in filterset.ways_out()] == [
        ("pencarian “sale”", 1, "?wilayah=33.29.03&wilayah_teks=Bumiayu&wilayah_tampil=Bumiayu"),
        ("saringan Wilayah", 1, "?q=sale"),
    ]


def test_ikm_are_found_by_name_and_by_nib_as_it_is_written(officer):
    make_ikm(name="Sale Bu Warsih", nib="9120004171234")
    make_ikm(name="Gula Aren")

    assert names(IKMFilter, IKM, "q=warsih", officer) == ["Sale Bu Warsih"]
    assert names(IKMFilter, IKM, "q=9120 0041 7123 4", officer) == ["Sale Bu Warsih"]
    assert names(IKMFilter, IKM, "q=9120004171235", officer) == []


def test_ikm_of_one_sentra(officer, stranger):
    sentra, other = make_sentra(), make_sentra(wilayah="32.08")
    make_ikm(name="Anggota", sentra=sentra)
    make_ikm(name="Bukan")

    assert names(IKMFilter, IKM, f"sentra={sentra.pk}", officer) == ["Anggota"]
    for nonsense in (other.pk, "x", "1", "\N{SNOWMAN}"):
        filterset = IKMFilter(QueryDict(f"sentra={nonsense}"), IKM.objects.visible_to(officer), user=officer)
        assert list(filterset.rows) == []
        assert filterset.hidden_errors == ["Saringan ini menunjuk data yang tidak ada di wilayah tugas Anda."]


def test_ikm_by_state(officer):
    make_ikm(name="Buka")
    make_ikm(name="Tutup", state="tutup")

    assert names(IKMFilter, IKM, "keadaan=tutup", officer) == ["Tutup"]


def test_products_by_scope_and_result(officer, monkeypatch):
    monkeypatch.setattr(panels, "_star_words", {"uji": lambda: [(4, "Setara bintang 4"), (3, "Setara bintang 3")]})
    result = {"star_authority": "kabkota", "star_until": "2999-01-01"}
    make_product(name="Empat", star=4, **result)
    make_product(name="Nol", star=0, **result)
    make_product(name="Lewat", star=4, star_authority="kabkota", star_until="2020-01-01")
    make_product(name="Kopi", scope=make_scope("minuman"))

    def found(query):
        return names(ProductFilter, Product, query, officer)

    assert found("lingkup=minuman") == ["Kopi"]
    assert found("hasil=berlaku") == ["Empat", "Nol"]
    assert found("hasil=4") == ["Empat"]
    assert found("hasil=0") == ["Nol"]
    assert found("hasil=lewat") == ["Lewat"]
    assert found("hasil=belum") == ["Kopi"]
    assert found("hasil=3") == []
    assert found("hasil=5") == [], "no instrument has this star"
    assert found("lingkup=x") == []


def test_a_filter_that_names_a_closed_area_leads_to_what_followed(signed_in, officer, areas):
    """As a saved filter does, or a link a colleague sent, once the area was split."""
    Wilayah.objects.filter(pk="33.29.01").update(valid_until=date(2026, 6, 30))
    for new in ("33.29.03", "33.29.09"):
        Succession.objects.create(old_id="33.29.01", new_id=new, since=date(2026, 7, 1), source="Perda 3/2026")
    make_ikm(wilayah="33.29.03")
    client = signed_in(officer)

    page = client.get("/ikm/?wilayah=33.29.01&nib=tanpa&page=3")

    ways = page.context["filter"].replacements()
    assert [(way.label, way.href) for way in ways] == [
        (str(area.place_name), f"?nib=tanpa&wilayah={area.code}") for area in (areas["33.29.03"], areas["33.29.09"])
    ]
    assert f"Lihat daftar ini untuk penggantinya: {ways[0].label}" in page.content.decode()
    assert client.get(f"/ikm/{ways[0].href}").context["listing"].count == 1


@pytest.mark.parametrize("query", ["", "?wilayah=33.29", "?wilayah=xx", "?wilayah_teks=salem"])
def test_nothing_followed_other_areas(signed_in, officer, query):
    assert signed_in(officer).get(f"/ikm/{query}").context["filter"].replacements() == []
