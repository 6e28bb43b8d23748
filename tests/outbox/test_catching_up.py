"""A form that somebody else's change overtook: what is merged, what is asked, and what becomes of the choices."""

import pytest
from django import forms
from django.db.models import F

from outbox.catching_up import Line
from outbox.forms import RecordForm
from sentra.models import Product, Sentra
from tests.factories import make_branch, make_product, make_sentra


class SentraForm(RecordForm):
    class Meta:
        model = Sentra
        fields = ["name", "commodity", "branch", "founded", "wilayah"]


class PriceForm(RecordForm):
    merged_together = (("price", "price_unit"),)

    class Meta:
        model = Product
        fields = ["name", "price", "price_unit"]


@pytest.fixture
def sentra(areas):
    return make_sentra(name="Sale Pisang", founded=1998)


def posted(form, **changed):
    """What a browser would send for the page that `form` is shown on, conflicts included, with some entries changed."""
    values = {bound.html_name: bound.value() for bound in form}
    values |= {conflict.marker: conflict.since for conflict in form.conflicts}
    return {name: "" if value is None else str(value) for name, value in (values | changed).items()}


def opened(record, form=SentraForm):
    return form(instance=type(record).objects.get(pk=record.pk))


def sent(record, data, form=SentraForm):
    """The form as the server reads it, already checked."""
    found = form(data, instance=type(record).objects.get(pk=record.pk))
    found.is_valid()
    return found


def change(record, **columns):
    """What a colleague does meanwhile."""
    type(record).objects.filter(pk=record.pk).update(**columns)


def test_what_only_the_colleague_changed_is_kept_and_told(sentra):
    page = opened(sentra)
    change(sentra, name="Sale Pisang Bentarsari", founded=None)

    form = sent(sentra, posted(page, commodity="sale gulung"))
    stored = form.save()

    assert (form.is_stale, form.conflicts, form.taken) == (False, [], ["Nama sentra", "Tahun berdiri"])
    assert form.taken_sentence == "Perubahan orang lain tetap dipakai pada: Nama sentra, Tahun berdiri."
    assert (stored.name, stored.commodity, stored.founded) == ("Sale Pisang Bentarsari", "sale gulung", None)


def test_what_both_changed_alike_is_no_conflict(sentra):
    page = opened(sentra)
    change(sentra, name="Sale Bentarsari")

    form = sent(sentra, posted(page, name=" Sale  Bentarsari "))

    assert (form.is_valid(), form.conflicts, form.taken) == (True, [], [])


def test_what_both_changed_is_asked_in_three_versions(sentra):
    page = opened(sentra)
    change(sentra, name="Punya mereka", branch=make_branch("sandang"))

    form = sent(sentra, posted(page, name="Punya saya", commodity="sale gulung"))

    assert form.is_stale
    assert form.has_error(forms.forms.NON_FIELD_ERRORS, "stale")
    assert [conflict.lines for conflict in form.conflicts] == [
        [Line("Nama sentra", base="Sale Pisang", theirs="Punya mereka", mine="Punya saya")]
    ]
    assert form.taken == ["Cabang industri"]
    assert (form["name"].value(), form["commodity"].value(), form["branch"].value()) == (
        "Punya saya",
        "sale gulung",
        "sandang",
    )
    assert form["revision"].value() == 2


def test_rows_are_named_instead_of_keys(sentra):
    page = opened(sentra)
    change(sentra, wilayah="33.29")

    form = sent(sentra, posted(page, wilayah="33.29.01"))

    assert form.conflicts[0].lines == [
        Line(
            "Wilayah",
            base="Desa Bentarsari, Kec. Salem, Kab. Brebes, Jawa Tengah",
            theirs="Kab. Brebes, Jawa Tengah",
            mine="Kec. Salem, Kab. Brebes, Jawa Tengah",
        )
    ]


@pytest.mark.parametrize(
    ("choice", "typed", "name"),
    [
        ("mereka", "Punya saya", "Punya mereka"),
        ("saya", "Punya saya", "Punya saya"),
        ("saya", "Lain lagi", "Lain lagi"),
    ],
)
def test_chosen_is_stored(sentra, choice, typed, name):
    page = opened(sentra)
    change(sentra, name="Punya mereka")
    asked = sent(sentra, posted(page, name="Punya saya"))

    form = sent(sentra, posted(asked, name=typed) | {"pilih-name": choice})

    assert (form.is_valid(), form.conflicts) == (True, [])
    assert form.save().name == name


@pytest.mark.parametrize("answer", [{}, {"pilih-name": ""}, {"pilih-name": "x"}])
def test_unanswered_conflict_is_asked_again_with_its_first_base(sentra, answer):
    page = opened(sentra)
    change(sentra, name="Punya mereka")
    asked = sent(sentra, posted(page, name="Punya saya"))

    form = sent(sentra, posted(asked) | answer)

    assert form.is_stale
    assert form.conflicts == asked.conflicts


