"""Likely twins on the pages: asked about before storing, compared, and waiting for a verifier."""

import pytest

from outbox.uuid7 import uuid7
from sentra import duplicates
from sentra.models import IKM, Comparison, Product, Sentra
from tests.factories import make_branch, make_ikm, make_product, make_scope, make_sentra, make_user, take_out_of_use
from tests.files.samples import jpeg, upload
from tests.sentra.filling import filled, open_form, page_text, send

pytestmark = pytest.mark.usefixtures("areas")

VILLAGE, OTHER_KABUPATEN = "33.29.01.2003", "33.28.10.2004"
Answer = Comparison.Answer


@pytest.fixture
def typed():
    """What an officer types about an IKM."""
    return {"name": "Sari Rasa", "branch": make_branch().pk, "wilayah": VILLAGE, "owner": "Tini"}


@pytest.fixture
def known():
    return make_ikm(name="CV Sari Rasa", wilayah=VILLAGE, nib="1234567890123")


def answered(response, **answers: str) -> dict:
    """What the browser posts from the page with the questions, after answering."""
    twins = response.context["twins"]
    return (
        filled(response.context["form"])
        | {"kembar_ditanya": "1"}
        | {
            field.html_name: answers[str(field.html_name.removeprefix("kembar_"))]
            for field in (question.field for question in twins.questions)
            if field.html_name.removeprefix("kembar_") in answers
        }
    )


def test_new_record_with_a_likely_twin_is_asked_about_first(officer, signed_in, typed, known):
    make_product(name="Sale pisang", ikm=known)

    response = send(signed_in(officer), "/ikm/baru/", **typed)

    text = page_text(response)
    assert response.status_code == 422 and IKM.objects.count() == 1
    assert "Ada data yang mirip. Jawab dahulu apakah sama, lalu simpan lagi." in text
    for words in ("Isian Anda: </span>Sari Rasa", "Tercatat: </span>CV Sari Rasa", "Sale pisang", "1234567890123"):
        assert words in text
    assert 'value="Tini"' in text and "Pilih sama, beda, atau belum tahu." not in text


@pytest.mark.parametrize("said", Answer)
def test_whatever_is_answered_the_record_is_stored_and_the_answer_kept(officer, signed_in, typed, known, said):
    client = signed_in(officer)
    question = send(client, "/ikm/baru/", **typed)

    response = client.post("/ikm/baru/", answered(question, **{str(known.pk): said}))

    stored = IKM.objects.get(name="Sari Rasa")
    assert response.status_code == 303 and response.url == stored.get_absolute_url()
    kept = Comparison.objects.get()
    assert (set(kept.records), kept.answer, kept.answered_by) == ({stored, known}, said, officer)


def test_missing_answer_is_told_at_its_question(officer, signed_in, typed, known):
    client = signed_in(officer)
    question = send(client, "/ikm/baru/", **typed)

    response = client.post("/ikm/baru/", answered(question))

    assert response.status_code == 422 and "Pilih sama, beda, atau belum tahu." in page_text(response)
    assert not Comparison.objects.exists()


def test_answers_survive_another_error(officer, signed_in, typed, known):
    client = signed_in(officer)
    question = send(client, "/ikm/baru/", **typed)
    posted = answered(question, **{str(known.pk): Answer.DIFFERENT})

    response = client.post("/ikm/baru/", posted | {"owner": "x" * 200})

    name = f"kembar_{known.pk}"
    assert f'<input type="hidden" name="{name}" value="beda">' in response.content.decode()


def test_file_has_to_be_chosen_again(officer, signed_in, typed, known):
    client = signed_in(officer)

    response = client.post("/ikm/baru/", open_form(client, "/ikm/baru/", **typed) | {"nib_paper": upload(jpeg())})

    assert response.status_code == 422 and "Pilih lagi berkasnya" in page_text(response)


def test_nothing_is_asked_without_a_twin(officer, signed_in, typed):
    make_ikm(name="Batik Salem")

    assert send(signed_in(officer), "/ikm/baru/", **typed).status_code == 303
    assert not Comparison.objects.exists()


