"""The pages of a criterion and of an indicator, with levels, test lines and product scopes."""

from decimal import Decimal
from http import HTTPStatus

import pytest

from assessment.admin.seen import state_of
from assessment.models import Check, Criterion, Gate, Indicator, Level
from tests.assessment.admin.forms import errors, sent, words
from tests.assessment.factories import make_instrument
from tests.factories import make_scope

CRITERIA, INDICATORS = "/admin/assessment/criterion/", "/admin/assessment/indicator/"
NEW = {
    "code": "1.3",
    "name": "Tenaga kerja",
    "short_name": "Tenaga kerja",
    "question": "Siapa yang bekerja?",
    "evidence_hint": "Daftar pekerja.",
}


@pytest.fixture
def draft(areas):
    return make_instrument(published=False)


@pytest.fixture
def criterion(draft):
    return draft.criterion_set.get(code="K1")


@pytest.fixture
def indicator(draft):
    return Indicator.objects.get(code="2.1")


@pytest.fixture
def address(indicator):
    return f"{INDICATORS}{indicator.pk}/change/"


@pytest.fixture
def as_admin(signed_in, admin):
    return signed_in(admin)


# Criteria


def test_a_criterion_is_changed_and_its_indicators_put_in_order(as_admin, draft, criterion):
    path = f"{CRITERIA}{criterion.pk}/change/"

    response = as_admin.post(path, sent(as_admin.get(path), name="Unggulan sekali", indicator_set__0__order="9"))

    criterion.refresh_from_db()
    assert (response.status_code, response["Location"]) == (
        HTTPStatus.FOUND,
        f"/admin/assessment/instrument/{draft.pk}/change/",
    )
    assert criterion.name == "Unggulan sekali"
    assert list(criterion.indicator_set.values_list("code", flat=True)) == ["1.2", "1.1"]


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"code": "K2"}, {"__all__": ["Kode kriteria ini sudah dipakai dalam instrumen ini."]}),
        ({"points": "0"}, {"__all__": ["Poin kriteria harus lebih dari 0 dan paling banyak 100."]}),
        ({"order": "-1"}, {"order": ["Isi dengan 0 atau lebih."]}),
    ],
)
def test_a_wrong_criterion_gets_its_sentence(as_admin, criterion, wrong, found):
    path = f"{CRITERIA}{criterion.pk}/change/"

    assert errors(as_admin.post(path, sent(as_admin.get(path), **wrong))) == found


def test_a_criterion_is_deleted_with_what_goes_along(as_admin, draft, criterion):
    """A gate that asks for one of its indicators cannot stand without it."""
    asked = criterion.indicator_set.first()
    Gate.objects.filter(code="nib").update(condition="indicator_above", indicator=asked, level=1)
    path = f"{CRITERIA}{criterion.pk}/delete/"

    page = words(as_admin.get(path))
    response = as_admin.post(path, {"post": "yes"})

    assert "Ikut terhapus: 2 indikator, 10 level, 1 syarat." in page
    assert "Indikator: 1.1 Penetapan unggulan" in page
    assert "Syarat: NIB ada" in page
    assert response["Location"] == f"/admin/assessment/instrument/{draft.pk}/change/"
    assert (Criterion.objects.count(), Indicator.objects.count(), Gate.objects.count()) == (1, 2, 4)


# Indicators


