"""Selections and inputs look as Django's templates would draw them."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe
from pytest_django.asserts import assertHTMLEqual

from ovop_site.form_renderer import FieldRenderer

CHOICES = [("", "Semua"), ("a", "Aktif & <baik>"), ("Jenis", [("k", mark_safe("Kecil &amp; rumah")), (7, "Tujuh")])]


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.Select(choices=CHOICES), ""),
        (forms.Select(choices=CHOICES), "k"),
        (forms.Select(choices=CHOICES, attrs={"required": True, "disabled": False, "data-x": '"<'}), 7),
        (forms.SelectMultiple(choices=CHOICES), ["a", "7"]),
        (forms.NullBooleanSelect(), True),
        (forms.Select(), None),
    ],
)
def test_a_selection_looks_as_django_draws_it(widget, value):
    attributes = {"id": "id_x", "class": "form-select"}

    drawn = widget.render("x", value, attributes, renderer=FieldRenderer())

    assertHTMLEqual(drawn, widget.render("x", value, attributes, renderer=TemplatesSetting()))


@pytest.mark.parametrize(
    "widget",
    [forms.HiddenInput(), forms.TextInput(), forms.NumberInput(), forms.EmailInput(), forms.URLInput()],
)
@pytest.mark.parametrize("value", [None, "", 0, '"<&', mark_safe("a &amp; b")])
def test_an_input_looks_as_django_draws_it(widget, value):
    attributes = {"id": "id_x", "required": True, "disabled": False, "data-x": '"<', "maxlength": 5}

    drawn = widget.render("x", value, attributes, renderer=FieldRenderer())

    assert drawn == widget.render("x", value, attributes, renderer=TemplatesSetting()).strip()


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_a_choice_looks_as_django_draws_it(widget):
    field = forms.ChoiceField(choices=[("", "Belum"), ("a<", "Aktif & <baik>")], widget=widget(attrs={"data-x": '"<'}))

    drawn = [_choices(field, FieldRenderer()), _choices(field, TemplatesSetting())]

    assert drawn[0] == drawn[1]


def _choices(field, renderer):
    bound = type("Choosing", (forms.Form,), {"x": field})({"x": "a<"}, renderer=renderer)["x"]
    return [(choice.tag().strip(), choice.tag(wrap_label=True).strip()) for choice in bound]


def test_an_option_with_a_template_of_its_own_keeps_it():
    class Own(forms.Select):
        option_template_name = "django/forms/widgets/radio_option.html"

    drawn = Own(choices=[("a", "Aktif")]).render("x", "a", {}, renderer=FieldRenderer())

    assert 'type="select"' in drawn


def test_other_widgets_are_drawn_by_their_templates():
    drawn = forms.CheckboxInput().render("x", True, {}, renderer=FieldRenderer())

    assertHTMLEqual(drawn, '<input type="checkbox" name="x" checked>')
