"""How far a piece of evidence was taken from its sentra."""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from django.utils.formats import number_format
from django.utils.translation import gettext as _

Position = tuple[Decimal | float, Decimal | float]

EARTH_RADIUS = 6_371_000


def metres(one: Position, other: Position) -> float:
    """The distance between two positions (latitude, longitude in degrees) on the ground, in metres (haversine)."""
    lat_1, lon_1, lat_2, lon_2 = (radians(float(degrees)) for degrees in (*one, *other))
    half = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(min(half, 1)))


def in_words(distance: float) -> str:
    """ "12 m dari posisi sentra", from one kilometre on "3,4 km dari posisi sentra"."""
    if distance < 1000:
        return _("%(metres)d m dari posisi sentra") % {"metres": round(distance)}
    return _("%(kilometres)s km dari posisi sentra") % {"kilometres": number_format(distance / 1000, decimal_pos=1)}
