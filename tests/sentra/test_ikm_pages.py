"""Pages of the IKM: contact data, NIB, the sentra it belongs to, and where both may be changed."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from files.models import StoredFile
from outbox.uuid7 import uuid7
from sentra.models import IKM, Contact, Product
from tests.factories import make_branch, make_certificate, make_file, make_ikm, make_product, make_sentra, make_user
from tests.files.samples import jpeg, upload
from tests.sentra.filling import filled, open_form, page_text, send

BENTAR, BENTARSARI, SLAWI_KULON = "33.29.01.2002", "33.29.01.2003", "33.28.10.2004"
NEW = "/ikm/baru/"
TYPED = {"name": "Sale Bu Warsih", "branch": "pangan", "wilayah": BENTARSARI, "nib": "9120 0041 7123 4"}
CONTACT = {"owner": "Warsih", "phone": "0812-3456-7890", "email": "warsih@contoh.id"}

pytestmark = pytest.mark.usefixtures("areas")


@pytest.fixture(autouse=True)
def branch(areas):
    return make_branch()


@pytest.fixture
def warsih():
    ikm = make_ikm(name="Sale Bu Warsih", wilayah=BENTARSARI, nib="9120004171234")
    Contact.objects.create(ikm=ikm, owner="Warsih", phone="081234567890", email="warsih@contoh.id")
    ikm.refresh_from_db()
    return ikm


def edit(ikm: IKM) -> str:
    return f"/ikm/{ikm.pk}/ubah/"


def photo(name: str = "nib.jpg") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 30), "white").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


# List and detail


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_often_for_three_rows_as_for_one(signed_in, officer, django_assert_num_queries, rows):
    for _number in range(rows):
        make_product(ikm=make_ikm(sentra=make_sentra()))
    client = signed_in(officer)

    with django_assert_num_queries(9):
        response = client.get("/ikm/")

    assert response.context["heading"] == f"{rows} IKM di Kab. Brebes"


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_asks_as_often_for_three_products_as_for_one(signed_in, officer, django_assert_num_queries, rows):
    ikm = make_ikm(sentra=make_sentra())
    for _number in range(rows):
        make_certificate(product=make_product(ikm=ikm))
    client = signed_in(officer)

    with django_assert_num_queries(10):
        client.get(ikm.get_absolute_url())


def test_list_of_one_sentra_keeps_its_filter_while_searching(signed_in, officer):
    sentra = make_sentra(name="Sale Pisang")
    make_ikm(name="Anggota", sentra=sentra)
    make_ikm(name="Bukan")

    response = signed_in(officer).get(f"/ikm/?sentra={sentra.pk}")

    assert [row.name for row in response.context["listing"].page] == ["Anggota"]
    assert f'<input type="hidden" name="sentra" value="{sentra.pk}"' in page_text(response)
    assert "Sentra: Sale Pisang" in page_text(response)


def test_list_filtered_by_a_sentra_that_is_not_seen_says_so(signed_in, officer):
    make_ikm()

    response = signed_in(officer).get(f"/ikm/?sentra={make_sentra(wilayah=SLAWI_KULON).pk}")

    assert response.status_code == 200
    assert "Saringan ini menunjuk data yang tidak ada di wilayah tugas Anda." in page_text(response)


@pytest.mark.parametrize(
    ("role", "area", "shown"),
    [
        ("officer", "33.29", True),
        ("verifier", "33.29.01", True),
        ("leader", "33.29", False),
        ("leader", None, False),
        ("officer", "33.29.01.2003", True),
    ],
)
def test_contact_is_shown_only_to_those_who_work_in_the_area(signed_in, warsih, role, area, shown):
    text = page_text(signed_in(make_user("", (role, area))).get(warsih.get_absolute_url()))

    assert [word in text for word in ("081234567890", "warsih@contoh.id")] == [shown, shown]
    assert ("Kontak hanya terlihat oleh petugas dan verifikator wilayah ini." in text) is not shown


def test_contact_of_a_wider_record_is_not_shown(signed_in):
    wider = make_ikm(wilayah="33.29")
    Contact.objects.create(ikm=wider, phone="081234567890")

    response = signed_in(make_user("", ("officer", "33.29.01"))).get(wider.get_absolute_url())

    assert response.status_code == 200
    assert "081234567890" not in page_text(response)


def test_paper_of_the_nib_is_linked_only_for_those_who_may_open_it(signed_in, officer, leader, warsih):
    paper = make_file(by=officer)
    IKM.objects.filter(pk=warsih.pk).update(nib_file=paper)

    assert paper.get_absolute_url() in page_text(signed_in(officer).get(warsih.get_absolute_url()))
    assert paper.get_absolute_url() not in page_text(signed_in(leader).get(warsih.get_absolute_url()))


def test_sentra_outside_the_duty_is_named_and_not_linked(signed_in):
    sentra = make_sentra(name="Jauh", wilayah="33.29.03.2005")
    ikm = make_ikm(sentra=sentra, wilayah=BENTAR)

    text = page_text(signed_in(make_user("", ("officer", "33.29.01"))).get(ikm.get_absolute_url()))

    assert "Jauh" in text
    assert sentra.get_absolute_url() not in text


# Who may open what


def test_ikm_of_another_kabupaten_is_not_there(signed_in, officer):
    foreign = make_ikm(wilayah=SLAWI_KULON)
    client = signed_in(officer)

    assert [client.get(address).status_code for address in (foreign.get_absolute_url(), edit(foreign))] == [404, 404]


def test_ikm_that_is_seen_and_not_inside_the_duty_cannot_be_changed(signed_in):
    wider = make_ikm(wilayah="33.29")
    client = signed_in(make_user("", ("verifier", "33.29.01")))

    assert client.get(edit(wider)).status_code == 403
    assert client.post(edit(wider), {"idempotency_key": uuid7()}).status_code == 403


# Adding


def test_new_ikm_is_stored_with_its_contact(signed_in, officer):
    response = send(signed_in(officer), NEW, **TYPED | CONTACT)

    ikm = IKM.objects.get()
    assert (response.status_code, response["Location"]) == (303, ikm.get_absolute_url())
    assert (ikm.name, ikm.nib, ikm.created_by) == ("Sale Bu Warsih", "9120004171234", officer)
    assert (ikm.contact.owner, ikm.contact.phone, ikm.contact.email) == ("Warsih", "081234567890", "warsih@contoh.id")


def test_new_ikm_of_a_sentra_begins_with_what_the_sentra_knows(signed_in, officer, branch):
    sentra = make_sentra(wilayah=BENTAR, branch=branch)

    form = signed_in(officer).get(f"{NEW}?sentra={sentra.pk}").context["form"]

    assert [form[name].value() for name in ("sentra", "branch", "wilayah")] == [sentra.pk, "pangan", BENTAR]


def test_new_ikm_of_a_sentra_leads_back_to_it_also_after_a_refusal(signed_in, officer):
    address = f"{NEW}?sentra={make_sentra(name='Sale Pisang').pk}"
    client = signed_in(officer)

    pages = [client.get(address), send(client, address, name="")]

    assert [page.status_code for page in pages] == [200, 422]
    assert all(page.context["origin"].name == "Sale Pisang" for page in pages)
    assert all(f'href="{page.context["origin"].get_absolute_url()}"' in page.text for page in pages)


def test_new_ikm_of_a_wide_sentra_still_asks_for_the_village(signed_in, officer):
    sentra = make_sentra(wilayah="33.29")

    form = signed_in(officer).get(f"{NEW}?sentra={sentra.pk}").context["form"]

    assert (form["sentra"].value(), form["wilayah"].value()) == (sentra.pk, None)


@pytest.mark.parametrize("key", ["x", "1", "01920000-0000-7000-8000-000000000001"])
def test_sentra_in_the_address_must_be_one_that_is_seen(signed_in, officer, key):
    foreign = make_sentra(wilayah=SLAWI_KULON)
    client = signed_in(officer)

    assert client.get(f"{NEW}?sentra={key}").status_code == 404
    assert client.get(f"{NEW}?sentra={foreign.pk}").status_code == 404
    assert client.get(f"{NEW}?sentra=").status_code == 200


def test_officer_of_a_kecamatan_adds_a_member_to_the_sentra_of_the_whole_kabupaten(signed_in):
    sentra = make_sentra(wilayah="33.29")

    response = send(signed_in(make_user("", ("officer", "33.29.01"))), NEW, **TYPED | {"sentra": str(sentra.pk)})

    assert response.status_code == 303
    assert IKM.objects.get().sentra == sentra


def test_paper_of_the_nib_is_taken_in_once_also_when_sent_twice(signed_in, officer):
    client = signed_in(officer)
    form = open_form(client, NEW, **TYPED)

    answers = [client.post(NEW, form | {"nib_paper": photo()}) for _attempt in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert IKM.objects.get().nib_file == StoredFile.objects.get()
    assert StoredFile.objects.get().uploaded_by == officer


def test_paper_that_only_pretends_is_told_at_the_field(signed_in, officer):
    script = SimpleUploadedFile("nib.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/jpeg")

    response = send(signed_in(officer), NEW, **TYPED | {"nib_paper": script})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"nib_paper"}
    assert not StoredFile.objects.exists()


def test_nib_taken_elsewhere_is_told_at_the_field_without_saying_whose(signed_in, officer):
    make_ikm(name="IKM Rahasia", wilayah=SLAWI_KULON, nib="9120004171234")

    response = send(signed_in(officer), NEW, **TYPED)

    assert response.status_code == 422
    assert "NIB ini sudah tercatat di wilayah lain." in page_text(response)
    assert "IKM Rahasia" not in page_text(response)


def test_nib_of_an_ikm_in_sight_leads_there(signed_in, officer):
    holder = make_ikm(name="Sale Lama", wilayah=BENTAR, nib="9120004171234")

    response = send(signed_in(officer), NEW, **TYPED)

    assert response.status_code == 422
    assert "NIB ini sudah tercatat pada Sale Lama, Desa Bentar" in page_text(response)
    assert f'href="{holder.get_absolute_url()}"' in response.content.decode()
    assert "Buka Sale Lama" in page_text(response)


# Changing


def test_contact_changed_meanwhile_in_another_way_is_asked(signed_in, officer, warsih):
    client = signed_in(officer)
    before = Contact.objects.get().phone
    form = open_form(client, edit(warsih), phone="081111111111")
    Contact.objects.update(phone="082222222222")

    refused = client.post(edit(warsih), form)

    assert refused.status_code == 409
    (line,) = refused.context["form"].conflicts[0].lines
    assert (line.base, line.theirs, line.mine) == (before, "082222222222", "081111111111")
    assert Contact.objects.get().phone == "082222222222"

    chosen = filled(refused.context["form"]) | {"pilih-phone": "saya"}
    assert client.post(edit(warsih), chosen).status_code == 303
    assert Contact.objects.get().phone == "081111111111"


def test_contact_and_firm_changed_by_two_are_merged(signed_in, officer, warsih):
    """The versions of a contact are counted by its IKM's revisions, also where one save changed both."""
    client = signed_in(officer)
    client.post(edit(warsih), open_form(client, edit(warsih)) | {"address": "Jalan Satu", "owner": "Warsih A"})
    form = open_form(client, edit(warsih)) | {"address": "Jalan Dua"}
    Contact.objects.update(phone="082222222222", owner="Warsih B")

    response = client.post(edit(warsih), form, follow=True)

    assert "tetap dipakai pada: Nama pemilik, Telepon." in page_text(response)
    assert (IKM.objects.get().address, Contact.objects.get().phone) == ("Jalan Dua", "082222222222")


