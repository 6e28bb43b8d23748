"""Pages of the history: what is told to whom, page by page, and how an old version comes back."""

import pytest

from accounts import versions
from sentra import history as history_of
from sentra.models import IKM, Certificate, Contact, Photo, Sentra, YearlyFigures
from tests.factories import (
    make_branch,
    make_certificate,
    make_figures,
    make_file,
    make_ikm,
    make_photo,
    make_product,
    make_sentra,
    make_user,
    take_out_of_use,
)
from tests.ovop_site.crawling import Page
from tests.sentra.filling import open_form, page_text, send
from wilayah.models import Wilayah

BENTAR, BENTARSARI = "33.29.01.2002", "33.29.01.2003"

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture(autouse=True)
def branch(areas):
    return make_branch()


@pytest.fixture
def warsih():
    return make_ikm(name="Sale Warsih", wilayah=BENTAR)


def edit(row):
    return f"{row.get_absolute_url()}ubah/"


def history(row):
    return f"{row.get_absolute_url()}riwayat/"


def change(client, row, **typed):
    """Changes `row` on its page as a person does."""
    response = client.post(edit(row), open_form(client, edit(row)) | typed)
    assert response.status_code == 303, response.content.decode()


def entries(response):
    """(kind, who, fields as (label, before, after)) of each entry."""
    return [
        (one.kind, one.who, [(field.label, field.before, field.after) for field in one.fields])
        for one in response.context["told"].entries
    ]


def version_page(row, number=-1):
    """The address of a version of `row`; the first by default."""
    return f"{history(row)}{list(versions.versions_of(row))[number].pgh_id}/"


def restore(client, address):
    """Opens the page of a version and presses its button."""
    page = Page(address, client.get(address).content.decode())
    (form,) = [form for form in page.forms if "/ubah/" in form.address]
    return client.post(form.address, form.hidden)


# What is told


def test_history_says_who_when_and_each_field_before_and_after(signed_in, officer):
    sentra = make_sentra(name="Sale", wilayah=BENTAR, created_by=officer)
    change(signed_in(officer), sentra, name="Sale Pisang", state="aktif", checked_on="2026-11-01")

    response = signed_in(officer).get(history(sentra))

    changed, begun = entries(response)
    assert changed == (
        "update",
        str(officer),
        [
            ("Nama sentra", "Sale", "Sale Pisang"),
            ("Keadaan", "Belum diperiksa", "Aktif"),
            ("Terakhir diperiksa", "kosong", "1 November 2026"),
        ],
    )
    assert begun[0] == "insert"
    assert "WIB" in page_text(response)


def test_fields_are_told_in_the_order_of_the_form(signed_in, officer):
    sentra = make_sentra(name="Sentra Sale", wilayah=BENTAR)
    client = signed_in(officer)

    change(client, sentra, latitude="-6,9", longitude="109,0", story="Sejak 1980.", name="Sentra Sale Pisang")

    told = client.get(history(sentra)).context["told"].entries[0].fields
    assert [field.name for field in told][:3] == ["name", "latitude", "longitude"]
    assert told[-1].name == "story"


def test_save_of_firm_and_contact_is_one_entry(signed_in, officer, warsih):
    change(signed_in(officer), warsih, address="Jalan Satu", phone="081234567890")

    response = signed_in(officer).get(history(warsih))

    assert entries(response)[0][2] == [("Alamat", "kosong", "Jalan Satu"), ("Telepon", "kosong", "081234567890")]


def test_contact_alone_is_told_with_what_it_was_before(signed_in, officer, warsih):
    client = signed_in(officer)
    change(client, warsih, phone="081111111111")
    change(client, warsih, phone="082222222222")

    told = entries(client.get(history(warsih)))

    assert [fields for _kind, _who, fields in told[:2]] == [
        [("Telepon", "081111111111", "082222222222")],
        [("Telepon", "kosong", "081111111111")],
    ]