def test_an_indicator_is_added_with_levels_and_test_lines(as_admin, criterion):
    path = f"{INDICATORS}add/?criterion={criterion.pk}"
    rows = {
        "level_set-0-word": "Belum",
        "level_set-0-wording": "Tidak ada",
        "level_set-0-points": "0",
        "level_set-1-word": "Ada",
        "level_set-1-wording": "Ada",
        "level_set-1-points": "2,5",
        "check_set-0-code": "1.3-x",
        "check_set-0-text": "Anak bekerja",
        "check_set-0-kind": "yes_no",
        "check_set-0-bad_value": "1",
        "check_set-0-eliminating": "on",
        "check_set-0-applies_to": ["tenun"],
    }

    page = as_admin.get(path)
    response = as_admin.post(path, sent(page) | NEW | rows | {"applies_to": ["makanan", "tenun"]})

    made = Indicator.objects.get(code="1.3")
    line = made.check_set.get()
    assert response["Location"] == f"{CRITERIA}{criterion.pk}/change/"
    assert (made.criterion, made.order, set(made.scopes.values_list("pk", flat=True))) == (
        criterion,
        2,
        {"makanan", "tenun"},
    )
    assert list(made.level_set.values_list("number", "word", "points")) == [(1, "Belum", 0), (2, "Ada", Decimal("2.5"))]
    assert (line.kind, line.bad_value, line.eliminating, [s.pk for s in line.scopes.all()]) == (
        "yes_no",
        1,
        True,
        ["tenun"],
    )


def test_a_level_is_put_between_two_others(as_admin, address, indicator):
    renumbered = {f"level_set-{row}-number": number for row, number in enumerate((1, 2, 4, 5, 6))}
    new = {
        "level_set-5-number": "3",
        "level_set-5-word": "Sedang",
        "level_set-5-wording": "x",
        "level_set-5-points": "15",
    }

    as_admin.post(address, sent(as_admin.get(address)) | renumbered | new)

    assert list(indicator.level_set.values_list("number", "word")) == [
        (1, "Belum"),
        (2, "Awal"),
        (3, "Sedang"),
        (4, "Cukup"),
        (5, "Kuat"),
        (6, "Unggul"),
    ]


def test_levels_and_test_lines_are_deleted(as_admin, address, indicator):
    as_admin.post(address, sent(as_admin.get(address), level_set__4__DELETE="on", check_set__1__DELETE="on"))

    assert list(indicator.level_set.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert list(indicator.check_set.values_list("code", flat=True)) == ["2.1-benda-asing", "2.1-kerapian"]


def test_a_test_line_that_a_gate_asks_for_is_not_deleted_from_under_it(as_admin, address, indicator):
    Gate.objects.filter(code="nib").update(condition="check_not_bad", bad_check=indicator.check_set.first())

    response = as_admin.post(address, sent(as_admin.get(address), check_set__0__DELETE="on"))

    assert errors(response) == {
        "": ["“Ada benda asing” dipakai syarat “NIB ada”. Ubah atau hapus syarat itu lebih dulu."]
    }
    assert (indicator.check_set.count(), Gate.objects.count()) == (3, 5)


def test_product_scopes_are_chosen_and_taken_back(as_admin, address, indicator):
    as_admin.post(address, sent(as_admin.get(address), applies_to=["tenun"], check_set__0__applies_to=[]))
    assert [scope.pk for scope in indicator.scopes.all()] == ["tenun"]
    assert not indicator.check_set.first().scopes.exists()

    as_admin.post(address, sent(as_admin.get(address), applies_to=[]))
    assert not indicator.scopes.exists()


def test_a_product_scope_out_of_use_stays_chosen_and_says_so(as_admin, address, indicator):
    gone = make_scope("herbal", is_active=False)
    indicator.scopes.set(["herbal"])

    page = as_admin.get(address)
    as_admin.post(address, sent(page))

    assert f"{gone.name} (tidak dipakai lagi)" in words(page)
    assert [scope.pk for scope in indicator.scopes.all()] == ["herbal"]


def test_an_indicator_moves_within_its_instrument_alone(as_admin, address, indicator, criterion):
    other = make_instrument(published=False, version="2").criterion_set.first()

    refused = as_admin.post(address, sent(as_admin.get(address), criterion=other.pk))
    as_admin.post(address, sent(as_admin.get(address), criterion=criterion.pk))

    indicator.refresh_from_db()
    assert list(errors(refused)) == ["criterion"]
    assert indicator.criterion == criterion


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"code": "2.2"}, {"__all__": ["Kode indikator ini sudah dipakai dalam kriteria ini."]}),
        (
            {"cap_without_evidence": "2"},
            {"__all__": ["Level tertinggi tanpa bukti hanya berlaku bila bukti wajib, dan paling rendah 1."]},
        ),
        ({"applies_to": ["batik"]}, {"applies_to": ["“batik” tidak ada dalam daftar. Pilih dari daftar."]}),
        (
            {"level_set__0__number": "2"},
            {"level_set-1-__all__": ["Nomor level ini sudah ada pada indikator ini."]},
        ),
        ({"level_set__0__number": "0"}, {"level_set-0-__all__": ["Nomor level mulai dari 1."]}),
        ({"level_set__0__points": "-1"}, {"level_set-0-__all__": ["Poin level tidak boleh kurang dari 0."]}),
        ({"level_set__0__wording": ""}, {"level_set-0-wording": ["Isi bagian ini."]}),
        (
            {"check_set__0__code": "2.1-rasa"},
            {"check_set-1-__all__": ["Kode butir uji ini sudah dipakai pada indikator ini."]},
        ),
        (
            {"check_set__0__bad_value": ""},
            {
                "check_set-0-__all__": [
                    "Jawaban buruk untuk ya/tidak adalah 0 atau 1, untuk angka 1 sampai 5. Butir yang menggugurkan"
                    " harus memilikinya."
                ]
            },
        ),
    ],
)
def test_what_is_wrong_gets_its_sentence_and_nothing_is_saved(as_admin, address, wrong, found):
    before = list(Level.objects.values()), list(Check.objects.values()), list(Indicator.objects.values())

    response = as_admin.post(address, sent(as_admin.get(address), **wrong))

    assert errors(response) == found
    assert (list(Level.objects.values()), list(Check.objects.values()), list(Indicator.objects.values())) == before


