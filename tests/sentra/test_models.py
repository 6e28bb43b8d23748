"""What the database keeps by itself: areas of products, revisions, positions, names, history."""

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from sentra.models import IKM, Certificate, Contact, Product, Sentra
from sentra.models.certificate import Urgency
from sentra.models.parts import Located
from sentra.models.sentra import SentraQuerySet
from tests.factories import make_certificate, make_ikm, make_product, make_scope, make_sentra
from wilayah.models import Wilayah

SALEM, BENTAR, PASIRPANJANG = "33.29.01", "33.29.01.2002", "33.29.01.2016"

pytestmark = pytest.mark.usefixtures("areas")


def test_product_takes_its_area_from_its_ikm_even_where_another_was_given():
    ikm = make_ikm(wilayah=BENTAR)

    product = make_product(ikm=ikm, wilayah_id=PASIRPANJANG)

    assert product.wilayah_id == BENTAR


def test_product_of_a_sentra_takes_the_area_of_the_sentra_and_follows_it():
    sentra = make_sentra(wilayah=BENTAR)
    product = make_product(sentra=sentra)
    assert product.wilayah_id == BENTAR

    Sentra.objects.filter(pk=sentra.pk).update(wilayah=PASIRPANJANG)

    product.refresh_from_db()
    assert (product.wilayah_id, product.revision) == (PASIRPANJANG, 2)


def test_products_follow_an_ikm_that_moves():
    ikm = make_ikm(wilayah=BENTAR)
    moving, staying = make_product(ikm=ikm), make_product(ikm=make_ikm(wilayah=BENTAR))

    ikm.wilayah_id = PASIRPANJANG
    ikm.save()

    areas = dict(Product.objects.values_list("pk", "wilayah_id"))
    assert areas == {moving.pk: PASIRPANJANG, staying.pk: BENTAR}


@pytest.mark.django_db(transaction=True)
def test_product_recorded_while_its_ikm_moves_lies_where_the_ikm_comes_to_lie(transactional_db):
    """The insert waits for the move: it would else take the old place, and the move would not see the new row yet."""
    ikm, scope = make_ikm(wilayah=BENTAR), make_scope()
    entered = threading.Event()

    def record_product():
        entered.set()
        Product.objects.create(name="Sale", ikm=ikm, scope=scope)
        connection.close()

    thread = threading.Thread(target=record_product)
    with transaction.atomic():
        IKM.objects.filter(pk=ikm.pk).update(wilayah=PASIRPANJANG)
        thread.start()
        entered.wait(5)
        thread.join(0.3)
        assert thread.is_alive()
    thread.join(5)

    assert Product.objects.get().wilayah_id == PASIRPANJANG


def test_product_follows_its_ikm_into_another_sentra():
    old, new = make_sentra(), make_sentra()
    ikm = make_ikm(sentra=old)
    product = make_product(ikm=ikm, sentra=old)

    ikm.sentra = new
    ikm.save()

    product.refresh_from_db()
    assert product.sentra_id == new.pk


def test_product_of_an_ikm_that_leaves_its_sentra_is_of_the_ikm_alone():
    sentra = make_sentra()
    ikm = make_ikm(sentra=sentra)
    product = make_product(ikm=ikm, sentra=sentra)

    ikm.sentra = None
    ikm.save()

    product.refresh_from_db()
    assert (product.ikm_id, product.sentra_id) == (ikm.pk, None)


def test_product_refuses_a_sentra_its_ikm_is_not_in():
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make_product(ikm=make_ikm(), sentra=make_sentra())

    assert refusal.value.__cause__.diag.constraint_name in Product.trigger_sentences


def test_product_needs_a_maker():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_product(ikm=None, sentra=None)


def test_revision_counts_changes_and_only_those():
    sentra = make_sentra()

    sentra.save()
    sentra.refresh_from_db()
    assert sentra.revision == 1

    Sentra.objects.update(commodity="keripik")
    sentra.refresh_from_db()
    assert sentra.revision == 2


def test_every_change_of_a_contact_raises_the_revision_of_its_ikm():
    ikm = make_ikm()
    revisions = []

    contact = Contact.objects.create(ikm=ikm, owner="Rahayu")
    revisions.append(IKM.objects.get().revision)
    contact.save()
    revisions.append(IKM.objects.get().revision)
    contact.phone = "081234567890"
    contact.save()
    revisions.append(IKM.objects.get().revision)
    contact.delete()
    revisions.append(IKM.objects.get().revision)

    assert revisions == [2, 2, 3, 4]


@pytest.mark.parametrize(
    ("latitude", "longitude"), [("-7.1", None), (None, "108.9"), ("10", "108.9"), ("-7.1", "20"), ("108.9", "-7.1")]
)
def test_position_is_whole_and_in_indonesia(latitude, longitude):
    """Half a position once slipped through, because a CHECK passes where a comparison with NULL leaves it undecided."""
    sentra = make_sentra()

    with pytest.raises(IntegrityError, match="sentra_position_in_indonesia"), transaction.atomic():
        Sentra.objects.filter(pk=sentra.pk).update(latitude=latitude, longitude=longitude)