@pytest.mark.parametrize("role", ["leader", "narrow"])
def test_who_may_not_see_the_contact_learns_nothing_of_it(signed_in, officer, role):
    """The contact exists, was changed twice, and is shown to the officer; here not even that it was changed."""
    ikm = make_ikm(name="Sale Warsih", wilayah="33.29.01")
    client = signed_in(officer)
    change(client, ikm, phone="081111111111", owner="Warsih")
    change(client, ikm, phone="082222222222")
    assert "082222222222" in page_text(client.get(history(ikm)))
    reader = {"leader": ("leader", "33.29"), "narrow": ("officer", BENTAR)}[role]

    client = signed_in(make_user("", reader))
    listed, compared = client.get(history(ikm)), client.get(version_page(ikm))

    assert [kind for kind, _who, _fields in entries(listed)] == ["insert"]
    assert client.get(version_page(ikm, 0)).status_code == 404
    for page in (listed, compared):
        assert page.status_code == 200
        for word in ("08111", "08222", "Warsih</", "Telepon", "Nama pemilik"):
            assert word not in page.content.decode().replace("Sale Warsih</", "")


def test_a_change_of_the_contact_alone_is_no_change_of_the_firm_for_those_who_may_not_see_it(
    signed_in, officer, leader, warsih
):
    """The list sorted by "diubah", and "diubah sejak", told a pimpinan that a contact had changed."""
    warsih.refresh_from_db()
    changed_at = warsih.changed_at
    change(signed_in(officer), warsih, owner="Warsih", phone="081234567890")
    change(signed_in(officer), warsih, owner="Warsih Lagi")

    warsih.refresh_from_db()

    assert (warsih.changed_at, warsih.revision) == (changed_at, 3)
    change(signed_in(officer), warsih, owner="Warsih", address="Jalan Raya 1")
    warsih.refresh_from_db()
    assert warsih.changed_at > changed_at


def test_sections_tell_of_papers_photos_figures_and_notes(signed_in, officer, warsih):
    make_certificate(ikm=warsih, number="ID-1")
    photo = make_photo(ikm=warsih, file=make_file(by=officer), caption="Rak")
    make_figures(ikm=warsih, year=2024, workers_unsplit=4)
    Photo.objects.filter(pk=photo.pk).update(caption="Rak bambu")
    Photo.objects.filter(pk=photo.pk).delete()
    client = signed_in(officer)

    told = {key: client.get(f"{history(warsih)}?bagian={key}") for key in ("surat", "foto", "angka", "catatan")}

    assert [(one.kind, one.title) for one in told["foto"].context["told"].entries] == [
        ("delete", "Rak bambu"),
        ("update", "Rak bambu"),
        ("insert", "Rak"),
    ]
    assert [one.title for one in told["surat"].context["told"].entries] == ["Halal ID-1"]
    assert [one.kind for one in told["angka"].context["told"].entries] == ["insert"]
    assert told["catatan"].context["told"].entries == []
    assert "Belum ada riwayat di bagian ini." in page_text(told["catatan"])


def test_history_of_a_deleted_photo_stays_for_who_sees_its_record(signed_in, officer, stranger, warsih):
    photo = make_photo(ikm=warsih, file=make_file(by=officer), caption="Rak")
    address = history(photo)
    photo.delete()

    assert [kind for kind, _who, _fields in entries(signed_in(officer).get(address))] == ["delete", "insert"]
    assert signed_in(stranger).get(address).status_code == 404


@pytest.mark.parametrize("path", ["/foto/{}/riwayat/", "/sentra/{}/riwayat/", "/catatan/{}/riwayat/"])
def test_history_of_nothing_is_not_found(signed_in, officer, path):
    response = signed_in(officer).get(path.format("01a20bed-1032-7476-a6d5-717956430d91"))

    assert response.status_code == 404


def test_history_of_the_admin_and_of_commands_says_so(signed_in, officer):
    sentra = make_sentra()

    response = signed_in(officer).get(history(sentra))

    assert "langsung di basis data" in page_text(response)