def test_an_unchanged_indicator_stays_as_it_is(as_admin, address):
    before = list(Level.objects.values()), list(Check.objects.values()), list(Indicator.objects.values())

    as_admin.post(address, sent(as_admin.get(address)))

    assert (list(Level.objects.values()), list(Check.objects.values()), list(Indicator.objects.values())) == before


@pytest.mark.parametrize("part", ["instrument", "criterion", "indicator", "gate"])
def test_a_page_carries_what_it_looked_like(as_admin, draft, criterion, indicator, part):
    row = {"instrument": draft, "criterion": criterion, "indicator": indicator, "gate": draft.gate_set.first()}[part]
    row.refresh_from_db()

    page = as_admin.get(f"/admin/assessment/{part}/{row.pk}/change/")

    assert f'<input type="hidden" name="seen" value="{state_of(row)}" id="id_seen">' in page.text


@pytest.mark.parametrize("query", ["", "?criterion=", "?criterion=x", "?criterion=0", f"?criterion={'9' * 30}"])
def test_an_indicator_is_added_only_from_a_criterion(as_admin, draft, query):
    response = as_admin.get(f"{INDICATORS}add/{query}")

    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, "/admin/assessment/instrument/")


def test_an_indicator_is_deleted_with_what_goes_along(as_admin, address, indicator):
    page = words(as_admin.get(address.replace("change", "delete")))

    response = as_admin.post(address.replace("change", "delete"), {"post": "yes"})

    assert "Ikut terhapus: 5 level, 3 butir lembar uji." in page
    assert response["Location"] == f"{CRITERIA}{indicator.criterion_id}/change/"
    assert not Indicator.objects.filter(pk=indicator.pk).exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda indicator: Level.objects.filter(indicator=indicator, number=1).update(word="Lain"),
        lambda indicator: indicator.check_set.first().delete(),
        lambda indicator: indicator.scopes.set(["tenun"]),
        lambda indicator: indicator.check_set.last().scopes.set([]),
        lambda indicator: Indicator.objects.filter(pk=indicator.pk).update(name="Lain"),
    ],
)
def test_whatever_changed_on_the_page_of_an_indicator_is_noticed(as_admin, address, indicator, change):
    data = sent(as_admin.get(address), source="Dari saya")
    change(indicator)

    response = as_admin.post(address, data)

    assert [sentence[:27] for sentence in errors(response)["__all__"]] == ["Halaman ini diubah orang la"]