def test_position_was_measured_in_our_time():
    sentra = make_sentra(latitude="-7.1", longitude="108.9")

    with pytest.raises(IntegrityError, match="sentra_position_time_plausible"), transaction.atomic():
        Sentra.objects.filter(pk=sentra.pk).update(position_at=datetime(1970, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("note", [{"accuracy": 8}, {"position_source": "gps"}, {"position_at": datetime.now(UTC)}])
def test_what_is_said_of_a_position_needs_the_position(note):
    ikm = make_ikm()

    with pytest.raises(IntegrityError, match="ikm_position_notes_whole"), transaction.atomic():
        IKM.objects.filter(pk=ikm.pk).update(**note)


@pytest.mark.parametrize(
    ("model", "field", "constraint"),
    [
        (Sentra, "name", "sentra_has_name"),
        (Sentra, "commodity", "sentra_has_commodity"),
        (IKM, "name", "ikm_has_name"),
        (Product, "name", "product_has_name"),
        (Certificate, "number", "certificate_has_number"),
    ],
)
def test_what_a_record_is_called_cannot_be_blank(model, field, constraint):
    make_certificate(product=make_product(ikm=make_ikm(sentra=make_sentra())))

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.update(**{field: " \n"})


def test_geo_uri_names_the_accuracy_where_it_is_known():
    measured = Sentra(latitude=Decimal("-7.168420"), longitude=Decimal("108.805170"), accuracy=8)
    typed = Sentra(latitude=Decimal("-7.168420"), longitude=Decimal("108.805170"))

    assert [measured.geo_uri, typed.geo_uri, Sentra().geo_uri] == [
        "geo:-7.168420,108.805170;u=8",
        "geo:-7.168420,108.805170",
        "",
    ]


@pytest.mark.parametrize(
    ("accuracy", "word"), [(None, ""), (1, "baik"), (10, "baik"), (11, "cukup"), (100, "cukup"), (101, "kurang")]
)
def test_accuracy_has_a_word(accuracy, word):
    assert Located.accuracy_word.fget(Sentra(accuracy=accuracy)) == word


def test_ikm_count_leaves_out_closed_ones_and_does_not_multiply():
    sentra, empty = make_sentra(name="A"), make_sentra(name="B")
    for _number in range(2):
        make_product(ikm=make_ikm(sentra=sentra))
    make_ikm(sentra=sentra, state=IKM.State.CLOSED)
    make_certificate(sentra=sentra, kind="sk_sentra")

    rows = Sentra.objects.with_units().with_decree().order_by("name")

    assert [(row.pk, row.ikm_count, row.has_decree) for row in rows] == [(sentra.pk, 2, True), (empty.pk, 0, False)]


def test_best_star_is_the_highest_that_holds():
    sentra, other = make_sentra(name="A"), make_sentra(name="B")
    result = {"star_authority": "kabkota"}
    make_product(ikm=make_ikm(sentra=sentra), star=3, star_until="2999-01-01", **result)
    make_product(sentra=sentra, star=4, star_until="2999-01-01", **result)
    make_product(sentra=sentra, star=5, star_until="2020-01-01", **result)

    rows = Sentra.objects.with_best_star().by_name()

    assert [(row.pk, row.best_star) for row in rows] == [(sentra.pk, 4), (other.pk, None)]


def test_product_count_of_an_ikm():
    ikm, empty = make_ikm(name="A"), make_ikm(name="B")
    make_product(ikm=ikm)
    make_product(ikm=ikm)

    assert list(IKM.objects.with_product_count().by_name().values_list("pk", "product_count")) == [
        (ikm.pk, 2),
        (empty.pk, 0),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sale", ["Sale Pisang Bentarsari"]),
        ("BENTARSARI sale", ["Sale Pisang Bentarsari"]),
        ("bentarsri", ["Sale Pisang Bentarsari"]),
        ("tulis", ["Batik Bumiayu"]),
        ("a", ["Batik Bumiayu", "Sale Pisang Bentarsari"]),
        ("%", []),
        ("_", []),
        ("keramik", []),
    ],
)
def test_sentra_are_found_by_words_and_in_spite_of_typing_errors(text, found):
    make_sentra(name="Sale Pisang Bentarsari", commodity="sale pisang")
    make_sentra(name="Batik Bumiayu", commodity="batik tulis")

    assert [sentra.name for sentra in Sentra.objects.named(text).by_name()] == found


def test_names_are_sorted_without_regard_to_capitals():
    for name in ["beta", "Alfa", "GAMMA"]:
        make_ikm(name=name)

    assert [ikm.name for ikm in IKM.objects.by_name()] == ["Alfa", "beta", "GAMMA"]


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (Sentra.objects.alias(searched=SentraQuerySet.searched).filter(searched__contains="pisang"), "sentra_search"),
        (IKM.objects.named("rahayu"), "ikm_name_trgm"),
        (Product.objects.named("keripik"), "product_name_trgm"),
    ],
)
def test_search_uses_the_trigram_index(rows, index):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = rows.explain()

    assert index in plan