def test_changed_name_is_asked_about_and_other_changes_are_not(officer, signed_in, known):
    ikm = make_ikm(name="Batik Salem", wilayah=VILLAGE)
    client, address = signed_in(officer), f"/ikm/{ikm.pk}/ubah/"

    typed = open_form(client, address) | {"address": "RT 2"}
    assert client.post(address, typed).status_code == 303

    question = send(client, address, name="Sari Rasa")
    assert question.status_code == 422 and "Ada data yang mirip" in page_text(question)

    assert client.post(address, answered(question, **{str(known.pk): Answer.DIFFERENT})).status_code == 303
    assert send(client, address, name="Sari Rasa Jaya").status_code == 303


def test_sentra_is_asked_about(officer, signed_in):
    known = make_sentra(name="Sentra Sale Bentarsari", wilayah=VILLAGE)
    client = signed_in(officer)
    typed = {"name": "Sale Bentarsari", "commodity": "sale pisang", "branch": make_branch().pk, "wilayah": VILLAGE}

    question = send(client, "/sentra/baru/", **typed)
    assert question.status_code == 422

    assert client.post("/sentra/baru/", answered(question, **{str(known.pk): Answer.SAME})).status_code == 303
    assert Sentra.objects.count() == 2 and Comparison.objects.get().answer == Answer.SAME


def test_product_is_asked_about(officer, signed_in):
    known = make_product(name="Sale pisang", scope=make_scope())
    client = signed_in(officer)

    question = send(client, "/produk/baru/", name="Sale Pisang", ikm=known.ikm_id, scope=known.scope_id)
    assert question.status_code == 422

    assert client.post("/produk/baru/", answered(question, **{str(known.pk): Answer.UNKNOWN})).status_code == 303
    assert Product.objects.count() == 2


def test_script_gets_the_reason_as_json(officer, signed_in, typed, known):
    client = signed_in(officer)

    response = client.post(
        "/ikm/baru/", open_form(client, "/ikm/baru/", **typed), headers={"accept": "application/json"}
    )

    assert response.status_code == 422
    assert [error["code"] for error in response.json()["errors"]["__all__"]] == ["twins"]


# Comparing


def test_verifier_answers_anew_and_the_pair_is_closed(officer, verifier, signed_in, known):
    ikm = make_ikm(name="Sari Rasa", wilayah=VILLAGE)
    duplicates.answer(record=ikm, other=known, answer=Answer.SAME, by=officer)
    client = signed_in(verifier)

    listed = client.get("/kembar/")
    assert "Sari Rasa" in page_text(listed) and "CV Sari Rasa" in page_text(listed)
    (row,) = listed.context["listing"].page

    page = client.get(row.address)
    text = page_text(page)
    assert "Jawaban terakhir: sama, oleh Orang" in text
    assert "Nonaktifkan CV Sari Rasa" in text and "Nonaktifkan Sari Rasa" in text

    response = client.post(row.address, filled(page.context["form"], answer=Answer.DIFFERENT), follow=True)

    assert "Jawaban tersimpan" in page_text(response)
    assert Comparison.objects.get().answer == Answer.DIFFERENT
    assert client.get("/kembar/").context["listing"].page == []


def test_answer_that_somebody_else_gave_meanwhile_is_shown_first(officer, verifier, signed_in, known):
    ikm = make_ikm(name="Batik Kaliloka", wilayah=VILLAGE)
    address = f"/ikm/{ikm.pk}/bandingkan/?dengan={known.pk}"
    begun = open_form(signed_in(officer), address, known=0)
    signed_in(verifier).post(address, open_form(signed_in(verifier), address) | {"answer": "beda"})

    client = signed_in(officer)
    first = client.post(address, begun | {"answer": "sama"})
    second = client.post(address, filled(first.context["form"]) | {"answer": "sama", "idempotency_key": str(uuid7())})

    assert first.status_code == 409
    assert "Jawaban terakhir: beda" in page_text(first)
    assert (second.status_code, Comparison.objects.get().answer) == (303, "sama")


def test_remedy_carries_the_reason(officer, verifier, signed_in, known):
    ikm = make_ikm(name="Sari Rasa", wilayah=VILLAGE)
    page = signed_in(verifier).get(f"/ikm/{ikm.pk}/bandingkan/?dengan={known.pk}")

    address = dict(page.context["remedies"])["Sari Rasa"]

    assert "yang dipakai CV Sari Rasa." in page_text(signed_in(verifier).get(address))


