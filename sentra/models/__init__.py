"""The catalogue: branches, product scopes, sentra, IKM with contact, products, certificates, photos and notes."""

from sentra.models.certificate import Certificate
from sentra.models.ikm import IKM, Contact
from sentra.models.note import Note
from sentra.models.photo import Photo
from sentra.models.product import Product
from sentra.models.reference import Branch, ProductScope
from sentra.models.sentra import Sentra

__all__ = ["IKM", "Branch", "Certificate", "Contact", "Note", "Photo", "Product", "ProductScope", "Sentra"]
