"""A name names something besides a legal form and signs: in the form with a sentence, in the database in any case."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from accounts.versions import versions_of
from sentra.models import IKM, Product, Sentra
from tests.factories import make_ikm, make_product, make_sentra
from tests.sentra.filling import send

BENTAR = "33.29.01.2002"
NAMELESS = ("-", "CV", ".", "UD.", "PT. -", "\u200b\u2800", "( )", "“”", "Koperasi")
NAMED = ("Ny. Ida", "Ani", "UD 88", "CV. A", "ꦱꦫꦶ", "7")

pytestmark = pytest.mark.usefixtures("areas")


@pytest.mark.parametrize("make", [make_ikm, make_sentra, make_product])
def test_the_database_takes_only_names_that_name_something(make):
    row = make()

    for name in NAMED:
        type(row).objects.filter(pk=row.pk).update(name=name)
    for name in NAMELESS:
        with pytest.raises(IntegrityError, match="_has_name"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(name=name)


@pytest.mark.parametrize("name", NAMELESS)
@pytest.mark.parametrize("kind", ["sentra", "ikm", "produk"])
def test_a_form_refuses_it_at_the_name(signed_in, officer, kind, name):
    make_ikm(wilayah=BENTAR)
    stored = [model.objects.count() for model in (Sentra, IKM, Product)]
    client = signed_in(officer)

    response = send(client, f"/{kind}/baru/", name=name)

    assert response.status_code == 422
    assert "name" in response.context["form"].errors
    assert [model.objects.count() for model in (Sentra, IKM, Product)] == stored


def test_names_of_before_are_called_nameless_and_their_history_stays(officer):
    ikm = make_ikm(wilayah=BENTAR)
    naming = import_module("sentra.migrations.0024_nameless_are_called_so")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE sentra_ikm DROP CONSTRAINT ikm_has_name")
    IKM.objects.filter(pk=ikm.pk).update(name="UD.")

    naming.call_them_so(apps, None)

    ikm.refresh_from_db()
    assert ikm.name == "Belum bernama (UD.)"
    assert versions_of(ikm)[1].name == "UD."