def test_long_history_is_read_page_by_page(signed_in, officer):
    sentra = make_sentra(name="Nama 0")
    for number in range(1, 46):
        Sentra.objects.filter(pk=sentra.pk).update(name=f"Nama {number}")
    client, address, names = signed_in(officer), history(sentra), []
    while address:
        response = client.get(address)
        names += [fields[0][2] for kind, _who, fields in entries(response) if kind == "update"]
        older = response.context["told"].older
        address = f"{history(sentra)}?sebelum={older}" if older else None

    assert names == [f"Nama {number}" for number in range(45, 0, -1)]


@pytest.mark.parametrize("key", ["x", "-1", "0", "9" * 30, "²"])
def test_key_that_is_none_is_left_out(signed_in, officer, key):
    assert signed_in(officer).get(f"{history(make_sentra())}?sebelum={key}").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_history_asks_as_often_for_three_changes_as_for_one(
    signed_in, officer, warsih, rows, django_assert_num_queries
):
    client = signed_in(officer)
    for number in range(rows):
        change(client, warsih, address=f"Jalan {number}", phone=f"08123456789{number}")
    client.get("/")  # shows the messages, which are then forgotten

    with django_assert_num_queries(9):
        response = client.get(history(warsih))

    assert len(entries(response)) == rows + 1


# Comparing and restoring


def test_version_shows_what_restoring_would_change(signed_in, officer):
    sentra = make_sentra(name="Sale", wilayah=BENTAR)
    change(signed_in(officer), sentra, name="Sale Pisang", founded="1998")

    response = signed_in(officer).get(version_page(sentra))

    assert [(one.label, one.before, one.after) for one in response.context["changing"]] == [
        ("Nama sentra", "Sale Pisang", "Sale"),
        ("Tahun berdiri", "1998", "kosong"),
    ]
    assert "Kembalikan ke versi ini" in page_text(response)


def test_restored_version_is_a_new_change(signed_in, officer):
    sentra = make_sentra(name="Sale", wilayah=BENTAR, latitude="-7.1", longitude="108.9", position_source="manual")
    before = Sentra.objects.values().get()
    client = signed_in(officer)
    change(client, sentra, name="Sale Pisang", wilayah=BENTARSARI, latitude="-7,2", longitude="109", founded="1998")

    response = restore(client, version_page(sentra))

    after = Sentra.objects.values().get()
    assert response.status_code == 303
    changed = {name for name in before if before[name] != after[name]} - {"revision", "changed_at", "position_at"}
    assert changed == set()
    assert after["revision"] == 3
    assert [kind for kind, _who, _fields in entries(client.get(history(sentra)))] == ["update", "update", "insert"]


def test_contact_comes_back_with_the_version_of_its_firm(signed_in, officer, warsih):
    client = signed_in(officer)
    change(client, warsih, phone="081111111111", owner="Warsih")
    old = version_page(warsih, 0)
    change(client, warsih, phone="082222222222", address="Jalan Dua")

    response = client.get(old)
    assert [(one.label, one.before, one.after) for one in response.context["changing"]] == [
        ("Alamat", "Jalan Dua", "kosong"),
        ("Telepon", "082222222222", "081111111111"),
    ]

    assert restore(client, old).status_code == 303
    contact = Contact.objects.get()
    assert (contact.phone, contact.owner, IKM.objects.get().address) == ("081111111111", "Warsih", "")


def test_result_and_files_do_not_come_back(signed_in, officer):
    product = make_product(name="Sale")
    type(product).objects.update(name="Sale gulung", star=4, star_authority="kabkota", star_until="2030-01-01")
    client = signed_in(officer)
    address = version_page(product)

    response = client.get(address)
    restore(client, address)

    assert [one.label for one in response.context["changing"]] == ["Nama produk"]
    assert [one.label for one in response.context["staying"]] == ["Bintang", "Penilai", "Berlaku sampai"]
    product.refresh_from_db()
    assert (product.name, product.star) == ("Sale", 4)


