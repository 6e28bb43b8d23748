import re

import pytest
from django.db import IntegrityError

from accounts.models import User
from outbox.text import FILLERS, JOINERS, visible
from tests.factories import make_user
from wilayah.invisible import SOMETHING

UNSEEN = ["", " ", "\u00a0", "\u200b\u200d", "\u3164", "\u2800", "\u115f\u1160", "\ufe0f", "\ufeff", "\u2028", "\x07"]


@pytest.mark.parametrize("name", UNSEEN)
def test_nothing_that_can_be_seen_is_nothing(name):
    assert re.search(SOMETHING, name) is None


@pytest.mark.parametrize("name", ["Siti", " a ", "ᄀ", "日本", "🍌", "⠁", "ꦱꦶꦠꦶ"])
def test_a_letter_of_any_script_is_something(name):
    assert re.search(SOMETHING, name)


def test_what_a_form_drops_is_nothing_to_the_database_either():
    dropped = [mark for mark in FILLERS + JOINERS + "\u200b\u202e\u2066" if not visible(mark)]

    assert [mark for mark in dropped if re.search(SOMETHING, mark)] == []


@pytest.mark.parametrize("name", UNSEEN[1:])
def test_the_database_reads_the_pattern_as_python_does(db, name):
    user = make_user(name="Siti")

    with pytest.raises(IntegrityError, match="user_name_visible"):
        User.objects.filter(pk=user.pk).update(name=name)


@pytest.mark.parametrize("name", ["", "Siti", "日本", "ꦱꦶꦠꦶ"])
def test_an_account_may_have_no_name_but_none_that_nobody_sees(db, name):
    make_user(name=name).full_clean()
