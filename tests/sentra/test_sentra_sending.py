"""What becomes of a sentra's form: sent once or twice, by two at once, invalid, stale, or not meant to be sent."""

import threading
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import connection

from outbox.catching_up import Line
from outbox.models import Receipt
from sentra.models import Sentra
from tests.clients import PersonClient
from tests.factories import make_branch, make_sentra
from tests.sentra.filling import filled, open_form, page_text, send

BENTAR, BENTARSARI, SLAWI_KULON = "33.29.01.2002", "33.29.01.2003", "33.28.10.2004"
NEW = "/sentra/baru/"
TYPED = {"name": "Sale Pisang", "commodity": "sale pisang", "branch": "pangan", "wilayah": BENTARSARI}


@pytest.fixture(autouse=True)
def branch(areas):
    make_branch()


def edit(sentra: Sentra) -> str:
    return f"/sentra/{sentra.pk}/ubah/"


def test_new_sentra_is_stored_under_the_id_of_the_form(signed_in, officer):
    client = signed_in(officer)
    form = open_form(client, NEW, **TYPED)

    response = client.post(NEW, form)

    sentra = Sentra.objects.get()
    assert (response.status_code, response["Location"]) == (303, sentra.get_absolute_url())
    assert (str(sentra.pk), sentra.name, sentra.wilayah_id, sentra.created_by) == (
        str(form["id"]),
        "Sale Pisang",
        BENTARSARI,
        officer,
    )


def test_history_says_who_and_on_which_page(signed_in, officer):
    client = signed_in(officer)
    send(client, NEW, **TYPED)
    sentra = Sentra.objects.get()
    send(client, edit(sentra), name="Sale Pisang Bentarsari")

    events = apps.get_model("sentra", "SentraEvent").objects.order_by("pgh_id").select_related("pgh_context")
    assert [(row.name, row.pgh_context.metadata["user"], row.pgh_context.metadata["url"]) for row in events] == [
        ("Sale Pisang", officer.pk, NEW),
        ("Sale Pisang Bentarsari", officer.pk, edit(sentra)),
    ]


def test_double_submit_makes_one_sentra_and_gets_the_same_answer(signed_in, officer):
    client = signed_in(officer)
    form = open_form(client, NEW, **TYPED)

    answers = [client.post(NEW, form) for _attempt in range(2)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (303, Sentra.objects.get().get_absolute_url())
    }
    assert Receipt.objects.count() == 1


def test_same_key_with_other_content_is_refused(signed_in, officer):
    client = signed_in(officer)
    form = open_form(client, NEW, **TYPED)
    client.post(NEW, form)

    response = client.post(NEW, form | {"name": "Lain"})

    assert response.status_code == 409
    assert "sudah pernah dikirim dengan isi lain" in page_text(response)
    assert Sentra.objects.get().name == "Sale Pisang"


def test_invalid_form_comes_back_with_what_was_typed(signed_in, officer):
    response = send(signed_in(officer), NEW, **TYPED | {"kbli": "1031", "name": "Sale <b>Pisang"})

    assert response.status_code == 422
    text = page_text(response)
    assert "Belum tersimpan, satu hal perlu diperbaiki" in text
    assert "KBLI terdiri dari lima angka" in text
    assert 'value="1031"' in text
    assert 'value="Sale &lt;b&gt;Pisang"' in text
    assert not Sentra.objects.exists()
    assert not Receipt.objects.exists()


def test_invalid_form_may_be_mended_and_sent_under_the_same_key(signed_in, officer):
    client = signed_in(officer)
    refused = send(client, NEW, **TYPED | {"name": ""})

    response = client.post(NEW, filled(refused.context["form"], name="Sale Pisang"))

    assert response.status_code == 303


def test_area_outside_the_duty_is_told_at_the_field(signed_in, officer):
    response = send(signed_in(officer), NEW, **TYPED | {"wilayah": SLAWI_KULON})

    assert response.status_code == 422
    assert "di luar wilayah tugas Anda (Kab. Brebes)" in page_text(response)


def test_sentra_cannot_be_moved_out_of_the_duty(signed_in, officer):
    sentra = make_sentra(wilayah=BENTAR)

    response = send(signed_in(officer), edit(sentra), wilayah=SLAWI_KULON)

    assert response.status_code == 422
    assert Sentra.objects.get().wilayah_id == BENTAR


def test_id_of_a_foreign_record_is_refused_without_saying_whose(signed_in, officer):
    foreign = make_sentra(name="Teh Rahasia", wilayah=SLAWI_KULON)

    response = send(signed_in(officer), NEW, **TYPED | {"id": str(foreign.pk)})

    assert response.status_code == 422
    assert "Formulir ini sudah pernah disimpan." in page_text(response)
    assert "Teh Rahasia" not in page_text(response)
    assert Sentra.objects.get().name == "Teh Rahasia"


@pytest.mark.parametrize("change", [{"id": "x"}, {"id": None}, {"idempotency_key": "x"}, {"idempotency_key": None}])
def test_form_without_usable_hidden_fields_is_refused(signed_in, officer, change):
    response = send(signed_in(officer), NEW, **TYPED | change)

    assert response.status_code in (400, 422)
    assert not Sentra.objects.exists()


@pytest.mark.parametrize("name", ["Sale\x00Pisang", "\x00"])
def test_null_byte_in_a_form_is_refused(signed_in, officer, name):
    assert send(signed_in(officer), NEW, **TYPED | {"name": name}).status_code in (400, 422)
    assert not Sentra.objects.exists()


