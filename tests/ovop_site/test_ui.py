import re
from types import SimpleNamespace

import django_filters
import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from pytest_django.asserts import assertHTMLEqual, assertInHTML

from accounts.models import User

ICON = '<svg class="ik" aria-hidden="true"><use href="/static/img/icons.svg#i-{}"/></svg>'


def rendered(source: str, **context) -> str:
    return Template("{% load ui crispy_forms_tags %}" + source).render(Context(context))


class SentraForm(forms.Form):
    name = forms.CharField(label="Nama sentra", help_text="Seperti di SK.")
    kbli = forms.CharField(label="KBLI", required=False)
    state = forms.ChoiceField(label="Keadaan", choices=[("a", "Aktif"), ("l", "Lemah")], widget=forms.RadioSelect)
    branch = forms.ChoiceField(label="Cabang", choices=[("p", "Pangan")])
    leads = forms.BooleanField(label="Penghela", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("Sentra ini sudah ada.")


# icons


def test_an_icon_is_decoration_unless_it_has_a_label():
    assertHTMLEqual(rendered('{% icon "pena" %}'), ICON.format("pena"))
    assert 'role="img" aria-label="Wajib"' in rendered('{% icon "wajib" label="Wajib" %}')


def test_every_icon_that_is_used_is_drawn():
    drawn = set(re.findall(r'id="i-(\w+)"', (settings.BASE_DIR / "static/img/icons.svg").read_text()))
    sources = [path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html")]

    used = {name for source in sources for name in re.findall(r'{% icon "(\w+)"|icon="(\w+)"', source)}

    assert {a or b for a, b in used} - drawn == set()


def test_an_option_that_is_misspelt_is_an_error():
    with pytest.raises(TemplateSyntaxError):
        rendered('{% mark "Aktif" status="good" %}')


# words and states


def test_a_mark_is_an_icon_and_a_word():
    assertHTMLEqual(
        rendered('{% mark "Aktif" state="good" %}'),
        f'<span class="so-mark so-good">{ICON.format("centang")}Aktif</span>',
    )


def test_text_is_escaped():
    assert "&lt;b&gt;" in rendered("{% mark name %}", name="<b>")
    assert "&lt;b&gt;" in rendered("{% note title=name %}{% endnote %}", name="<b>")


@pytest.mark.parametrize(
    ("star", "words"),
    [(None, "Belum dinilai"), (0, "Dinilai, belum berbintang")],
)
def test_nothing_judged_shows_no_star(star, words):
    html = rendered("{% stars star %}", star=star)

    assert words in html
    assert "<svg" not in html


def test_stars_are_told_to_screen_readers():
    html = rendered("{% stars 4 of=5 words=True %}")

    assert 'aria-label="4 dari 5 bintang"' in html
    assert html.count('class="on"') == 4
    assert html.count("<svg") == 5
    assert "setara bintang 4" in html


def test_a_missing_fact_is_named_and_a_zero_is_not_missing():
    html = rendered('{% facts %}{% fact "KBLI" None %}{% fact "Unit" 0 %}{% endfacts %}')

    assertHTMLEqual(
        html,
        '<dl class="so-facts"><div><dt>KBLI</dt><dd><span class="so-mute fw-normal">Belum diisi</span></dd></div>'
        "<div><dt>Unit</dt><dd>0</dd></div></dl>",
    )


def test_an_empty_state_says_what_to_do_next():
    html = rendered('{% empty_state "Belum ada IKM" text="Tambahkan." href="/ikm/baru/" action="IKM baru" %}')

    assertInHTML('<a class="btn btn-outline-primary" href="/ikm/baru/">IKM baru</a>', html)


# figures


@pytest.mark.parametrize(
    ("value", "maximum", "width"),
    [(10, 20, "100.0"), (0, 20, "0.0"), (30, 20, "200.0"), (None, 20, "0.0"), (5, 0, "0.0")],
)
def test_a_bar_stays_within_its_length(value, maximum, width):
    html = rendered("{% bar value maximum=maximum %}", value=value, maximum=maximum)

    assert f'<rect class="w" width="{width}"' in html


def test_bars_carry_their_figures_in_words():
    rows = [{"title": "Mutu", "value": 21.6, "maximum": 25, "figure": "21,60 dari 25"}]

    assert "21,60 dari 25" in rendered("{% bars rows=rows %}", rows=rows)


def test_pita_shows_what_can_still_be_reached():
    row = {"code": "K1", "title": "Unggulan", "points": 14.2, "reachable": 19.2, "maximum": 20, "href": "#k1"}

    html = rendered("{% pita rows=rows %}", rows=[row])

    assert '<rect class="r" width="192.0"' in html
    assert "14,20" in html
    assert "dari 20" in html


def test_a_small_pita_says_its_figures_to_screen_readers():
    rows = [
        {"title": "Mutu & rupa", "points": "14.20", "maximum": "20"},
        {"title": "Pasar", "points": "0", "maximum": "12.5"},
    ]

    html = rendered("{% pita_mini rows=rows %}", rows=rows)

    assert 'aria-label="Mutu &amp; rupa 14,20 dari 20; Pasar 0,00 dari 12,5"' in html
    assert '<rect class="w" width="142.0"' in html
    assert html.count("<svg") == 2


# forms


def test_help_and_error_are_tied_to_the_control():
    html = rendered("{{ form.name|as_crispy_field }}", form=SentraForm({"name": ""}))

    control = re.search(r"<input[^>]*>", html)[0]
    assert 'aria-describedby="id_name_helptext id_name_error"' in control
    assert 'aria-invalid="true"' in control
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert (
        html.index("<label") < html.index("id_name_helptext") < html.index("<input") < html.index('id="id_name_error"')
    )


def test_only_what_may_stay_empty_says_so():
    form = SentraForm()

    assert "boleh kosong" not in rendered("{{ form.name|as_crispy_field }}", form=form)
    assert "boleh kosong" in rendered("{{ form.kbli|as_crispy_field }}", form=form)


def test_a_radio_group_is_a_fieldset_with_a_legend():
    html = rendered("{{ form.state|as_crispy_field }}", form=SentraForm())

    assert html.count("<fieldset") == 1
    assertInHTML('<legend class="form-label">Keadaan</legend>', html)


def test_selects_and_check_boxes_have_their_classes():
    form = SentraForm()

    assert "form-select" in rendered("{{ form.branch|as_crispy_field }}", form=form)
    assert "form-check-input" in rendered("{{ form.leads|as_crispy_field }}", form=form)


def test_the_summary_links_to_each_field_that_needs_mending():
    form = SentraForm({"name": "", "state": "a", "branch": "p", "revision": "x"})

    html = rendered("{% error_summary form=form %}", form=form)

    assert "Belum tersimpan, 3 hal perlu diperbaiki" in html
    assert "Sentra ini sudah ada." in html
    assert re.findall(r'href="(#[\w]+)"', html.replace("icons.svg#", "")) == ["#id_name"]


def test_the_summary_leads_to_the_first_choice_of_a_radio_group():
    form = SentraForm({"name": "Sale", "branch": "p"})

    html = rendered("{{ form|crispy }}", form=form)

    target = re.search(r'href="#(id_state\w*)"', html)[1]
    assert f'id="{target}"' in html


def test_no_summary_without_errors():
    assert rendered("{% error_summary form=form %}", form=SentraForm()).strip() == ""


# lists


class People(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Cari nama", field_name="username")
    year = django_filters.NumberFilter(label="Tahun", field_name="id")

    class Meta:
        model = User
        fields = []


def filter_bar(rf, query: str) -> str:
    request = rf.get(f"/sentra/?{query}")
    people = People(request.GET, queryset=User.objects.none())
    return rendered("{% filter_bar filter=filter %}", filter=people, request=request)


def test_the_search_keeps_what_was_typed(rf):
    assert 'name="q" value="sale &amp; kopi"' in filter_bar(rf, "q=sale+%26+kopi")


def test_a_set_filter_can_be_taken_off(rf):
    html = filter_bar(rf, "q=sale&year=2024")

    assert 'href="?q=sale" aria-label="Lepas saringan Tahun: 2024"' in html
    assertInHTML('<a class="so-chip" href="/sentra/">Lepas semua</a>', html)


def test_the_drawer_opens_where_its_error_is(rf):
    assert '<details class="so-drawer" open>' in filter_bar(rf, "year=abc")
    assert '<details class="so-drawer">' in filter_bar(rf, "year=2024")


def test_paper_says_what_is_filtered(rf):
    """A printed list has no form; without these words nobody knows what was left out of it."""
    html = filter_bar(rf, "q=sale&year=2024")

    assert 'class="so-print-only so-mute">Pencarian “sale”. Saringan: Tahun: 2024. </p>' in html
    assert "so-print-only" not in filter_bar(rf, "")


def test_pages_keep_the_filter(rf):
    page = Paginator(range(30), 10).page(2)

    html = rendered("{% pagination page=page %}", page=page, request=rf.get("/sentra/?q=sale&page=2"))

    assert 'href="?q=sale&amp;page=1"' in html
    assert 'href="?q=sale&amp;page=3"' in html
    assert "Halaman 2 dari 3" in html


def test_a_single_page_needs_no_navigation(rf):
    page = Paginator(range(3), 10).page(1)

    assert rendered("{% pagination page=page %}", page=page, request=rf.get("/")).strip() == ""


# steps


def test_the_present_step_is_marked():
    steps = [
        SimpleNamespace(title="Dibuat", detail="8 Nov 2026", icon="", current=False),
        {"title": "Diputuskan", "current": True},
    ]

    html = rendered("{% step_line steps=steps %}", steps=steps)

    assert html.count('aria-current="step"') == 1
    assert html.index("Dibuat") < html.index('aria-current="step"') < html.index("Diputuskan")


def test_a_step_that_cannot_be_taken_back_is_a_form_that_works_without_script(rf):
    source = '{% confirm title="Cabut?" button="Cabut" action="/x/" %}<p>Tidak berlaku lagi.</p>{% endconfirm %}'

    html = rendered(source, request=rf.get("/"))

    assert html.count("<details") == html.count("<form") == 1
    assert 'method="post" action="/x/"' in html
    assert "csrfmiddlewaretoken" in html
    assert "Tidak berlaku lagi." in html
