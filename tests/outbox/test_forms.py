import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from outbox.forms import ActionForm, DeliveryForm, RecordForm
from outbox.uuid7 import uuid7
from sentra.models import IKM, Sentra
from tests.factories import make_branch, make_ikm, make_sentra


class SentraForm(RecordForm):
    class Meta:
        model = Sentra
        fields = ["name", "commodity", "branch", "founded", "wilayah"]


class StateForm(RecordForm):
    constraint_fields = {"ikm_anchor_in_sentra": "is_anchor", "ikm_nib_13_digits": "missing"}

    class Meta:
        model = IKM
        fields = ["name", "sentra", "is_anchor", "nib"]

    def _get_validation_exclusions(self):
        """As the form of the page: the condition of the constraint looks at a column that is no field."""
        return super()._get_validation_exclusions() - {"deactivated_at"}


class PictureForm(DeliveryForm):
    caption = forms.CharField()
    picture = forms.FileField(required=False)


def posted(form, **changed):
    """What a browser would send for the page that `form` is shown on, with some entries changed."""
    values = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else str(value) for name, value in (values | changed).items()}


@pytest.fixture
def sentra(areas):
    return make_sentra(name="Sale Pisang", founded=1998)


def test_new_record_takes_the_id_that_was_posted(areas):
    id = uuid7()
    data = posted(SentraForm(), name="A", commodity="sale", branch=make_branch().pk, wilayah="33.29", id=id)

    form = SentraForm(data)

    assert form.is_valid(), form.errors
    assert form.save(commit=False).pk == id


def test_name_of_invisible_marks_is_no_name(areas):
    """A sentra without a readable name stood in the list as a row nobody could open."""
    form = SentraForm(
        posted(SentraForm(), name="\u200b\u2060", commodity="sale", branch=make_branch().pk, wilayah="33.29")
    )

    assert form.errors.get_json_data()["name"][0]["code"] == "required"


def test_marks_that_come_along_with_a_paste_are_left_out(areas):
    typed = {"name": "\u2068Sale  Pisang\u2069\n", "commodity": "\u202esale"}
    form = SentraForm(posted(SentraForm(), branch=make_branch().pk, wilayah="33.29", **typed))

    assert form.is_valid(), form.errors
    assert (form.instance.name, form.instance.commodity) == ("Sale Pisang", "sale")


def test_letters_are_counted_as_they_are_seen():
    """A browser lets 150 letters through where each line end is one; sent they are two, and were counted as two."""

    class StoryForm(DeliveryForm):
        story = forms.CharField(max_length=5, widget=forms.Textarea)

    form = StoryForm({"idempotency_key": uuid7(), "story": "\u200ba\r\nb\r\nc"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["story"] == "a\nb\nc"


def test_letters_that_grow_apart_when_composed_are_counted_then():
    """Some letters become two by composition (Unicode's exclusions); the database refused what the form had taken."""

    class OwnerForm(DeliveryForm):
        owner = forms.CharField(max_length=3)

    form = OwnerForm({"idempotency_key": uuid7(), "owner": "\u0958\u0958"})

    assert form.has_error("owner", "max_length")


def test_new_form_brings_a_key_and_an_id_of_its_own(areas):
    first, second = SentraForm(), SentraForm()

    assert first["idempotency_key"].value() != second["idempotency_key"].value()
    assert first["id"].value() != second["id"].value()
    assert first["idempotency_key"].value() == first["idempotency_key"].value()


def test_new_record_under_an_id_that_exists_is_refused_without_a_name(sentra):
    data = posted(SentraForm(), name="A", commodity="b", branch=sentra.branch_id, wilayah="33.29", id=sentra.pk)

    form = SentraForm(data)

    assert form.errors == {"id": ["Formulir ini sudah pernah disimpan. Buka daftar untuk melihat hasilnya."]}


def test_unchanged_revision_is_valid(sentra):
    form = SentraForm(posted(SentraForm(instance=sentra), name="Sale Pisang Baru"), instance=sentra)

    assert (form.is_valid(), form.is_stale, form.conflicts, form.taken) == (True, False, [], [])


def test_what_was_filled_in_for_another_record_is_refused(sentra):
    form = SentraForm(posted(SentraForm(instance=sentra), id=uuid7()), instance=sentra)

    assert form.errors == {"id": ["Isian ini milik data lain. Buka lagi halamannya, lalu isi lagi."]}
    assert form.has_error("id", "foreign")


@pytest.mark.parametrize(
    ("fields", "errors", "is_stale"),
    [
        ({}, {}, False),
        ({"id": None}, {"id": "foreign"}, False),
        ({"revision": None}, {"__all__": "refused"}, True),
        ({"id": "01a20bed-1032-7476-a6d5-717956430d91"}, {"id": "foreign"}, False),
        ({"id": "x"}, {"id": "invalid"}, False),
        ({"revision": "9"}, {"__all__": "refused"}, True),
    ],
)
def test_action_is_taken_on_the_record_and_the_version_that_were_seen(sentra, fields, errors, is_stale):
    page = ActionForm(record=sentra)
    sent = {name: page[name].value() for name in ("idempotency_key", "id", "revision")} | fields

    form = ActionForm({name: value for name, value in sent.items() if value is not None}, record=sentra)

    assert {name: found[0].code for name, found in form.errors.as_data().items()} == errors
    assert form.is_stale == is_stale
    if is_stale:
        assert form["revision"].value() == sentra.revision


def test_sentence_of_a_constraint_stands_at_its_field(areas):
    ikm = make_ikm()

    form = StateForm(posted(StateForm(instance=ikm), is_anchor="on"), instance=ikm)

    assert form.errors == {"is_anchor": ["Penghela harus anggota sentra. Pilih sentranya dahulu."]}


def test_sentence_of_a_constraint_without_a_field_stands_at_the_top(areas):
    make_ikm(nib="1234567890123")
    ikm = make_ikm()

    form = StateForm(posted(StateForm(instance=ikm), is_anchor="", nib="1234567890123"), instance=ikm)

    assert form.errors == {
        "__all__": ["NIB ini sudah tercatat pada IKM lain. Cari dahulu IKM itu, atau periksa angkanya."]
    }


def upload(content=b"isi"):
    return MultiValueDict({"picture": [SimpleUploadedFile("foto.jpg", content)]})


def test_good_file_beside_a_bad_entry_must_be_chosen_again():
    form = PictureForm({"idempotency_key": uuid7(), "caption": ""}, upload())

    assert form.errors == {
        "caption": ["Isi bagian ini."],
        "picture": ["Berkas ini baik, tetapi belum tersimpan. Pilih lagi berkasnya, lalu simpan."],
    }


def test_bad_file_is_told_what_is_wrong_and_no_more():
    form = PictureForm({"idempotency_key": uuid7(), "caption": ""}, upload(b""))

    assert list(form.errors) == ["caption", "picture"]
    assert not form.has_error("picture", "choose_again")


def test_bad_entry_without_a_file_says_nothing_about_files():
    form = PictureForm({"idempotency_key": uuid7(), "caption": ""})

    assert list(form.errors) == ["caption"]


def test_good_form_with_a_file_is_valid():
    assert PictureForm({"idempotency_key": uuid7(), "caption": "a"}, upload()).is_valid()