@pytest.mark.parametrize("subject", ["sentra", "ikm", "product"])
def test_a_certificate_lies_where_its_subject_lies_also_after_it_moved(subject):
    ikm = make_ikm(wilayah=BENTAR)
    subjects = {"ikm": ikm, "product": make_product(ikm=ikm), "sentra": make_sentra(wilayah=BENTAR)}
    certificate = make_certificate(**{subject: subjects[subject]})
    before = Certificate.objects.get().wilayah_id

    for record in (ikm, subjects["sentra"]):
        type(record).objects.filter(pk=record.pk).update(wilayah=PASIRPANJANG)

    certificate.refresh_from_db()
    assert (before, certificate.wilayah_id) == (BENTAR, PASIRPANJANG)


def test_certificate_of_a_product_follows_to_another_maker():
    certificate = make_certificate(product=make_product(ikm=make_ikm(wilayah=BENTAR)))

    Product.objects.update(ikm=make_ikm(wilayah=PASIRPANJANG))

    certificate.refresh_from_db()
    assert certificate.wilayah_id == PASIRPANJANG


def test_in_wilayah_means_the_area_and_everything_inside():
    here, inside, outside = make_sentra(wilayah=SALEM), make_sentra(wilayah=BENTAR), make_sentra(wilayah="33.29")

    found = Sentra.objects.in_wilayah(Wilayah.objects.get(pk=SALEM))

    assert {sentra.pk for sentra in found} == {here.pk, inside.pk}
    assert outside.pk not in {sentra.pk for sentra in found}


def test_products_of_a_sentra_are_its_own_and_those_of_its_ikm():
    sentra = make_sentra()
    own, of_ikm = make_product(sentra=sentra), make_product(ikm=make_ikm(sentra=sentra))
    make_product()

    assert set(Product.objects.of_sentra(sentra)) == {own, of_ikm}


def test_every_version_of_a_row_is_kept():
    sentra = make_sentra(name="Lama")

    Sentra.objects.filter(pk=sentra.pk).update(name="Baru")

    rows = apps.get_model("sentra", "SentraEvent").objects.filter(pgh_obj_id=sentra.pk).order_by("pgh_id")
    assert list(rows.values_list("name", "revision", "pgh_label")) == [("Lama", 1, "insert"), ("Baru", 2, "update")]


CHOSEN = [
    (Sentra, "state"),
    (Sentra, "position_source"),
    (Sentra, "kbli_edition"),
    (IKM, "state"),
    (IKM, "legal_form"),
    (IKM, "position_source"),
    (IKM, "kbli_edition"),
    (Certificate, "kind"),
]


@pytest.mark.parametrize(("model", "name"), CHOSEN)
def test_database_knows_the_same_choices_as_the_field(model, name):
    field = model._meta.get_field(name)
    [constraint] = [c for c in model._meta.constraints if c.name == f"{model._meta.model_name}_{name}_known"]

    [(_lookup, values)] = constraint.condition.children

    assert set(values) == {value for value, _label in field.flatchoices} | ({""} if field.blank else set())


@pytest.mark.parametrize(("model", "name"), CHOSEN)
def test_database_refuses_what_is_no_choice(model, name):
    place = {"latitude": Decimal("-7.1"), "longitude": Decimal("108.8")}
    sentra = make_sentra(checked_on="2026-11-01", **place)
    record = {
        Sentra: lambda: sentra,
        IKM: lambda: make_ikm(sentra=sentra, **place),
        Certificate: lambda: make_certificate(sentra=sentra),
    }[model]()

    with pytest.raises(IntegrityError, match=f"{model._meta.model_name}_{name}_known"), transaction.atomic():
        model.objects.filter(pk=record.pk).update(**{name: "x"})


TODAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("expires", "urgency"),
    [
        (None, Urgency("good", "Berlaku")),
        (TODAY + timedelta(91), Urgency("good", "Berlaku")),
        (TODAY + timedelta(90), Urgency("soon", "Segera habis", "90 hari lagi")),
        (TODAY + timedelta(1), Urgency("soon", "Segera habis", "1 hari lagi")),
        (TODAY, Urgency("soon", "Segera habis", "berakhir hari ini")),
        (TODAY - timedelta(1), Urgency("bad", "Kedaluwarsa")),
    ],
)
def test_urgency_of_a_paper(expires, urgency):
    assert Certificate(expires=expires).urgency_on(TODAY) == urgency
