"""What the database refuses in an instrument that is being written, and the sentences for it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessment import scoring
from assessment.models import Check, Criterion, Gate, Indicator, Instrument, Level, StarBand
from assessment.models.gate import CONDITION_PARAMETERS, EFFECT_PARAMETERS, Condition, Effect
from assessment.models.round import Authority
from tests.assessment.factories import make_instrument

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return make_instrument(published=False)


def sentence_for(row) -> str:
    """What the form would say; the database must refuse the row too."""
    with pytest.raises(ValidationError) as error:
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    return " ".join(error.value.messages)


@pytest.mark.parametrize(
    ("model", "changes", "words"),
    [
        (Criterion, {"points": 0}, "lebih dari 0"),
        (Criterion, {"points": 101}, "paling banyak 100"),
        (Indicator, {"evidence_required": False, "cap_without_evidence": 2}, "bila bukti wajib"),
        (Indicator, {"evidence_required": True, "cap_without_evidence": 0}, "paling rendah 1"),
        (Level, {"number": 0}, "mulai dari 1"),
        (Level, {"points": -1}, "tidak boleh kurang dari 0"),
        (Check, {"kind": "yes_no", "eliminating": True, "bad_value": None}, "menggugurkan"),
        (Check, {"kind": "yes_no", "bad_value": 2}, "0 atau 1"),
        (Check, {"kind": "graded", "bad_value": 0}, "1 sampai 5"),
        (StarBand, {"lowest": 101}, "0 sampai 100"),
        (StarBand, {"star": 0}, "mulai dari 1"),
        (Instrument, {"validity_months": 0}, "paling sedikit 1 bulan"),
    ],
)
def test_row_out_of_range_is_refused(draft, model, changes, words):
    row = model.objects.order_by("pk").last()
    for column, value in changes.items():
        setattr(row, column, value)

    assert words in sentence_for(row)


@pytest.mark.parametrize(
    ("model", "changes", "words"),
    [
        (Instrument, {}, "Naikkan versinya"),
        (Criterion, {}, "Kode kriteria ini sudah dipakai"),
        (Indicator, {}, "Kode indikator ini sudah dipakai"),
        (Level, {}, "Nomor level ini sudah ada"),
        (Check, {}, "Kode butir uji ini sudah dipakai"),
        (StarBand, {"lowest": 1}, "sudah punya ambang"),
        (StarBand, {"star": 9}, "sudah dipakai bintang lain"),
        (Gate, {}, "Kode syarat ini sudah dipakai"),
    ],
)
def test_second_of_its_kind_is_refused(draft, model, changes, words):
    row = model.objects.order_by("pk").last()
    row.pk = None
    row._state.adding = True
    for column, value in changes.items():
        setattr(row, column, value)

    assert words in sentence_for(row)


def filled(draft) -> dict[str, dict]:
    """Something sensible for each parameter of a gate."""
    indicator = Indicator.objects.get(criterion__instrument=draft, code="1.1")
    check = Check.objects.get(indicator__criterion__instrument=draft, code="2.1-rasa")
    return {
        "kinds": ["halal"],
        "minimum": 5,
        "indicator": indicator,
        "level": 2,
        "bad_check": check,
        "star": 4,
        "capped_indicator": indicator,
        "capped_level": 2,
        "authority": "provinsi",
    }


CHOICES = [("condition", choice, own) for choice, own in CONDITION_PARAMETERS.items()] + [
    ("effect", choice, own) for choice, own in EFFECT_PARAMETERS.items()
]


@pytest.mark.parametrize(("column", "choice", "own"), CHOICES, ids=[choice for _, choice, _ in CHOICES])
def test_gate_has_the_parameters_of_its_choice_and_no_others(draft, column, choice, own):
    values = filled(draft)
    table = CONDITION_PARAMETERS if column == "condition" else EFFECT_PARAMETERS
    others = {name for names in table.values() for name in names} - set(own)
    base = {"condition": "nib", "effect": "eliminate", "instrument": draft} | {column: choice}

    def gate(*names):
        return Gate(code="baru", **base | {name: values[name] for name in names})

    gate(*own).validate_constraints()
    for missing in own:
        assert "Isi keterangan" in sentence_for(gate(*set(own) - {missing}))
    for surplus in others:
        assert "Isi keterangan" in sentence_for(gate(*own, surplus))


def test_words_of_the_models_are_those_of_the_score():
    """The score knows no Django, so its words stand twice."""
    assert [choice.value for choice in Condition] == [choice.value for choice in scoring.Condition]
    assert [choice.value for choice in Effect] == [choice.value for choice in scoring.Effect]
    assert [choice.value for choice in Check.Kind] == [choice.value for choice in scoring.CheckKind]
    assert tuple(Authority.values) == scoring.AUTHORITIES
    assert (Check.NO, Check.YES) == (scoring.NO, scoring.YES)
    assert CONDITION_PARAMETERS.keys() == set(Condition)
    assert EFFECT_PARAMETERS.keys() == set(Effect)


def test_parts_name_themselves_as_a_clerk_would(draft):
    indicator = Indicator.objects.get(criterion__instrument=draft, code="1.1")

    assert [str(draft), str(indicator), str(indicator.criterion), str(indicator.level_set.first())] == [
        "Instrumen kecil, versi 1",
        "1.1 Penetapan unggulan",
        "K1 Produk unggulan daerah",
        "1 Belum",
    ]
