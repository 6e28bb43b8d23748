"""The catalogue: reference data, sentra, IKM with contact, products, their papers and figures, and kept filters."""

from sentra.models.certificate import Certificate
from sentra.models.comparison import Comparison
from sentra.models.figures import YearlyFigures
from sentra.models.ikm import IKM, Contact
from sentra.models.listing import ListLayout, SavedFilter
from sentra.models.note import Note
from sentra.models.photo import Photo
from sentra.models.product import Product
from sentra.models.reference import Branch, ProductScope
from sentra.models.sentra import Sentra
from sentra.models.size import SizeClass, SizeRule
from sentra.models.words import NameWord

__all__ = [
    "IKM",
    "Branch",
    "Certificate",
    "Comparison",
    "Contact",
    "ListLayout",
    "NameWord",
    "Note",
    "Photo",
    "Product",
    "ProductScope",
    "SavedFilter",
    "Sentra",
    "SizeClass",
    "SizeRule",
    "YearlyFigures",
]
