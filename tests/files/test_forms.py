import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from files.forms import DocumentField, PhotoField
from files.signatures import Kind
from tests.files import samples


class PaperForm(forms.Form):
    photo = PhotoField(label="Foto", required=False)
    paper = DocumentField(label="Surat")


def bound(**files):
    return PaperForm({}, MultiValueDict({name.replace("_", "-"): [file] for name, file in files.items()}))


def test_clean_value_is_the_checked_upload():
    form = bound(photo=samples.upload(samples.png()), paper=samples.upload(samples.pdf()))

    assert form.is_valid(), form.errors
    assert [form.cleaned_data[name].kind for name in ("photo", "paper")] == [Kind.PNG, Kind.PDF]


def test_camera_is_the_other_way_to_give_the_same_file():
    form = bound(paper_kamera=samples.upload(samples.jpeg()))

    assert form.is_valid(), form.errors
    assert form.cleaned_data["paper"].kind is Kind.JPEG


def test_refusal_stands_at_the_field():
    form = bound(photo=samples.upload(samples.pdf()), paper=samples.upload(b"<svg/>"))

    assert list(form.errors) == ["photo", "paper"]
    assert form.errors["photo"][0].startswith("Ini dokumen PDF")


@pytest.mark.parametrize("field", [PhotoField(), DocumentField()])
def test_empty_file_gets_one_sentence(field):
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(samples.upload(b""))

    assert caught.value.messages == [
        "Berkas ini kosong. Pilih lagi berkasnya; bila tetap kosong, foto atau pindai ulang."
    ]


def test_missing_file_says_what_to_do():
    assert bound().errors == {"paper": ["Pilih foto atau PDF suratnya dahulu."]}


def test_optional_file_may_be_missing():
    form = bound(paper=samples.upload(samples.pdf()))

    assert form.is_valid()
    assert form.cleaned_data["photo"] is None


def test_inputs_name_the_formats_so_that_an_iphone_converts():
    html = str(PaperForm()["photo"])

    assert html.count('accept="image/jpeg,image/png,image/webp"') == 2
    assert html.count('capture="environment"') == 1
    assert 'name="photo-kamera"' in html
    assert 'accept="application/pdf,image/jpeg,image/png,image/webp"' in str(PaperForm()["paper"])


def test_inputs_have_labels_of_their_own():
    html = str(PaperForm()["paper"])

    assert '<label for="id_paper">' in html
    assert '<label for="id_paper-kamera">' in html


def test_inputs_of_a_refused_file_are_marked_invalid():
    assert str(bound()["paper"]).count("is-invalid") == 2
