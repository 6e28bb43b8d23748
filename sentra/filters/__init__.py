"""One filter per list, in one module each."""

from sentra.filters.base import CatalogueFilter, address_without
from sentra.filters.certificate import CertificateFilter
from sentra.filters.ikm import IKMFilter
from sentra.filters.product import ProductFilter
from sentra.filters.sentra import SentraFilter

__all__ = ["CatalogueFilter", "CertificateFilter", "IKMFilter", "ProductFilter", "SentraFilter", "address_without"]
