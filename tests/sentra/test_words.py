import pytest

from sentra.models import IKM, NameWord
from sentra.spelling import corrected
from tests.factories import make_ikm, make_product, make_sentra

pytestmark = pytest.mark.usefixtures("areas")


def asked(text: str) -> list[str]:
    """The questions about `text`, as PostgreSQL reads them."""
    return [question.get_source_expressions()[1].value for question in corrected(text)]


def words() -> list[str]:
    return list(NameWord.objects.values_list("word", flat=True))


def test_words_of_every_name_and_of_a_commodity_are_kept_once():
    make_ikm(name="UD. Sri-Wahyuni SALE Pisang", sentra=None)
    make_sentra(name="Bentarsari", commodity="sale pisang")
    make_product(name="Sale Kué 250", ikm=IKM.objects.get(name__startswith="UD"))

    assert words() == sorted(["250", "bentarsari", "kué", "pisang", "sale", "sri", "wahyuni"])


def test_a_new_name_adds_its_words_and_takes_none_away():
    ikm = make_ikm(name="Sale Pisang")

    ikm.name = "Sale Nangka"
    ikm.save()

    assert set(words()) >= {"sale", "pisang", "nangka"}


def test_a_word_that_is_kept_twice_is_asked_for_like_one():
    NameWord.objects.bulk_create([NameWord(word="pisang"), NameWord(word="pisang")])

    assert asked("pisng")[0] == "(pisang | pisang | pisng:*)"


def test_each_word_is_any_it_resembles_or_begins_or_two_without_their_space():
    make_ikm(name="Sale Pisang", sentra=None)

    assert asked("pisng") == ["(pisang | pisng:*)"]
    assert asked("salepng pisag") == [
        "(sale | salepng:* | (sal & epng:*) | (sale & png:*)) & (pisang | pisag:*)",
        "((sale | salepng:* | (sal & epng:*) | (sale & png:*))) | ((pisang | pisag:*))",
    ]


def test_short_words_are_not_corrected_and_long_texts_not_wholly(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert corrected("bu i ud 12 !") == []
    with django_assert_num_queries(1):
        every, all_but_one = asked("tiga empat lima enam tujuh delapan sembilan")

    assert every.count(") & (") == 4
    assert "tiga" not in every
    assert all_but_one.count(") | (") >= 4
