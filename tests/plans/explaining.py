"""What PostgreSQL would read, as it says itself (EXPLAIN)."""

import json
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import QueryDict

from assessment.lists import ASSESSMENT_LIST
from sentra.listing import paging
from sentra.listing.orders import directions
from sentra.lists.certificate import CERTIFICATE_LIST
from sentra.lists.ikm import IKM_LIST
from sentra.lists.product import PRODUCT_LIST
from sentra.lists.sentra import SENTRA_LIST

BIG = {
    "sentra_sentra", "sentra_ikm", "sentra_ikmevent", "sentra_product", "sentra_certificate", "sentra_yearlyfigures",
    "sentra_yearlyfiguresevent", "assessment_assessment", "wilayah_wilayah",
}  # fmt: skip
LISTS = {
    declared.key: declared for declared in (SENTRA_LIST, IKM_LIST, PRODUCT_LIST, CERTIFICATE_LIST, ASSESSMENT_LIST)
}


def nodes(plan: dict) -> Iterator[dict]:
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)


def plan_of(rows: QuerySet, **options: bool) -> list[dict]:
    return list(nodes(json.loads(rows.explain(format="json", **options))[0]["Plan"]))


def tables_scanned(rows: QuerySet) -> set[str]:
    """The big tables that are read from end to end."""
    return {node["Relation Name"] for node in plan_of(rows) if node["Node Type"] == "Seq Scan"} & BIG


def queries(key: str, query: str, user) -> tuple[QuerySet, QuerySet, QuerySet]:
    """The count, the keys and the rows of the first page of a list, as its page asks for them."""
    filterset = LISTS[key].filtered(QueryDict(query), user)
    assert filterset.form.is_valid(), filterset.form.errors
    orders = directions(LISTS[key].orders_for(filterset))
    sorting = next((one for one in orders if one.parameter == QueryDict(query).get("urut")), orders[0])
    rows = paging.Rows(filterset.rows, LISTS[key].drawn_in(LISTS[key].columns))
    by_index = not filterset.is_narrowed or rows.counted() > paging.COUNTED
    keys = sorting.rows(filterset.rows, by_index=by_index)[: paging.PAGE_SIZE + 1]
    shown = rows.shown(keys, sorting)
    return filterset.rows.order_by().values("pk")[: paging.COUNTED + 1], keys.values("pk"), shown
