import logging
import sys

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError

from ovop_site.database_down import ShortenDatabaseAway, is_database_away


def caused(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        caused(OperationalError(), psycopg.OperationalError()),
        caused(OperationalError(), psycopg.errors.AdminShutdown()),
        caused(OperationalError(), psycopg.errors.CannotConnectNow()),
        caused(OperationalError(), psycopg.errors.ConnectionFailure()),
        caused(InterfaceError(), psycopg.InterfaceError()),
    ],
)
def test_lost_or_refused_connection_is_an_absent_database(error):
    assert is_database_away(error)


@pytest.mark.parametrize(
    "error",
    [
        None,
        ZeroDivisionError(),
        caused(IntegrityError(), psycopg.errors.UniqueViolation()),
        caused(OperationalError(), psycopg.errors.DeadlockDetected()),
        caused(OperationalError(), psycopg.errors.DiskFull()),
    ],
)
def test_other_faults_are_not(error):
    assert not is_database_away(error)


def test_log_has_one_line_per_request():
    try:
        raise OperationalError("server closed\nand more") from psycopg.OperationalError()
    except OperationalError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Internal", (), sys.exc_info())

    ShortenDatabaseAway().filter(record)

    assert (record.getMessage(), record.exc_info) == ("Database away: server closed", None)