def test_what_cannot_come_back_is_said_in_the_form_that_holds_the_old_values(signed_in, officer):
    sentra = make_sentra(name="Sale", wilayah=BENTAR)
    client = signed_in(officer)
    change(client, sentra, name="Sale Pisang", wilayah=BENTARSARI)
    Wilayah.objects.filter(pk=BENTAR).update(valid_until="2020-01-01")

    response = restore(client, version_page(sentra))

    assert response.status_code == 422
    assert "tidak berlaku lagi" in response.context["form"].errors["wilayah"][0]
    assert response.context["form"]["name"].value() == "Sale"
    assert Sentra.objects.get().name == "Sale Pisang"


def test_nib_that_is_taken_meanwhile_is_said(signed_in, officer, warsih):
    IKM.objects.filter(pk=warsih.pk).update(nib="1234567890123")
    IKM.objects.filter(pk=warsih.pk).update(nib="")
    make_ikm(nib="1234567890123")

    response = restore(signed_in(officer), version_page(warsih, 1))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["nib"])


def test_record_changed_after_the_page_of_the_version_was_opened_is_asked(signed_in, officer):
    sentra = make_sentra(name="Sale", wilayah=BENTAR)
    client = signed_in(officer)
    change(client, sentra, name="Sale Pisang")
    address = version_page(sentra)
    page = Page(address, client.get(address).content.decode())
    Sentra.objects.update(name="Nama rekan")

    (form,) = [form for form in page.forms if "/ubah/" in form.address]
    response = client.post(form.address, form.hidden)

    assert response.status_code == 409
    assert Sentra.objects.get().name == "Nama rekan"


def test_present_version_says_that_nothing_differs(signed_in, officer):
    sentra = make_sentra()

    response = signed_in(officer).get(version_page(sentra))

    assert "Versi ini sama dengan keadaan sekarang." in page_text(response)
    assert "Kembalikan" not in page_text(response)


@pytest.mark.parametrize("kind", ["certificate", "photo"])
def test_papers_and_captions_come_back(signed_in, officer, warsih, kind):
    make = {
        "certificate": lambda: make_certificate(ikm=warsih, number="ID-1"),
        "photo": lambda: make_photo(ikm=warsih, file=make_file(by=officer), caption="Rak"),
    }[kind]
    row = make()
    column, value = {"certificate": ("number", "ID-1"), "photo": ("caption", "Rak")}[kind]
    type(row).objects.update(**{column: "Lain"})

    response = restore(signed_in(officer), version_page(row))

    row.refresh_from_db()
    assert (response.status_code, getattr(row, column)) == (303, value)


@pytest.mark.parametrize("reader", ["leader", "deactivated"])
def test_who_may_not_change_compares_and_is_offered_no_button(signed_in, officer, verifier, leader, reader):
    sentra = make_sentra(name="Sale", wilayah=BENTAR)
    Sentra.objects.update(name="Sale Pisang")
    if reader == "deactivated":
        sentra.refresh_from_db()
        take_out_of_use(sentra, by=verifier)
        sentra.save()

    response = signed_in(leader if reader == "leader" else officer).get(version_page(sentra))

    assert response.status_code == 200
    assert response.context["restoring"] is None
    assert ("Nama sentra", "Sale Pisang", "Sale") in [
        (one.label, one.before, one.after) for one in response.context["changing"]
    ]
    assert "Kembalikan" not in page_text(response)


def test_version_of_another_record_is_not_found(signed_in, officer):
    one, other = make_sentra(), make_sentra()
    number = versions.versions_of(other).first().pgh_id

    assert signed_in(officer).get(f"{history(one)}{number}/").status_code == 404
    assert signed_in(officer).get(f"{history(one)}{'9' * 18}/").status_code == 404


@pytest.mark.parametrize("model", ["sentra", "ikm", "product", "certificate"])
def test_version_stays_below_twelve_queries(signed_in, officer, warsih, model, django_assert_max_num_queries):
    sentra = make_sentra()
    row = {
        "sentra": lambda: sentra,
        "ikm": lambda: make_ikm(sentra=sentra),
        "product": lambda: make_product(ikm=warsih),
        "certificate": lambda: make_certificate(ikm=warsih),
    }[model]()
    column = "number" if model == "certificate" else "name"
    type(row).objects.filter(pk=row.pk).update(**{column: "Lain"})
    client = signed_in(officer)

    with django_assert_max_num_queries(12):
        client.get(version_page(row))