def test_stale_form_is_merged_and_says_whose_changes_were_kept(signed_in, officer, verifier):
    sentra = make_sentra(name="Sale", wilayah=BENTAR)
    form = open_form(signed_in(officer), edit(sentra), story="Cerita saya")
    send(signed_in(verifier), edit(sentra), name="Nama rekan", latitude="-7,1", longitude="108,9")

    response = signed_in(officer).post(edit(sentra), form, follow=True)

    stored = Sentra.objects.get()
    assert (stored.name, stored.story, stored.has_position) == ("Nama rekan", "Cerita saya", True)
    assert [str(message) for message in response.context["messages"]] == [
        "Sentra Nama rekan tersimpan.",
        f"Perubahan {verifier} tetap dipakai pada: Nama sentra, Lintang, Bujur.",
    ]


def test_what_both_changed_is_asked_and_stored_as_chosen(signed_in, officer, verifier):
    sentra = make_sentra(name="Sale", wilayah=BENTAR)
    form = open_form(signed_in(officer), edit(sentra), name="Nama saya", story="Cerita saya")
    send(signed_in(verifier), edit(sentra), name="Nama rekan")

    refused = signed_in(officer).post(edit(sentra), form)

    assert refused.status_code == 409
    assert [conflict.lines for conflict in refused.context["form"].conflicts] == [
        [Line("Nama sentra", base="Sale", theirs="Nama rekan", mine="Nama saya")]
    ]
    assert f"Data ini diubah {verifier} sejak Anda membukanya." in page_text(refused)
    assert "Pakai punya mereka" in page_text(refused)
    assert " checked" not in page_text(refused)
    assert Sentra.objects.get().name == "Nama rekan"

    accepted = signed_in(officer).post(edit(sentra), filled(refused.context["form"]) | {"pilih-name": "saya"})

    assert accepted.status_code == 303
    assert (Sentra.objects.get().name, Sentra.objects.get().story) == ("Nama saya", "Cerita saya")


def test_position_taken_meanwhile_stays_as_it_was_measured(signed_in, officer):
    """Merged coordinates count as measured, not as typed over: source, accuracy and time come along."""
    sentra = make_sentra(name="Sale", wilayah=BENTAR)
    client = signed_in(officer)
    form = open_form(client, edit(sentra), name="Sale pisang")
    measured = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
    Sentra.objects.update(latitude="-7.1", longitude="108.9", accuracy=8, position_source="gps", position_at=measured)

    assert client.post(edit(sentra), form).status_code == 303

    stored = Sentra.objects.get()
    assert (stored.name, stored.position_source, stored.accuracy, stored.position_at) == (
        "Sale pisang",
        "gps",
        8,
        measured,
    )


def test_area_changed_meanwhile_is_taken_without_javascript_too(signed_in, officer):
    """What the text box of the area said belonged to the old area; it would have read as a search for it."""
    sentra = make_sentra(wilayah=BENTAR)
    client = signed_in(officer)
    shown = "Desa Bentar, Kec. Salem, Kab. Brebes, Jawa Tengah"
    form = open_form(client, edit(sentra), story="Cerita", wilayah_teks=shown, wilayah_tampil=shown)
    Sentra.objects.update(wilayah=BENTARSARI)

    assert client.post(edit(sentra), form).status_code == 303
    assert (Sentra.objects.get().wilayah_id, Sentra.objects.get().story) == (BENTARSARI, "Cerita")


def test_search_step_of_a_stale_form_still_shows_both_versions(signed_in, officer):
    """Pressing "Cari wilayah" hides every other complaint; what somebody else changed must be seen all the same."""
    sentra = make_sentra(name="Sale", wilayah=BENTAR)
    client = signed_in(officer)
    form = open_form(client, edit(sentra), name="Nama saya", wilayah=None, wilayah_teks="Bentarsari", wilayah_cari="1")
    Sentra.objects.update(name="Nama orang lain")

    response = client.post(edit(sentra), form)

    assert response.status_code == 409
    assert "Nama orang lain" in page_text(response)


def test_unchanged_form_leaves_no_trace(signed_in, officer):
    sentra = make_sentra(wilayah=BENTAR)

    response = send(signed_in(officer), edit(sentra))

    assert response.status_code == 303
    assert Sentra.objects.get().revision == 1


def test_search_for_an_area_without_javascript_shows_the_hits(signed_in, officer):
    form = TYPED | {"wilayah": None, "wilayah_teks": "Bentarsari", "wilayah_cari": "1"}

    response = send(signed_in(officer), NEW, **form)

    assert response.status_code == 422
    assert f'value="{BENTARSARI}"' in page_text(response)
    assert set(response.context["form"].errors) == {"wilayah"}


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(signed_in, officer, method):
    sentra = make_sentra()
    client = signed_in(officer)

    for address in (NEW, edit(sentra), sentra.get_absolute_url()):
        assert getattr(client, method)(address).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_two_saves_at_once_keep_one_and_show_the_other_both_versions(officer):
    """Both opened revision 1; the lock lets the second look only after the first has stored."""
    sentra = make_sentra(name="Sale", wilayah=BENTAR)
    forms = []
    for name in ("Satu", "Dua"):
        client = PersonClient()
        client.force_login(officer)
        forms.append((client, open_form(client, edit(sentra), name=name)))
    statuses, start = [], threading.Barrier(2)

    def save(client, form):
        start.wait()
        statuses.append(client.post(edit(sentra), form).status_code)
        connection.close()

    threads = [threading.Thread(target=save, args=pair) for pair in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [303, 409]
    assert Sentra.objects.get().revision == 2
