"""The area field: choosing, the search step without JavaScript, and what may be chosen."""

import datetime

import pytest
from django import forms
from django.http import QueryDict

from accounts.models import Duty
from tests.wilayah_factory import make_wilayah_tree
from wilayah.forms import WilayahField, WilayahSearchStep
from wilayah.models import Succession, Wilayah

pytestmark = pytest.mark.django_db

BENTARSARI = "Desa Bentarsari, Kec. Salem, Kab. Brebes"


@pytest.fixture(autouse=True)
def tree(db):
    return make_wilayah_tree()


class PlaceForm(WilayahSearchStep, forms.Form):
    name = forms.CharField()
    wilayah = WilayahField()


class OptionalForm(forms.Form):
    wilayah = WilayahField(required=False)


def form(form_class=PlaceForm, *, look=None, prefix=None, **data):
    query = QueryDict(mutable=True)
    query.update({"name": "Sale Pisang"} | data)
    made = form_class(query, prefix=prefix)
    made.fields["wilayah"].look(**look or {})
    return made


def chosen(**data):
    made = form(**data)
    assert made.is_valid(), made.errors
    return made.cleaned_data["wilayah"]


def errors(**data):
    return form(**data).errors.get_json_data()["wilayah"]


@pytest.mark.parametrize(
    "data",
    [
        {"wilayah": "33.29.01.2003"},
        {"wilayah": " 33.29.01.2003 ", "wilayah_teks": "", "wilayah_tampil": ""},
        {"wilayah": "33.29.01.2003", "wilayah_teks": BENTARSARI, "wilayah_tampil": BENTARSARI},
        {"wilayah": "33.29.01.2003", "wilayah_teks": " bentar  sari", "wilayah_tampil": "bentar sari"},
        {"wilayah": "33.29.01.2003", "wilayah_teks": "", "wilayah_tampil": "bentar"},
    ],
)
def test_a_choice_is_an_area(data):
    assert chosen(**data) == Wilayah.objects.get(pk="33.29.01.2003")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, "required"),
        ({"wilayah": ""}, "required"),
        ({"wilayah": "33.29.01.2003", "wilayah_teks": "", "wilayah_tampil": BENTARSARI}, "required"),
        ({"wilayah_teks": "bentarsari"}, "unchosen"),
        ({"wilayah": "33.29.01.2003", "wilayah_teks": "bumiayu", "wilayah_tampil": BENTARSARI}, "unchosen"),
        ({"wilayah": "33.29.01.2003", "wilayah_cari": "1"}, "unchosen"),
        ({"wilayah_cari": "1"}, "unchosen"),
        ({"wilayah": "99"}, "invalid_choice"),
        ({"wilayah": "33.29.01.2999"}, "invalid_choice"),
        ({"wilayah": "bentarsari"}, "invalid_choice"),
        ({"wilayah": "33\0"}, "invalid_choice"),
        ({"wilayah": "' OR 1=1 --"}, "invalid_choice"),
        ({"wilayah": "x" * 10_000}, "invalid_choice"),
    ],
)
def test_what_is_no_choice_is_refused_with_its_reason(data, code):
    assert [error["code"] for error in errors(**data)] == [code]


def test_an_optional_field_may_stay_empty_or_be_wiped_out():
    assert chosen(form_class=OptionalForm) is None
    assert chosen(form_class=OptionalForm, wilayah="33.29.01.2003", wilayah_teks="", wilayah_tampil=BENTARSARI) is None


def test_free_text_shows_the_areas_it_may_mean_as_radios_and_keeps_the_text():
    html = form(wilayah_teks="bumiayu").as_p()

    assert html.count('type="radio"') == 4
    assert 'name="wilayah_teks" value="bumiayu"' in html
    assert 'name="wilayah_tampil" value="bumiayu"' in html
    assert "4 wilayah cocok." in html
    assert "<b>Kec. Bumiayu</b>" in html


def test_the_search_step_complains_about_nothing_else():
    made = form(name="", wilayah_teks="bumiayu", wilayah_cari="1")

    assert not made.is_valid()
    assert list(made.errors) == ["wilayah"]
    assert made["wilayah"].html_name in made.as_p()


def test_without_the_button_everything_is_checked():
    assert sorted(form(name="", wilayah_teks="bumiayu").errors) == ["name", "wilayah"]


def test_the_search_step_knows_its_field_by_the_prefix():
    made = form(prefix="a", **{"a-wilayah_teks": "bumiayu", "a-wilayah_cari": "1"})

    assert list(made.errors) == ["wilayah"]
    assert 'name="a-wilayah_teks" value="bumiayu"' in made.as_p()