def test_restoring_what_was_never_changed_back_leaves_the_mark_of_the_check(signed_in, officer, warsih):
    certificate = make_certificate(ikm=warsih, number="ID-1")
    Certificate.objects.update(number="ID-2")

    assert restore(signed_in(officer), version_page(certificate)).status_code == 303
    assert send(signed_in(officer), edit(certificate)).status_code == 303


# Yearly figures


def figures_version(subject, number=-1):
    """The address of a version of the figures of `subject`; the first by default."""
    found = list(history_of.figures_versions(subject).order_by("-pgh_id"))
    return f"{subject.get_absolute_url()}angka/riwayat/{found[number].pgh_id}/"


def restore_figures(client, address):
    page = Page(address, client.get(address).content.decode())
    (form,) = [form for form in page.forms if form.address.endswith("/angka/")]
    return client.post(form.address, form.hidden)


@pytest.mark.parametrize("make", [make_ikm, make_sentra])
def test_figures_of_a_version_come_back_as_a_new_change_and_other_years_stay(signed_in, officer, make):
    subject = make(wilayah=BENTAR)
    kind = {subject._meta.model_name: subject}
    row = make_figures(**kind, year=2024, workers_unsplit=4, investment=1_500_000, volume=12, volume_unit="kg")
    make_figures(**kind, year=2023, workers_unsplit=3)
    YearlyFigures.objects.filter(pk=row.pk).update(workers_unsplit=40, investment=None)
    client = signed_in(officer)

    listed = client.get(f"{history(subject)}?bagian=angka").text
    address = next(
        one for one in [figures_version(subject, number) for number in (-1, -2)] if "2024" in client.get(one).text
    )
    response = restore_figures(client, address)

    assert address in listed
    assert response.status_code == 303
    row.refresh_from_db()
    assert (row.workers, row.investment, row.volume, row.volume_unit) == (4, 1_500_000, 12, "kg")
    assert (row.revision, subject.figures.count()) == (3, 2)


def test_figures_that_were_cleared_are_recorded_anew(signed_in, officer, warsih):
    make_figures(ikm=warsih, year=2024, workers_men=0, workers_women=4)
    warsih.figures.all().delete()
    client = signed_in(officer)

    response = restore_figures(client, figures_version(warsih, 0))

    assert response.status_code == 303
    row = warsih.figures.get()
    assert (row.year, row.workers_men, row.workers_women, row.wilayah_id) == (2024, 0, 4, BENTAR)


def test_figures_changed_after_the_version_was_opened_are_asked_about(signed_in, officer, warsih):
    row = make_figures(ikm=warsih, year=2024, workers_unsplit=4)
    YearlyFigures.objects.filter(pk=row.pk).update(workers_unsplit=40)
    client = signed_in(officer)
    address = figures_version(warsih)
    (form,) = [form for form in Page(address, client.get(address).text).forms if form.address.endswith("/angka/")]
    YearlyFigures.objects.filter(pk=row.pk).update(workers_unsplit=41)

    response = client.post(form.address, form.hidden)

    assert response.status_code == 409
    assert "Diubah dua orang" in page_text(response)


def test_versions_of_figures_are_read_by_who_sees_the_record_alone(signed_in, leader, stranger, warsih):
    make_figures(ikm=warsih, year=2024, workers_unsplit=4)
    YearlyFigures.objects.update(workers_unsplit=5)
    other = make_ikm(wilayah=BENTAR)
    address = figures_version(warsih)

    response = signed_in(leader).get(address)

    assert response.status_code == 200
    assert "Kembalikan ke versi ini" not in page_text(response)
    assert signed_in(stranger).get(address).status_code == 404
    foreign = address.replace(str(warsih.pk), str(other.pk))
    assert signed_in(leader).get(foreign).status_code == 404