def test_sheet_of_the_nib_replaced_meanwhile_is_not_replaced_unseen(signed_in, officer, warsih):
    client = signed_in(officer)
    form = open_form(client, edit(warsih))
    IKM.objects.update(nib_file=make_file(by=officer))

    refused = client.post(edit(warsih), form | {"nib_paper": upload(jpeg())})

    assert refused.status_code == 409
    assert refused.context["form"].errors == {
        "nib_paper": [
            "Berkas ini diganti orang lain sejak Anda membukanya. Lihat dahulu berkas itu; pilih lagi berkas Anda"
            " hanya bila hendak menggantinya."
        ]
    }
    again = filled(refused.context["form"]) | {"nib_paper": upload(jpeg())}
    assert client.post(edit(warsih), again).status_code == 303


def test_ikm_moves_with_its_products(signed_in, officer, warsih):
    make_product(ikm=warsih)

    response = send(signed_in(officer), edit(warsih), wilayah=BENTAR)

    assert response.status_code == 303
    assert Product.objects.get().wilayah_id == BENTAR


def test_change_without_a_new_paper_keeps_the_old_one(signed_in, officer, warsih):
    paper = make_file(by=officer)
    IKM.objects.filter(pk=warsih.pk).update(nib_file=paper)

    send(signed_in(officer), edit(warsih), name="Sale Warsih")

    assert (IKM.objects.get().name, IKM.objects.get().nib_file) == ("Sale Warsih", paper)


def test_contact_wiped_out_is_empty(signed_in, officer, warsih):
    send(signed_in(officer), edit(warsih), owner=None, phone=None, email=None)

    assert Contact.objects.values_list("owner", "phone", "email").get() == ("", "", "")


def test_unchanged_form_leaves_no_trace(signed_in, officer, warsih):
    before = warsih.revision

    send(signed_in(officer), edit(warsih))

    assert IKM.objects.get().revision == before


def test_form_stays_below_twelve_queries(signed_in, officer, warsih, django_assert_max_num_queries):
    for _number in range(3):
        make_sentra()
    client = signed_in(officer)

    with django_assert_max_num_queries(12):
        client.get(edit(warsih))
