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


PER_PAGE = 20


@dataclass(frozen=True)
class Change:
    """What one request, command or statement made of one row: `before` is None where it began with that.

    kind  "insert", "update" or "delete"; after a "delete", `after` is how the row looked last
    """

    kind: str
    before: Model | None
    after: Model

    @property
    def revisions(self) -> range:
        """The revisions the change passed through, for a record."""
        return range(self.before.revision + 1 if self.before else 1, self.after.revision + 1)


@dataclass(frozen=True)
class History:
    """A page of changes, the newest first; `older` is the key to go on from, None at the end."""

    changes: list[Change]
    older: int | None


def read(versions: QuerySet, *, before: int | None = None) -> History:
    """The changes that led to `versions` (of one row or several, each completely), `PER_PAGE` versions or fewer.

    What one request did to a row in several statements is one change. Two queries, one on the last page, whatever the
    number of rows; they are answered by the index on `pgh_obj_id`, or on the key of the record the rows are about.
    """
    if before is not None:
        versions = versions.filter(pgh_id__lt=before)
    found = list(versions.select_related("pgh_context").order_by("-pgh_id")[: PER_PAGE + 1])
    groups = _grouped(found[:PER_PAGE])
    has_more = len(found) > PER_PAGE
    if has_more and len(groups) > 1 and _belong_together(groups[-1][-1], found[-1]):
        groups.pop()
    shown = [version for group in groups for version in group]
    first = _first_before(shown) if has_more else {}
    changes = [_change(group, _version_before(group[-1], shown) or first.get(group[-1].pgh_obj_id)) for group in groups]
    return History(changes, older=shown[-1].pgh_id if has_more else None)


def _grouped(versions: list[Model]) -> list[list[Model]]:
    groups: list[list[Model]] = []
    for version in versions:
        if groups and _belong_together(groups[-1][-1], version):
            groups[-1].append(version)
        else:
            groups.append([version])
    return groups


def _belong_together(one: Model, other: Model) -> bool:
    same_context = one.pgh_context_id is not None and one.pgh_context_id == other.pgh_context_id
    return same_context and one.pgh_obj_id == other.pgh_obj_id


def _change(group: list[Model], before: Model | None) -> Change:
    """The change of versions that belong together, the newest first."""
    labels = [version.pgh_label for version in group]
    kind = next((label for label in ("delete", "insert") if label in labels), "update")
    return Change(kind, None if "insert" in labels else before, group[0])


def _version_before(version: Model, shown: list[Model]) -> Model | None:
    older = (one for one in shown if one.pgh_obj_id == version.pgh_obj_id and one.pgh_id < version.pgh_id)
    return next(older, None)


def _first_before(shown: list[Model]) -> dict[Any, Model]:
    """Of each row in `shown` the last version before those that are shown."""
    if not shown:
        return {}
    older = type(shown[0]).objects.filter(
        pgh_obj__in={version.pgh_obj_id for version in shown}, pgh_id__lt=shown[-1].pgh_id
    )
    return {row.pgh_obj_id: row for row in older.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")}
