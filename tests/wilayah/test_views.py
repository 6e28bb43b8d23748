"""`/wilayah/cari/` for the script and as a page."""

import pytest

from wilayah.models import Edition

URL = "/wilayah/cari/"


@pytest.fixture
def ask(officer, client):
    """The JSON answer to a query, for the officer of Kabupaten Brebes."""
    client.force_login(officer)

    def get(**query):
        response = client.get(URL, query, headers={"Accept": "application/json"})
        assert response.status_code == 200
        return response.json()

    return get


def test_the_script_gets_areas_in_order_with_pieces_to_mark(ask):
    answer = ask(q="bent salem")

    assert answer == {
        "message": "2 wilayah cocok.",
        "hits": [
            {
                "code": "33.29.01.2002",
                "label": "Desa Bentar, Kec. Salem, Kab. Brebes",
                "name": "Desa Bentar",
                "above": "Kec. Salem, Kab. Brebes",
                "name_pieces": [["Desa ", False], ["Bent", True], ["ar", False]],
                "above_pieces": [["Kec. ", False], ["Salem", True], [", Kab. Brebes", False]],
            },
            {
                "code": "33.29.01.2003",
                "label": "Desa Bentarsari, Kec. Salem, Kab. Brebes",
                "name": "Desa Bentarsari",
                "above": "Kec. Salem, Kab. Brebes",
                "name_pieces": [["Desa ", False], ["Bent", True], ["arsari", False]],
                "above_pieces": [["Kec. ", False], ["Salem", True], [", Kab. Brebes", False]],
            },
        ],
    }


def test_areas_inside_the_duties_of_who_asks_come_first(officer, stranger, signed_in):
    def first(user):
        response = signed_in(user).get(URL, {"q": "jawa"}, headers={"Accept": "application/json"})
        return response.json()["hits"][0]["code"]

    assert first(officer).startswith("33.29")
    assert first(stranger).startswith("32.08")


def test_limits_of_a_field_hold(ask):
    assert [hit["code"] for hit in ask(q="bumiayu", dalam="33.08")["hits"]] == ["33.08.12.2004"]
    assert [hit["code"] for hit in ask(q="bumiayu", tingkat=["3"])["hits"]] == ["33.29.03"]
    assert [hit["code"] for hit in ask(q="salem", dalam="33.29,32", tingkat=["3", "4"])["hits"]][0] == "33.29.01"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({}, "Ketik nama desa, kelurahan, kecamatan, atau kabupaten."),
        ({"q": "b"}, "Ketik sedikitnya dua huruf."),
        ({"q": ",,,,"}, "Ketik sedikitnya dua huruf."),
        ({"q": "%"}, "Ketik sedikitnya dua huruf."),
        ({"q": "__"}, "Ketik sedikitnya dua huruf."),
        ({"q": "a" * 5000}, "Ketik paling banyak 100 huruf."),
        ({"q": "salem", "dalam": "33.2"}, "Batas pencarian bukan kode wilayah."),
        ({"q": "salem", "dalam": "33," * 9000}, "Batas pencarian bukan kode wilayah."),
        ({"q": "salem", "dalam": "%"}, "Batas pencarian bukan kode wilayah."),
        ({"q": "salem", "tingkat": "9"}, "Tingkat wilayah ada empat: 1 sampai 4."),
    ],
)
def test_bad_input_is_an_empty_list_with_a_sentence(ask, query, message):
    assert ask(**query) == {"message": message, "hits": []}


def test_a_null_byte_is_a_bad_request(officer, signed_in):
    assert signed_in(officer).get(URL + "?q=sal%00em").status_code == 400


def test_without_javascript_it_is_a_page(officer, signed_in):
    Edition.objects.create(name="idn-area-data 9.9.9", digest="", area_count=1)
    response = signed_in(officer).get(URL, {"q": "bentarsari <b>"})
    page = response.content.decode()

    assert response.headers["Content-Type"].startswith("text/html")
    assert "Accept" in response.headers["Vary"]
    assert 'value="bentarsari &lt;b&gt;"' in page
    assert "idn-area-data 9.9.9, lisensi ODbL 1.0" in page


def test_the_page_lists_areas_with_their_codes(officer, signed_in):
    page = signed_in(officer).get(URL, {"q": "bentarsari"}).content.decode()

    assert "<b>Desa Bentarsari</b>" in page
    assert "kode 33.29.01.2003" in page


def test_strangers_are_sent_to_sign_in(client, db):
    assert client.get(URL, {"q": "salem"}).headers["Location"].startswith("/masuk/?")


def test_only_reading_is_possible(officer, signed_in):
    assert signed_in(officer).post(URL, {"q": "salem"}).status_code == 405


def test_queries_stay_the_same_for_one_and_for_many_hits(officer, signed_in, django_assert_num_queries):
    client = signed_in(officer)
    for text in ("bentarsari", "jawa"):
        with django_assert_num_queries(4):  # session, user, duties, areas
            client.get(URL, {"q": text}, headers={"Accept": "application/json"})
