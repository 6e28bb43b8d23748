"""The page of a gate: each condition and effect with its own parameters, and a sentence at every other."""

from http import HTTPStatus

import pytest

from assessment.admin.gate_form import needed_by
from assessment.models import Gate, Indicator
from assessment.models.gate import CONDITION_PARAMETERS, EFFECT_PARAMETERS, Condition, Effect
from tests.assessment.admin.forms import errors, sent, words
from tests.assessment.factories import make_instrument

GATES = "/admin/assessment/gate/"
TEXTS = {"code": "baru", "name": "Syarat baru", "sentence": "Akibatnya ini.", "how_to_repair": "Lengkapi."}
PLAIN = {"condition": "nib", "effect": "eliminate"}


@pytest.fixture
def draft(areas):
    return make_instrument(published=False)


@pytest.fixture
def address(draft):
    return f"{GATES}add/?instrument={draft.pk}"


@pytest.fixture
def as_admin(signed_in, admin):
    return signed_in(admin)


@pytest.fixture
def filled(draft):
    """A value for every parameter."""
    indicator = Indicator.objects.get(code="2.1")
    return {
        "kinds": ["halal", "p_irt"],
        "minimum": "5",
        "indicator": str(indicator.pk),
        "level": "2",
        "bad_check": str(indicator.check_set.first().pk),
        "star": "2",
        "capped_indicator": str(indicator.pk),
        "capped_level": "2",
        "authority": "provinsi",
    }


def test_a_gate_is_added_to_its_instrument(as_admin, draft, address):
    response = as_admin.post(address, sent(as_admin.get(address)) | TEXTS | PLAIN | {"applies_to": ["makanan"]})

    made = Gate.objects.get(code="baru")
    assert (response.status_code, response["Location"]) == (
        HTTPStatus.FOUND,
        f"/admin/assessment/instrument/{draft.pk}/change/",
    )
    assert (made.instrument, made.order, [scope.pk for scope in made.scopes.all()]) == (draft, 5, ["makanan"])


@pytest.mark.parametrize("condition", Condition)
def test_a_condition_takes_its_parameters(as_admin, address, filled, condition):
    own = {name: filled[name] for name in CONDITION_PARAMETERS[condition]}

    response = as_admin.post(address, TEXTS | PLAIN | own | {"condition": condition})

    assert response.status_code == HTTPStatus.FOUND
    assert Gate.objects.get(code="baru").condition == condition


@pytest.mark.parametrize("effect", Effect)
def test_an_effect_takes_its_parameters(as_admin, address, filled, effect):
    own = {name: filled[name] for name in EFFECT_PARAMETERS[effect]}

    response = as_admin.post(address, TEXTS | PLAIN | own | {"effect": effect})

    assert response.status_code == HTTPStatus.FOUND
    assert Gate.objects.get(code="baru").effect == effect


@pytest.mark.parametrize(
    ("column", "table", "choice"),
    [("condition", CONDITION_PARAMETERS, choice) for choice in Condition]
    + [("effect", EFFECT_PARAMETERS, choice) for choice in Effect],
)
def test_every_wrong_combination_gets_a_sentence_at_its_field(as_admin, address, filled, column, table, choice):
    """Exactly the parameters of the other choices are filled, those of this one are not."""
    every = {name for names in table.values() for name in names}
    others = {name: filled[name] for name in every - set(table[choice])}

    response = as_admin.post(address, TEXTS | PLAIN | others | {column: choice})

    assert errors(response) == {
        name: [
            f"Isi bagian ini: diminta oleh “{choice.label}”."
            if name in table[choice]
            else f"Kosongkan bagian ini: tidak dipakai oleh “{choice.label}”."
        ]
        for name in every
    }
    assert not Gate.objects.filter(code="baru").exists()


def test_what_was_typed_stays_in_the_form(as_admin, address):
    response = as_admin.post(address, TEXTS | PLAIN | {"minimum": "7", "kinds": ["halal"]})

    form = response.context["adminform"].form
    assert (form["minimum"].value(), form["kinds"].value(), form["name"].value()) == ("7", ["halal"], "Syarat baru")


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"code": "nib"}, {"__all__": ["Kode syarat ini sudah dipakai dalam instrumen ini."]}),
        ({"condition": ""}, {"condition": ["Isi bagian ini."]}),
        ({"condition": "cuaca"}, {"condition": ["“cuaca” tidak ada dalam daftar. Pilih dari daftar."]}),
        (
            {"condition": "certificate_valid", "kinds": ["ktp"]},
            {"kinds": ["“ktp” tidak ada dalam daftar. Pilih dari daftar."]},
        ),
        ({"condition": "units", "minimum": "lima"}, {"minimum": ["Isi dengan bilangan bulat."]}),
    ],
)
def test_a_wrong_gate_gets_its_sentence(as_admin, address, wrong, found):
    assert errors(as_admin.post(address, TEXTS | PLAIN | wrong)) == found


def test_only_parts_of_the_same_instrument_are_offered(as_admin, address):
    other = make_instrument(published=False, version="2")
    foreign = Indicator.objects.filter(criterion__instrument=other).first()

    page = as_admin.get(address)
    response = as_admin.post(
        address, TEXTS | PLAIN | {"condition": "indicator_above", "indicator": foreign.pk, "level": "1"}
    )

    form = page.context["adminform"].form
    assert {row.criterion.instrument.version for row in form.fields["indicator"].queryset} == {"1"}
    assert "2.1: Ada benda asing" in str(form["bad_check"])
    assert list(errors(response)) == ["indicator"]


def test_a_gate_is_changed_and_deleted(as_admin, draft):
    gate = Gate.objects.get(code="halal")
    address = f"{GATES}{gate.pk}/change/"

    as_admin.post(address, sent(as_admin.get(address), kinds=["halal", "p_irt"]))
    gate.refresh_from_db()
    response = as_admin.post(f"{GATES}{gate.pk}/delete/", {"post": "yes"})

    assert gate.kinds == ["halal", "p_irt"]
    assert response["Location"] == f"/admin/assessment/instrument/{draft.pk}/change/"
    assert not Gate.objects.filter(pk=gate.pk).exists()


def test_a_gate_stays_with_its_instrument(as_admin, draft):
    other = make_instrument(published=False, version="2")
    gate = Gate.objects.get(code="nib", instrument=draft)
    address = f"{GATES}{gate.pk}/change/"

    as_admin.post(address, sent(as_admin.get(address), name="Lain", instrument=other.pk))

    gate.refresh_from_db()
    assert (gate.name, gate.instrument) == ("Lain", draft)


def test_fields_say_for_what_they_are_filled(as_admin, address):
    """Without the script all of them are shown."""
    page = as_admin.get(address)

    assert needed_by("minimum") == "Hanya untuk: Sentra punya sedikitnya n unit usaha, Sedikitnya n penilai."
    assert "Hanya untuk: Butir uji tidak dijawab buruk." in words(page)
    assert 'data-parameters="{&quot;nib&quot;: []' in page.text
    assert '<script src="/static/js/admin-gate.js" type="module"></script>' in page.text