def test_records_of_one_name_are_numbered(officer, verifier, signed_in):
    """Two buttons said "Nonaktifkan Sari Rasa", and nobody could tell which record each meant."""
    one, other = make_ikm(name="Sari Rasa", wilayah=VILLAGE), make_ikm(name="SARI RASA", wilayah=VILLAGE)

    page = signed_in(verifier).get(f"/ikm/{one.pk}/bandingkan/?dengan={other.pk}")

    assert [name for name, _ in page.context["remedies"]] == ["Sari Rasa (1)", "SARI RASA (2)"]
    assert "Sari Rasa (1) dan SARI RASA (2): sama atau beda?" in page_text(page)


def test_officer_compares_but_takes_nothing_out_of_use(officer, signed_in, known):
    ikm = make_ikm(name="Sari Rasa", wilayah=VILLAGE)
    client = signed_in(officer)

    page = client.get(f"/ikm/{ikm.pk}/bandingkan/?dengan={known.pk}")

    assert page.status_code == 200 and page.context["remedies"] == []
    assert client.get("/kembar/").status_code == 403


def test_likely_twins_and_others_by_name_are_offered(officer, signed_in, known):
    ikm = make_ikm(name="Sari Rasa", wilayah=VILLAGE)
    other = make_ikm(name="Batik Salem", wilayah=VILLAGE)
    make_ikm(name="Batik Slawi", wilayah=OTHER_KABUPATEN)

    page = signed_in(officer).get(f"/ikm/{ikm.pk}/bandingkan/?q=batik")

    assert (page.context["likely"], page.context["found"]) == ([known], [other])


def test_what_cannot_be_compared(officer, leader, signed_in, verifier, known):
    ikm, far, gone = make_ikm(), make_ikm(wilayah=OTHER_KABUPATEN), make_ikm()
    take_out_of_use(gone, by=verifier)
    address = f"/ikm/{ikm.pk}/bandingkan/"

    statuses = [
        signed_in(officer).get(f"{address}?dengan={other}").status_code for other in (far.pk, ikm.pk, gone.pk, "x")
    ]

    assert statuses == [404, 404, 403, 404]
    assert signed_in(leader).get(f"{address}?dengan={known.pk}").status_code == 403


def test_page_of_a_record_names_its_waiting_twins(officer, signed_in, known):
    ikm = make_ikm(name="Sari Rasa", wilayah=VILLAGE)
    duplicates.answer(record=ikm, other=known, answer=Answer.UNKNOWN, by=officer)

    client = signed_in(officer)
    assert "Mungkin tercatat ganda" in page_text(client.get(ikm.get_absolute_url()))
    assert "Mungkin tercatat ganda" in page_text(client.get(known.get_absolute_url()))
    page = client.get(f"/ikm/{ikm.pk}/bandingkan/")
    assert [row.other for row in page.context["pairs"]] == [known]

    duplicates.answer(record=ikm, other=known, answer=Answer.DIFFERENT, by=officer)
    assert "Mungkin tercatat ganda" not in page_text(client.get(ikm.get_absolute_url()))


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_often_for_three_pairs_as_for_one(officer, verifier, signed_in, rows, django_assert_num_queries):
    for make in (make_ikm, make_sentra, make_product)[:rows]:
        duplicates.answer(record=make(), other=make(), answer=Answer.SAME, by=officer)
    client = signed_in(verifier)
    client.get("/kembar/")

    with django_assert_num_queries(5):
        response = client.get("/kembar/")

    assert len(response.context["listing"].page) == rows


def test_pair_of_one_own_and_one_foreign_record_leads_to_the_own_one(verifier, signed_in):
    """A verifier of one kecamatan who sees what is registered for the whole kabupaten."""
    user = make_user("", ("verifier", "33.29.01"))
    own, wider = make_sentra(wilayah=VILLAGE), make_sentra(wilayah="33.29")
    duplicates.answer(record=own, other=wider, answer=Answer.SAME, by=verifier)

    (row,) = signed_in(user).get("/kembar/").context["listing"].page

    assert row.address.startswith(f"/sentra/{own.pk}/bandingkan/")