def test_one_of_two_answered_leaves_the_other_open(sentra):
    page = opened(sentra)
    change(sentra, name="Punya mereka", commodity="keripik")
    asked = sent(sentra, posted(page, name="Punya saya", commodity="sale gulung"))

    again = sent(sentra, posted(asked) | {"pilih-name": "mereka"})
    done = sent(sentra, posted(again) | {"pilih-commodity": "saya"})

    assert [conflict.label for conflict in again.conflicts] == ["Komoditas utama"]
    assert done.is_valid(), done.errors
    assert (done.instance.name, done.instance.commodity) == ("Punya mereka", "sale gulung")


def test_choice_of_mine_over_a_still_newer_change_is_asked_again(sentra):
    page = opened(sentra)
    change(sentra, name="Pertama")
    asked = sent(sentra, posted(page, name="Punya saya"))
    change(sentra, name="Kedua")

    form = sent(sentra, posted(asked) | {"pilih-name": "saya"})

    assert [conflict.lines for conflict in form.conflicts] == [
        [Line("Nama sentra", base="Pertama", theirs="Kedua", mine="Punya saya")]
    ]


def test_choice_of_theirs_takes_what_stands_by_then(sentra):
    page = opened(sentra)
    change(sentra, name="Pertama")
    asked = sent(sentra, posted(page, name="Punya saya"))
    change(sentra, name="Kedua")

    form = sent(sentra, posted(asked) | {"pilih-name": "mereka"})

    assert form.is_valid(), form.errors
    assert (form.instance.name, form.taken) == ("Kedua", ["Nama sentra"])


@pytest.mark.parametrize("revision", ["", "0", "99", "9" * 30, "x"])
def test_without_a_known_base_everything_that_differs_is_asked(sentra, revision):
    form = sent(sentra, posted(opened(sentra), name="Punya saya", revision=revision))

    assert form.is_stale
    assert [conflict.lines for conflict in form.conflicts] == [
        [Line("Nama sentra", base="", theirs="Sale Pisang", mine="Punya saya")]
    ]
    again = sent(sentra, posted(form) | {"pilih-name": "saya", "revision": "1"})
    assert again.is_valid(), again.errors


def test_fields_that_belong_together_are_merged_as_one(areas):
    product = make_product(price=10_000, price_unit="bungkus")
    page = opened(product, PriceForm)
    change(product, price=12_000)

    asked = sent(product, posted(page, price_unit="kilogram"), PriceForm)
    done = sent(product, posted(asked) | {"pilih-price": "mereka"}, PriceForm)

    assert [(conflict.label, conflict.lines) for conflict in asked.conflicts] == [
        (
            "Harga, Satuan harga",
            [
                Line("Harga", base="10000", theirs="12000", mine="10000"),
                Line("Satuan harga", base="bungkus", theirs="bungkus", mine="kilogram"),
            ],
        )
    ]
    assert done.is_valid(), done.errors
    assert (done.instance.price, done.instance.price_unit) == (12_000, "bungkus")


def test_change_of_something_the_form_does_not_hold_is_no_conflict(sentra):
    page = opened(sentra)
    change(sentra, story="Cerita baru")

    form = sent(sentra, posted(page, name="Punya saya"))
    form.save()

    sentra.refresh_from_db()
    assert (sentra.name, sentra.story) == ("Punya saya", "Cerita baru")


def test_wrong_entry_beside_a_merge_is_told_and_nothing_of_both_is_lost(sentra):
    page = opened(sentra)
    change(sentra, commodity="keripik")

    form = sent(sentra, posted(page, founded="seribu", name="Punya saya"))
    again = sent(sentra, posted(form, founded="1999"))

    assert (form.is_stale, list(form.errors)) == (False, ["founded"])
    assert again.is_valid(), again.errors
    assert (again.instance.name, again.instance.commodity) == ("Punya saya", "keripik")


def test_wrong_entry_in_a_conflict_is_shown_as_it_was_typed(sentra):
    page = opened(sentra)
    change(sentra, founded=1999, branch=make_branch("sandang"))

    form = sent(sentra, posted(page, founded="seribu", branch="tidak-ada"))

    assert {conflict.label: conflict.lines[0].mine for conflict in form.conflicts} == {
        "Cabang industri": "tidak-ada",
        "Tahun berdiri": "seribu",
    }


def test_data_of_another_record_is_refused_without_a_comparison(sentra):
    other = make_sentra(name="Lain")
    change(sentra, name="Punya mereka")

    form = sent(sentra, posted(opened(other), name="Punya saya"))

    assert (list(form.errors), form.conflicts, form.taken) == (["id"], [], [])


def test_unchanged_row_that_was_touched_needs_no_answer(sentra):
    """Its contact, its products or a check may raise a revision without a column of the form being another."""
    page = opened(sentra)
    change(sentra, revision=F("revision") + 1)

    assert sent(sentra, posted(page, name="Punya saya")).is_valid()
