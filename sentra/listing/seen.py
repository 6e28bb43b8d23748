"""Which rows a list has for a user."""

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import CATALOGUE_READERS, duty_areas
from wilayah import codes


def seen(rows: QuerySet, user: User) -> QuerySet:
    """`rows.visible_to(user)`, so that a list of many rows can be read in its order.

    What lies in a wider area around the duties is seen too. There is hardly ever such a row, and asking for it beside
    the others keeps PostgreSQL from walking an index; so it is asked for only where it exists. One query, none for
    duties over provinces or the country.
    """
    areas = duty_areas(user, *CATALOGUE_READERS)
    wider = codes.around(areas)
    if wider and rows.filter(wilayah__in=wider).exists():
        return rows.visible_to(user)
    return rows.filter(codes.inside("wilayah__code", areas))
