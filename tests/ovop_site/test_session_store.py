"""A save is answered at the end of its request, when the session is kept; the database may have gone by then."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import OperationalError

from ovop_site.session_store import SessionStore


@pytest.fixture
def session(db):
    session = SessionStore()
    session["mulai"] = 1
    session.save()
    return session


def test_database_that_is_away_is_said_to_be_away(session, monkeypatch):
    """The answer was a 400, which a phone does not send again, where 503 is meant."""

    def fail(*args, **options):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(Session, "save", fail)

    with pytest.raises(OperationalError, match="closed the connection"):
        session.save()


def test_session_that_somebody_ended_is_still_told_apart(session):
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()
