"""Models and their columns are named for people: in Indonesian, without an English plural."""

import re

import pytest
from django.apps import apps
from django.db.models import Field, Model
from django.utils.text import camel_case_to_spaces

from tests.ovop_site.test_language import english_words

ROOMS = ("ovop_site", "assessment", "sentra", "files", "outbox", "accounts", "wilayah")
# History is written by triggers and has no page of its own yet.
MODELS = [
    model
    for room in ROOMS
    for model in apps.get_app_config(room).get_models()
    if not hasattr(model, "pgh_tracked_model")
]
# Names of columns and classes that are Indonesian already.
INDONESIAN = {"email", "instrumen", "level", "penilai", "program", "sentra", "wilayah"}


def own_fields(model: type[Model]) -> list[Field]:
    """The columns and lists of other rows that `model` declares, but for the number that every row has.

    A proxy of a table that a package keeps declares none.
    """
    fields = (*model._meta.fields, *model._meta.many_to_many)
    return [field for field in fields if field.name != "id" and field.model is model]


def test_every_room_has_models_and_a_name():
    assert len(MODELS) > 25
    assert {room: str(apps.get_app_config(room).verbose_name) for room in ROOMS} == {
        "ovop_site": "Sentra OVOP",
        "assessment": "Penilaian OVOP",
        "sentra": "Sentra IKM",
        "files": "Berkas",
        "outbox": "Kotak kirim",
        "accounts": "Pengguna",
        "wilayah": "Wilayah",
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_is_named_in_indonesian(model):
    """Indonesian nouns take no plural, so both names are the same; without a name the admin would say "Sentras"."""
    names = [str(model._meta.verbose_name), str(model._meta.verbose_name_plural)]

    assert names[0] == names[1]
    assert names[0] not in {camel_case_to_spaces(model.__name__)} - INDONESIAN
    assert english_words(names) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_columns_of_a_model_are_named_in_indonesian(model):
    fields = own_fields(model)
    unnamed = [field.name for field in fields if field.verbose_name == field.name.replace("_", " ")]
    # What stands in braces are keys of JSON, for those who read the database.
    texts = [re.sub(r"{.*}", "", f"{field.verbose_name} {field.help_text}") for field in fields]
    choices = [str(label) for field in fields for _, label in field.flatchoices]

    assert set(unnamed) - INDONESIAN == set()
    assert english_words([*texts, *choices]) == []