def test_hits_begin_with_the_preferred_areas():
    html = form(wilayah_teks="bumiayu", look={"preferred": ["33.08"]}).as_p()

    assert html.index("Kab. Magelang") < html.index("Kab. Brebes")


def test_a_choice_is_shown_by_its_name():
    html = PlaceForm(initial={"wilayah": "33.29.01.2003"}).as_p()

    assert f'name="wilayah_teks" value="{BENTARSARI}"' in html
    assert '<input type="hidden" name="wilayah" value="33.29.01.2003"' in html


@pytest.mark.parametrize("initial", [None, "", "99", "x\0"])
def test_an_empty_or_unknown_value_shows_an_empty_field(initial):
    html = PlaceForm(initial={"wilayah": initial}).as_p()

    assert 'name="wilayah_teks" value=""' in html
    assert "data-wilayah-code" not in html


def test_what_was_typed_is_escaped():
    html = form(wilayah_teks='"><script>alert(1)</script>').as_p()

    assert "<script>" not in html


@pytest.mark.parametrize(
    ("look", "code", "sentence"),
    [
        (
            {"within": ["33.29"]},
            "32.08.01.2001",
            "Desa Sindangjawa, Kec. Kadugede, Kab. Kuningan ada di luar Kab. Brebes.",
        ),
        ({"within": ["33.29.01"]}, "33.29", "Kab. Brebes ada di luar Kec. Salem."),
        ({"within": ["33.29", "32"]}, "33.76", "Kota Tegal ada di luar Jawa Barat atau Kab. Brebes."),
        ({"within": []}, "33.29", "Belum ada wilayah yang boleh Anda pilih."),
        ({"levels": [4]}, "33.29.01", "Kec. Salem adalah kecamatan. Pilih desa/kelurahan."),
        ({"levels": [3, 4]}, "33.76", "Kota Tegal adalah kota. Pilih kecamatan atau desa/kelurahan."),
    ],
)
def test_what_may_not_be_chosen_is_refused_with_a_sentence(look, code, sentence):
    (error,) = errors(look=look, wilayah=code)

    assert error["message"].startswith(sentence)


def test_what_may_be_chosen_is_accepted_at_the_edge():
    look = {"within": ["33.29"], "levels": [2, 3]}

    assert [chosen(look=look, wilayah=code).code for code in ("33.29", "33.29.01")] == ["33.29", "33.29.01"]


def test_the_script_is_told_the_limits():
    html = form(look={"within": ["33.29"], "levels": [3, 4]}).as_p()

    assert 'data-source="/wilayah/cari/?dalam=33.29&amp;tingkat=3&amp;tingkat=4"' in html
    assert 'data-source="/wilayah/cari/"' in form().as_p()


def test_a_closed_area_is_refused_and_its_successors_are_named(tree):
    Wilayah.objects.filter(pk="33.29.01.2003").update(valid_until=datetime.date(2020, 1, 1))
    assert (
        errors(wilayah="33.29.01.2003")[0]["message"] == f"{BENTARSARI} tidak berlaku lagi. Pilih wilayah penggantinya."
    )

    Succession.objects.create(
        old=tree["33.29.01.2003"], new=tree["33.29.01.2002"], since=datetime.date(2020, 1, 2), source="Perda 1/2020"
    )
    assert errors(wilayah="33.29.01.2003")[0]["message"] == (
        f"{BENTARSARI} tidak berlaku lagi. Pilih penggantinya: Desa Bentar, Kec. Salem, Kab. Brebes."
    )


def test_a_record_keeps_the_area_it_has_though_it_was_closed():
    Wilayah.objects.filter(pk="33.29.01.2003").update(valid_until=datetime.date(2020, 1, 1))

    assert chosen(look={"kept": "33.29.01.2003"}, wilayah="33.29.01.2003").code == "33.29.01.2003"


def test_look_on_one_form_leaves_the_next_one_alone():
    form(look={"within": ["32"]})

    assert chosen(wilayah="33.29").code == "33.29"


@pytest.mark.parametrize(("code", "changed"), [("33.29", []), ("33.28", ["wilayah"]), ("", ["wilayah"])])
def test_changed_data_compares_codes(code, changed):
    made = PlaceForm({"name": "x", "wilayah": code}, initial={"name": "x", "wilayah": "33.29"})

    assert made.changed_data == changed


def test_in_a_model_form_it_fills_the_foreign_key():
    class DutyForm(forms.ModelForm):
        class Meta:
            model = Duty
            fields = ["wilayah"]
            field_classes = {"wilayah": WilayahField}

    made = DutyForm({"wilayah": "33.29"}, instance=Duty())
    made.is_valid()

    assert made.instance.wilayah_id == "33.29"
    assert DutyForm(instance=Duty(wilayah_id="33.29"))["wilayah"].value() == "33.29"
