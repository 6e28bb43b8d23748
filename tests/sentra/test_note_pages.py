"""The journal: who writes, reads, changes and withdraws a note, and what a page shows of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.versions import versions_of
from sentra import notes
from sentra.models import Note
from tests.factories import make_ikm, make_note, make_product, make_sentra, make_user, take_out_of_use
from tests.sentra.filling import filled, open_form, page_text, send

VILLAGE, KECAMATAN = "33.29.01.2003", "33.29.01"

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture
def sentra():
    return make_sentra(name="Sale", wilayah=KECAMATAN)


def journal(subject):
    return f"{subject.get_absolute_url()}catatan/"


def shown(response):
    return [note.text for note in response.context["listing"].page]


@pytest.mark.parametrize("make", [make_sentra, make_ikm, make_product])
def test_note_is_written_about_each_kind_of_record(signed_in, officer, make):
    subject = make()

    response = send(signed_in(officer), f"{journal(subject)}baru/", text="Ketua minta pelatihan.", kind="kunjungan")

    note = Note.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"{journal(subject)}#catatan-{note.pk}")
    assert (note.subject, note.day, note.kind, note.created_by) == (
        subject,
        timezone.localdate(),
        "kunjungan",
        officer,
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "\u200b"}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "x", "day": "2100-01-01"}, "day"),
        ({"text": "x", "day": ""}, "day"),
        ({"text": "x", "kind": "rahasia"}, "kind"),
    ],
)
def test_bad_note_is_told_at_its_field_and_kept(signed_in, officer, sentra, typed, field):
    response = send(signed_in(officer), f"{journal(sentra)}baru/", **typed)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Note.objects.exists()


def test_help_says_that_contact_data_do_not_belong_here(signed_in, officer, sentra):
    assert "Jangan menulis nomor telepon" in page_text(signed_in(officer).get(f"{journal(sentra)}baru/"))


def test_journal_shows_the_latest_day_first(signed_in, officer, sentra):
    today = timezone.localdate()
    for days, text in ((3, "Lama"), (0, "Baru"), (1, "Kemarin")):
        make_note(sentra=sentra, created_by=officer, text=text, day=today - timedelta(days=days))

    assert shown(signed_in(officer).get(journal(sentra))) == ["Baru", "Kemarin", "Lama"]


def test_page_of_the_record_shows_the_three_latest(signed_in, officer, sentra):
    for number in range(4):
        make_note(
            sentra=sentra, created_by=officer, text=f"Isi {number}", day=timezone.localdate() - timedelta(days=number)
        )

    page = page_text(signed_in(officer).get(sentra.get_absolute_url()))

    assert [f"Isi {number}" in page for number in range(4)] == [True, True, True, False]
    assert "Semua catatan" in page


READING = {
    ("officer", VILLAGE): 200,
    ("officer", "33.29"): 200,
    ("verifier", "33.29"): 200,
    ("leader", "33.29"): 200,
    ("assessor", "33.29"): 404,
    ("officer", "33.28"): 404,
}


@pytest.mark.parametrize(("role", "area"), READING)
def test_who_sees_the_record_reads_its_journal(signed_in, officer, sentra, role, area):
    make_note(sentra=sentra, created_by=officer)

    response = signed_in(make_user("", (role, area))).get(journal(sentra))

    assert response.status_code == READING[role, area]
    if response.status_code == 200:
        assert shown(response) == ["Rak jemur rusak."]


WRITING = {
    ("officer", "33.29"): 200,
    ("verifier", "33.29"): 200,
    ("officer", VILLAGE): 403,
    ("leader", "33.29"): 403,
    ("assessor", "33.29"): 404,
    ("officer", "33.28"): 404,
}


@pytest.mark.parametrize(("role", "area"), WRITING)
def test_who_may_edit_the_record_writes(signed_in, sentra, role, area):
    client = signed_in(make_user("", (role, area)))

    assert client.get(f"{journal(sentra)}baru/").status_code == WRITING[role, area]


@pytest.mark.parametrize(
    ("who", "page", "status"),
    [
        ("verifier", "ubah", 403),
        ("verifier", "tarik", 409),
        ("verifier", "tampilkan", 403),
        *(("leader", page, 403) for page in ("ubah", "tarik", "tampilkan")),
        *(("stranger", page, 404) for page in ("ubah", "tarik", "tampilkan")),
    ],
)
def test_only_its_writer_changes_a_note(signed_in, officer, request, sentra, who, page, status):
    note = make_note(sentra=sentra, created_by=officer)
    client = signed_in(request.getfixturevalue(who))
    key = {"idempotency_key": "01a20bed-1032-7476-a6d5-717956430d91", "id": note.pk}

    assert client.post(f"/catatan/{note.pk}/{page}/", key).status_code == status
    note.refresh_from_db()
    assert note.revision == 1


def test_note_of_a_record_out_of_use_is_only_read(signed_in, officer, verifier, sentra):
    note = make_note(sentra=sentra, created_by=officer)
    take_out_of_use(sentra, by=verifier)
    sentra.save()
    client = signed_in(officer)

    assert client.get(f"/catatan/{note.pk}/ubah/").status_code == 403
    assert shown(client.get(journal(sentra))) == ["Rak jemur rusak."]


def test_writer_changes_the_own_note(signed_in, officer, sentra):
    note = make_note(sentra=sentra, created_by=officer)

    response = send(signed_in(officer), f"/catatan/{note.pk}/ubah/", text="Rak jemur diperbaiki.")

    note.refresh_from_db()
    assert (response.status_code, note.text) == (303, "Rak jemur diperbaiki.")


def test_note_changed_in_two_tabs_is_asked(signed_in, officer, sentra):
    note = make_note(sentra=sentra, created_by=officer)
    client = signed_in(officer)
    form = open_form(client, f"/catatan/{note.pk}/ubah/", text="Tab satu")
    Note.objects.update(text="Tab dua")

    refused = client.post(f"/catatan/{note.pk}/ubah/", form)
    accepted = client.post(f"/catatan/{note.pk}/ubah/", filled(refused.context["form"]) | {"pilih-text": "saya"})

    assert (refused.status_code, accepted.status_code, Note.objects.get().text) == (409, 303, "Tab satu")


def test_withdrawn_note_is_read_by_its_writer_alone_and_comes_back(signed_in, officer, verifier, sentra):
    note = make_note(sentra=sentra, created_by=officer)
    send(signed_in(officer), f"/catatan/{note.pk}/tarik/")

    own, others = signed_in(officer).get(journal(sentra)), None
    assert shown(own) == ["Rak jemur rusak."]
    assert "Hanya Anda yang masih melihatnya." in page_text(own)
    assert "Rak jemur" not in page_text(signed_in(officer).get(sentra.get_absolute_url()))
    others = signed_in(verifier)
    assert shown(others.get(journal(sentra))) == []
    assert others.get(f"/catatan/{note.pk}/riwayat/").status_code == 404
    assert "Rak jemur" not in page_text(others.get(f"{sentra.get_absolute_url()}riwayat/?bagian=catatan"))

    form = filled(own.context["listing"].page[0].form)
    assert signed_in(officer).post(f"/catatan/{note.pk}/tampilkan/", form).status_code == 303
    assert shown(signed_in(verifier).get(journal(sentra))) == ["Rak jemur rusak."]


def test_a_verifier_withdraws_the_note_of_another_with_a_reason_both_read(
    signed_in, officer, verifier, other_verifier, sentra
):
    note = make_note(sentra=sentra, created_by=officer)
    address = f"/catatan/{note.pk}/tarik/"

    without = send(signed_in(verifier), address, reason=" ")
    response = send(signed_in(verifier), address, reason="Memuat nomor telepon.")

    assert (without.status_code, response.status_code) == (422, 303)
    assert "Tulis mengapa catatan ini ditarik." in page_text(without)
    told = f"Ditarik {verifier} dengan alasan: Memuat nomor telepon."
    for reader in (officer, verifier):
        page = signed_in(reader).get(journal(sentra))
        assert shown(page) == ["Rak jemur rusak."]
        assert told in page_text(page)
    assert shown(signed_in(other_verifier).get(journal(sentra))) == []
    newest = versions_of(note).first()
    assert (newest.withdrawn_by_id, newest.withdrawal_reason) == (verifier.pk, "Memuat nomor telepon.")


def test_what_a_verifier_withdrew_only_that_verifier_shows_again(signed_in, officer, verifier, sentra):
    note = make_note(sentra=sentra, created_by=officer)
    send(signed_in(verifier), f"/catatan/{note.pk}/tarik/", reason="Memuat nomor telepon.")
    client = signed_in(verifier)
    form = filled(client.get(journal(sentra)).context["listing"].page[0].form)

    assert signed_in(officer).get(journal(sentra)).context["listing"].page[0].form is None
    refused = signed_in(officer).post(f"/catatan/{note.pk}/tampilkan/", form)
    accepted = signed_in(verifier).post(f"/catatan/{note.pk}/tampilkan/", form)

    assert (refused.status_code, accepted.status_code) == (403, 303)
    note.refresh_from_db()
    assert (note.withdrawn_at, note.withdrawn_by, note.withdrawal_reason) == (None, None, "")


@pytest.mark.parametrize("page", ["tarik", "tampilkan"])
def test_step_on_a_note_that_was_changed_meanwhile_is_refused(signed_in, officer, sentra, page):
    note = make_note(sentra=sentra, created_by=officer)
    client = signed_in(officer)
    form = open_form(client, f"/catatan/{note.pk}/tarik/")
    Note.objects.update(text="Lain")

    assert client.post(f"/catatan/{note.pk}/{page}/", form).status_code == 409


def test_subject_that_moved_away_takes_no_note_any_more(signed_in, officer, sentra):
    client = signed_in(officer)
    form = open_form(client, f"{journal(sentra)}baru/", text="x")
    type(sentra).objects.update(wilayah="32.08")

    assert client.post(f"{journal(sentra)}baru/", form).status_code == 404
    assert not Note.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_journal_asks_as_often_for_three_notes_as_for_one(signed_in, officer, sentra, rows, django_assert_num_queries):
    for _number in range(rows):
        make_note(sentra=sentra, created_by=officer)
    client = signed_in(officer)

    with django_assert_num_queries(6):
        response = client.get(journal(sentra))

    assert len(shown(response)) == rows


def test_long_journal_goes_on_to_the_next_page(signed_in, officer, sentra):
    for number in range(51):
        make_note(sentra=sentra, created_by=officer, text=f"Isi {number}")
    client = signed_in(officer)

    first = client.get(journal(sentra))
    second = client.get(f"{journal(sentra)}?setelah={first.context['listing'].next}")

    assert len(shown(first)) == 50
    assert shown(second) == ["Isi 0"]


def test_latest_are_three_of_those_that_stand(officer, sentra):
    for number in range(5):
        make_note(sentra=sentra, created_by=officer, text=f"Isi {number}")
    Note.objects.filter(text="Isi 4").update(withdrawn_at=timezone.now())
    make_note(sentra=make_sentra(), created_by=officer)

    row = type(sentra).objects.annotate(latest_notes=notes.latest_notes("sentra")).get(pk=sentra.pk)

    assert [(note.text, str(note.created_by)) for note in notes.latest_of(row)] == [
        (f"Isi {number}", str(officer)) for number in (3, 2, 1)
    ]
