"""What the forms make of what was typed; the pages around them are tested with the views."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from outbox.uuid7 import uuid7
from sentra.forms import choices
from sentra.forms.ikm import IKMContactForm, IKMForm
from sentra.forms.product import ProductForm
from sentra.forms.sentra import SentraForm
from sentra.models import IKM, Contact, Product, Sentra
from tests.factories import make_branch, make_ikm, make_product, make_scope, make_sentra, make_user
from tests.sentra.filling import filled

BENTAR, SLAWI_KULON = "33.29.01.2002", "33.28.10.2004"
MEASURED_AT = "2026-11-12T02:42:00.000Z"
MEASURED = {
    "latitude": "-7,168420",
    "longitude": "108,805170",
    "accuracy": "8",
    "position_source": "gps",
    "position_at": MEASURED_AT,
}


def sentra_form(user, instance=None, **typed) -> SentraForm:
    instance = instance or Sentra()
    page = SentraForm(instance=instance, user=user)
    basics = {"name": "Sale", "commodity": "sale", "branch": "pangan", "wilayah": BENTAR} if page.is_new else {}
    return SentraForm(filled(page, **basics | typed), instance=instance, user=user)


@pytest.fixture(autouse=True)
def branch(areas):
    return make_branch()


def position(form: SentraForm) -> tuple:
    assert form.is_valid(), form.errors
    row = form.instance
    return row.latitude, row.longitude, row.accuracy, row.position_source


def test_measured_position_is_kept_as_measured(officer):
    form = sentra_form(officer, **MEASURED)

    assert position(form) == (Decimal("-7.168420"), Decimal("108.805170"), 8, "gps")
    assert form.instance.position_at == datetime.fromisoformat(MEASURED_AT)


def test_typed_position_is_by_hand_and_has_no_accuracy(officer):
    form = sentra_form(officer, latitude="-7.16842", longitude="108.80517")

    assert position(form) == (Decimal("-7.168420"), Decimal("108.805170"), None, "manual")
    assert timezone.now() - form.instance.position_at < timedelta(minutes=1)


def test_measured_position_typed_over_without_a_script_is_by_hand(officer):
    stored = make_sentra(
        latitude="-7.168420", longitude="108.805170", accuracy=8, position_source="gps", position_at=timezone.now()
    )
    stored.refresh_from_db()

    form = sentra_form(officer, stored, latitude="-7,2")

    assert position(form) == (Decimal("-7.200000"), Decimal("108.805170"), None, "manual")


def test_measured_position_stays_measured_when_something_else_changes(officer):
    taken = timezone.now() - timedelta(days=3)
    stored = make_sentra(
        latitude="-7.168420", longitude="108.805170", accuracy=8, position_source="gps", position_at=taken
    )
    stored.refresh_from_db()

    form = sentra_form(officer, stored, name="Nama baru")

    assert position(form) == (Decimal("-7.168420"), Decimal("108.805170"), 8, "gps")
    assert form.instance.position_at == taken


def test_position_wiped_out_leaves_nothing(officer):
    form = sentra_form(officer, **MEASURED | {"latitude": "", "longitude": ""})

    assert position(form) == (None, None, None, "")


def test_clock_of_a_phone_that_runs_ahead_is_put_right(officer):
    form = sentra_form(officer, **MEASURED | {"position_at": "2999-01-01T00:00:00Z"})

    position(form)
    assert form.instance.position_at <= timezone.now()


@pytest.mark.parametrize("clock", ["0001-01-01T00:00:00", "0001-01-01T00:00:00+23:59", "1970-01-01T00:00:00Z"])
def test_clock_of_a_phone_that_lost_its_time_is_put_right(officer, clock):
    """PostgreSQL stored the year 1 as one before Christ, which nothing could read back: every list was a 500."""
    form = sentra_form(officer, **MEASURED | {"position_at": clock})

    assert position(form)[3] == "gps"
    assert timezone.now() - form.instance.position_at < timedelta(minutes=1)


def test_time_sent_along_with_a_typed_position_does_not_count(officer):
    typed = MEASURED | {"position_source": "manual", "position_at": "0001-01-01T00:00:00"}

    form = sentra_form(officer, **typed)

    assert position(form)[3] == "manual"
    assert timezone.now() - form.instance.position_at < timedelta(minutes=1)


def test_half_a_position_is_told_at_the_field(officer):
    form = sentra_form(officer, latitude="-7,1")

    assert not form.is_valid()
    assert "Isi keduanya, atau kosongkan keduanya." in form.errors["latitude"][0]


def test_swapped_coordinates_are_told_apart(officer):
    form = sentra_form(officer, latitude="108,8", longitude="-7,1")

    assert form.errors == {
        "latitude": ["Lintang Indonesia antara -11,5 dan 6,5. Mungkin tertukar dengan bujur."],
        "longitude": ["Bujur Indonesia antara 94,5 dan 141,5. Mungkin tertukar dengan lintang."],
    }


def test_area_outside_the_duty_says_which_duty(officer):
    form = sentra_form(officer, wilayah=SLAWI_KULON)

    assert form.errors == {
        "wilayah": [
            "Desa Slawi Kulon, Kec. Slawi, Kab. Tegal di luar wilayah tugas Anda (Kab. Brebes). Pilih wilayah di"
            " dalamnya, atau minta petugas wilayah itu mencatatnya."
        ]
    }


def test_state_that_is_known_is_dated_today_by_default(officer):
    form = sentra_form(officer, state="aktif")

    assert form.is_valid(), form.errors
    assert form.instance.checked_on == timezone.localdate()


def test_state_that_is_not_known_has_no_date(officer):
    form = sentra_form(officer, state="belum_diperiksa", checked_on="2026-01-01")

    assert form.is_valid(), form.errors
    assert form.instance.checked_on is None


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"founded": "1790"}, "founded"),
        ({"founded": "98x"}, "founded"),
        ({"founded": "2999"}, "founded"),
        ({"founded": "199800"}, "founded"),
        ({"checked_on": "2999-01-01", "state": "aktif"}, "checked_on"),
        ({"checked_on": "0024-01-01", "state": "aktif"}, "checked_on"),
        ({"kbli": "1031"}, "kbli"),
        ({"name": "   "}, "name"),
        ({"branch": "x"}, "branch"),
        ({"state": "x"}, "state"),
        ({"name": "a" * 151}, "name"),
        ({"story": "a" * 5001}, "story"),
    ],
)
def test_error_stands_at_its_field(officer, entry, field):
    assert {name: len(errors) for name, errors in sentra_form(officer, **entry).errors.items()} == {field: 1}


def test_branch_taken_out_of_use_stays_with_the_record_that_has_it(officer, branch):
    stored = make_sentra(branch=branch)
    branch.is_active = False
    branch.save()

    assert sentra_form(officer, stored, name="Lain").is_valid()
    assert set(sentra_form(officer).errors) == {"branch"}


# IKM


def ikm_form(user, instance=None, form_class=IKMForm, **typed) -> IKMForm:
    instance = instance or IKM()
    page = form_class(instance=instance, user=user)
    basics = {"name": "Sale Bu Warsih", "branch": "pangan", "wilayah": BENTAR} if page.is_new else {}
    return form_class(filled(page, **basics | typed), {}, instance=instance, user=user)


def test_nib_is_cleaned(officer):
    form = ikm_form(officer, nib="9120 0041.7123-4")

    assert form.is_valid(), form.errors
    assert form.instance.nib == "9120004171234"


def test_nib_of_another_ikm_is_told_at_the_field(officer):
    holder = make_ikm(name="Sale Bu Tini", nib="9120004171234")

    form = ikm_form(officer, nib="9120004171234")

    assert form.errors == {
        "nib": [
            "NIB ini sudah tercatat pada Sale Bu Tini, Desa Bentarsari, Kec. Salem, Kab. Brebes. Buka IKM itu, atau"
            " periksa lagi angkanya."
        ]
    }
    assert form.nib_holder == holder


def test_nib_of_an_ikm_out_of_sight_is_told_without_its_name(officer):
    make_ikm(name="IKM Rahasia", nib="9120004171234", wilayah="32.08")

    form = ikm_form(officer, nib="9120004171234")

    assert form.errors == {
        "nib": [
            "NIB ini sudah tercatat di wilayah lain. Periksa lagi angkanya; bila benar, tanyakan kepada verifikator"
            " dinas Anda."
        ]
    }
    assert form.nib_holder is None


def test_second_anchor_of_a_sentra_is_told_at_the_field(officer):
    sentra = make_sentra()
    make_ikm(sentra=sentra, is_anchor=True)

    form = ikm_form(officer, sentra=str(sentra.pk), is_anchor="on")

    assert form.errors == {"is_anchor": ["Sentra ini sudah punya IKM penghela. Satu sentra hanya satu penghela."]}


def test_anchor_needs_a_sentra(officer):
    assert ikm_form(officer, is_anchor="on").errors == {
        "sentra": ["Penghela harus anggota sentra. Pilih sentranya dahulu."]
    }


def offered(form, name) -> list[str]:
    return [str(value) for value, _label in form.fields[name].widget.choices if value]


def test_sentra_that_are_seen_are_offered_by_name_with_their_place(areas):
    officer = make_user("", ("officer", "33.29.01"))
    wide, near = make_sentra(name="B", wilayah="33.29"), make_sentra(name="A", wilayah=BENTAR)
    make_sentra(name="C", wilayah=SLAWI_KULON)

    form = IKMForm(instance=IKM(), user=officer)

    assert list(form.fields["sentra"].widget.choices) == [
        ("", "Tidak dalam sentra"),
        (near.pk, "A, Desa Bentar"),
        (wide.pk, "B, Kab. Brebes"),
    ]


def test_sentra_that_is_not_seen_cannot_be_chosen(officer):
    foreign = make_sentra(wilayah=SLAWI_KULON)

    for sentra in (foreign.pk, uuid7(), "x"):
        assert ikm_form(officer, sentra=str(sentra)).errors == {
            "sentra": ["Pilihan ini sudah nonaktif atau di luar wilayah tugas Anda. Pilih lagi dari daftar."]
        }


def test_too_many_sentra_are_narrowed_to_the_kabupaten_of_the_ikm(areas, monkeypatch):
    monkeypatch.setattr(choices, "OFFERED", 2)
    verifier = make_user("", ("verifier", None))
    brebes = [make_sentra(name=name, wilayah=BENTAR) for name in "AB"]
    slawi = make_sentra(name="C", wilayah=SLAWI_KULON)

    unplaced = IKMForm(instance=IKM(), user=verifier)
    placed = IKMForm(instance=make_ikm(wilayah=BENTAR), user=verifier)
    prefilled = IKMForm(instance=IKM(), user=verifier, initial={"sentra": slawi.pk})

    assert offered(unplaced, "sentra") == []
    assert "buka halaman sentranya lalu pilih “IKM baru”" in unplaced.fields["sentra"].help_text
    assert offered(placed, "sentra") == [str(row.pk) for row in brebes]
    assert offered(prefilled, "sentra") == [str(slawi.pk)]
    assert ikm_form(verifier, sentra=str(slawi.pk)).is_valid()


def test_contact_is_read_from_and_written_to_its_own_row(officer):
    ikm = make_ikm()
    Contact.objects.create(ikm=ikm, owner="Warsih", phone="081234567890")
    ikm.refresh_from_db()

    form = ikm_form(officer, ikm, IKMContactForm, phone="+62 812-3456-7890", email="warsih@contoh.id")

    assert form.is_valid(), form.errors
    contact = form.contact()
    assert (contact.owner, contact.phone, contact.email) == ("Warsih", "+6281234567890", "warsih@contoh.id")


def test_number_out_of_a_contact_list_is_taken(officer):
    """WhatsApp hands numbers over between marks of direction and with dashes of its own; nobody saw what was wrong."""
    form = ikm_form(officer, None, IKMContactForm, phone="\u202a+62\u00a0812\u20113456\u20117890\u202c")

    assert form.is_valid(), form.errors
    assert form.contact().phone == "+6281234567890"


def test_contact_left_empty_makes_no_row_and_wiped_out_empties_it(officer):
    ikm = make_ikm()

    untouched = ikm_form(officer, ikm, IKMContactForm)
    assert untouched.is_valid()
    assert untouched.contact() is None

    Contact.objects.create(ikm=ikm, owner="Warsih")
    ikm.refresh_from_db()
    wiped = ikm_form(officer, ikm, IKMContactForm, owner="")
    assert wiped.is_valid()
    assert wiped.contact().owner == ""


@pytest.mark.parametrize(("entry", "field"), [({"phone": "0812"}, "phone"), ({"email": "warsih"}, "email")])
def test_contact_error_stands_at_its_field(officer, entry, field):
    assert set(ikm_form(officer, None, IKMContactForm, **entry).errors) == {field}


def test_form_without_contact_has_no_contact_fields(officer):
    form = IKMForm(instance=IKM(), user=officer)

    assert {"owner", "phone", "email"}.isdisjoint(form.fields)
    assert [step.id for step in form.steps()] == ["usaha", "tempat", "posisi", "nib"]


# Products


def product_form(user, instance=None, **typed) -> ProductForm:
    instance = instance or Product()
    page = ProductForm(instance=instance, user=user)
    basics = {"name": "Sale", "scope": make_scope().pk} if page.is_new else {}
    return ProductForm(filled(page, **basics | typed), instance=instance, user=user)


def test_product_of_an_ikm(officer):
    form = product_form(officer, ikm=str(make_ikm().pk), price="Rp 12.500", price_unit="bungkus", local_share="80 %")

    assert form.is_valid(), form.errors
    assert (form.instance.price, form.instance.local_share) == (12500, 80)


@pytest.mark.parametrize(
    ("entry", "field", "sentence"),
    [
        ({}, "ikm", "Pilih IKM pembuat atau sentranya."),
        ({"price": "12500"}, "price_unit", "Isi satuan harganya, misalnya bungkus 250 g."),
        ({"local_share": "101"}, "local_share", "Bagian bahan lokal antara 0 dan 100 persen."),
    ],
)
def test_rule_over_several_fields_speaks_at_one(officer, entry, field, sentence):
    maker = {} if field == "ikm" else {"ikm": str(make_ikm().pk)}

    assert product_form(officer, **maker | entry).errors == {field: [sentence]}


def test_ikm_must_be_in_the_sentra_that_is_named_too(officer):
    member, sentra = make_ikm(), make_sentra()

    form = product_form(officer, ikm=str(member.pk), sentra=str(sentra.pk))

    assert form.errors == {
        "sentra": ["IKM pembuatnya bukan anggota sentra ini. Pilih sentra tempat IKM itu terdaftar."]
    }


def test_maker_outside_the_duty_cannot_be_chosen(areas):
    officer = make_user("", ("officer", "33.29.01"))

    for entry in ({"ikm": str(make_ikm(wilayah=SLAWI_KULON).pk)}, {"sentra": str(make_sentra(wilayah="33.29").pk)}):
        assert set(product_form(officer, **entry).errors) >= set(entry)


def test_maker_a_product_has_already_stays_choosable(officer):
    product = make_product(ikm=make_ikm(wilayah=BENTAR))

    assert product_form(officer, product, name="Sale gulung").is_valid()


def test_edited_amount_is_shown_as_people_write_it(officer):
    product = make_product(price=1250000, price_unit="lembar")

    assert ProductForm(instance=product, user=officer)["price"].value() == "1.250.000"
