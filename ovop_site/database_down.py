"""A database that is away for a moment is no fault of the page: 503 with a sentence, and a short line in the log."""

import logging
import sys

import psycopg
from django.db import InterfaceError, OperationalError

# SQLSTATE of a server that is shutting down, starting, or out of connections; class 08 is a broken connection.
STATES_OF_ABSENCE = {"57P01", "57P02", "57P03", "53300"}
RETRY_SECONDS = 10


def is_database_away(error: BaseException | None) -> bool:
    """Whether `error` says that no connection could be had or kept, rather than that a query was wrong."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    state = cause.sqlstate if isinstance(cause, psycopg.Error) else None
    return state is None or state in STATES_OF_ABSENCE or state.startswith("08")


class ShortenDatabaseAway(logging.Filter):
    """Leaves out the traceback of requests that found the database away: one line says all there is to know."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if is_database_away(error):
            record.exc_info = None
            record.msg, record.args = "Database away: %s", (str(error).splitlines()[0],)
        return True


def current_error() -> BaseException | None:
    """The exception that is being answered by the error handler which asks."""
    return sys.exc_info()[1]
