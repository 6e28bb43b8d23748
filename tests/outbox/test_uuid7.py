from unittest.mock import patch

from outbox.uuid7 import uuid7


def test_uuid7_has_version_and_variant_of_rfc_9562():
    made = uuid7()

    assert (made.version, made.variant) == (7, "specified in RFC 4122")


def test_uuid7_begins_with_the_milliseconds_of_the_clock():
    with patch("outbox.uuid7.time.time_ns", return_value=1_795_000_000_123_999_999):
        made = uuid7()

    assert made.int >> 80 == 1_795_000_000_123


def test_uuid7_differs_within_one_millisecond():
    with patch("outbox.uuid7.time.time_ns", return_value=1_795_000_000_123_000_000):
        made = {uuid7() for _ in range(1000)}

    assert len(made) == 1000


def test_uuid7_of_a_later_millisecond_is_greater():
    with patch("outbox.uuid7.time.time_ns", side_effect=[1_000_000, 2_000_000]):
        first, second = uuid7(), uuid7()

    assert first < second
