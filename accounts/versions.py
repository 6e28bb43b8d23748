"""Reading the history that `accounts.history.tracked` keeps: versions of a row, who made them, and from where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User

ADMIN_ADDRESS = "/admin/"


def versions_of(row: Model) -> QuerySet:
    """Every version of `row`, the newest first, each with its context."""
    return type(row).pgh_event_model.objects.filter(pgh_obj=row.pk).select_related("pgh_context").order_by("-pgh_id")


def version_at(record: Model, revision: int | None) -> Model | None:
    """The version of `record` that had this `revision`; None where there was none."""
    if revision is None:
        return None
    return versions_of(record).filter(revision=revision).exclude(pgh_label="delete").first()


def actors_since(record: Model, revision: int) -> list[str]:
    """The names of those who changed `record` after `revision`, each once. Two queries."""
    return sorted(names_of(versions_of(record).filter(revision__gt=revision)).values())


def context_of(version: Model) -> dict[str, Any]:
    """What the change knew of itself: `user` and `url` of a page, or what `accounts.history.named` was told."""
    return version.pgh_context.metadata if version.pgh_context else {}


def names_of(versions: Iterable[Model]) -> dict[int, str]:
    """The names of those who made `versions`, by their key. One query, none where nobody is known."""
    keys = {context_of(version).get("user") for version in versions} - {None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=keys)} if keys else {}


@dataclass(frozen=True)
class Origin:
    """Where a change came from, as a page says it. `kind` is halaman, admin, impor, perintah or lain."""

    kind: str
    words: str


def origin_of(version: Model) -> Origin:
    """From the context: an import or a command by its name, a reason in words, else admin or page by its address."""
    context = context_of(version)
    if context.get("source") == "import":
        return Origin("impor", _("impor %(name)s") % {"name": context.get("name", "")})
    if context.get("source") == "command":
        return Origin("perintah", _("perintah %(name)s") % {"name": context.get("name", "")})
    if context.get("reason"):
        return Origin("halaman", context["reason"])
    address = context.get("url", "")
    if address.startswith(ADMIN_ADDRESS):
        return Origin("admin", _("halaman admin"))
    if address:
        return Origin("halaman", _("halaman"))
    return Origin("lain", _("langsung di basis data"))
