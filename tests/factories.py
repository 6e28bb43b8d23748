"""Plain functions that make rows for tests, with sensible defaults and no surprises."""

import hashlib
import itertools
from datetime import date
from typing import Any

from django.utils import timezone

from accounts.models import Duty, User
from files.models import StoredFile
from outbox.records import Record
from outbox.uuid7 import uuid7
from sentra.models import IKM, Branch, Certificate, Note, Photo, Product, ProductScope, Sentra, YearlyFigures
from wilayah.models import Wilayah

PASSWORD = "rahasia-tenun"
_numbers = itertools.count(1)

VILLAGE = "33.29.01.2003"


def make_user(username: str = "", *duties: tuple[str, str | None], **kwargs: Any) -> User:
    """A user with duties given as (role, area code or None for the whole country)."""
    number = next(_numbers)
    user = User.objects.create_user(
        username or f"orang{number}", password=kwargs.pop("password", PASSWORD), **{"name": f"Orang {number}"} | kwargs
    )
    for role, area in duties:
        Duty.objects.create(user=user, role=role, wilayah_id=area, valid_from=date(2020, 1, 1))
    return user


def make_branch(code: str = "pangan", **kwargs: Any) -> Branch:
    return Branch.objects.get_or_create(code=code, defaults={"name": code.capitalize()} | kwargs)[0]


def make_scope(code: str = "makanan", **kwargs: Any) -> ProductScope:
    return ProductScope.objects.get_or_create(code=code, defaults={"name": code.capitalize()} | kwargs)[0]


def make_sentra(**kwargs: Any) -> Sentra:
    number = next(_numbers)
    defaults = {
        "name": f"Sentra {number}",
        "wilayah_id": VILLAGE,
        "commodity": "sale pisang",
        "branch": kwargs.pop("branch", None) or make_branch(),
    }
    return Sentra.objects.create(**defaults | _resolved(kwargs))


def make_ikm(**kwargs: Any) -> IKM:
    number = next(_numbers)
    defaults = {
        "name": f"IKM {number}",
        "wilayah_id": VILLAGE,
        "branch": kwargs.pop("branch", None) or make_branch(),
    }
    return IKM.objects.create(**defaults | _resolved(kwargs))


def make_product(**kwargs: Any) -> Product:
    """A product; of a new IKM where neither `ikm` nor `sentra` is given. Its area follows from the maker."""
    number = next(_numbers)
    if "ikm" not in kwargs and "sentra" not in kwargs:
        kwargs["ikm"] = make_ikm()
    defaults = {"name": f"Produk {number}", "scope": kwargs.pop("scope", None) or make_scope()}
    product = Product.objects.create(**defaults | kwargs)
    product.refresh_from_db()
    return product


def make_certificate(**kwargs: Any) -> Certificate:
    number = next(_numbers)
    return Certificate.objects.create(**{"kind": Certificate.Kind.HALAL, "number": f"NO-{number}"} | kwargs)


def make_file(*, by: User, content: bytes = b"", content_type: str = StoredFile.ContentType.JPEG) -> StoredFile:
    """A received file without a look at its content; `content` differs per call where none is given."""
    content = content or f"isi {next(_numbers)}".encode()
    return StoredFile.objects.create(
        name="berkas",
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        state=StoredFile.State.RECEIVED,
        original="uji/berkas",
        uploaded_by=by,
        received_at=timezone.now(),
    )


def make_photo(*, file: StoredFile, **kwargs: Any) -> Photo:
    return Photo.objects.create(**{"caption": "Proses pembuatan"} | kwargs, file=file)


def make_note(**kwargs: Any) -> Note:
    """A note of today."""
    return Note.objects.create(**{"day": timezone.localdate(), "text": "Rak jemur rusak."} | kwargs)


def make_figures(**kwargs: Any) -> YearlyFigures:
    """Figures of 2024, of a new IKM where neither `ikm` nor `sentra` is given; one worker where nothing is said."""
    if "ikm" not in kwargs and "sentra" not in kwargs:
        kwargs["ikm"] = make_ikm()
    given = {"year": 2024} | kwargs
    if not given.keys() - {"year", "ikm", "sentra"}:
        given["workers_unsplit"] = 1
    figures = YearlyFigures.objects.create(**given)
    figures.refresh_from_db()
    return figures


def take_out_of_use(record: Sentra | IKM | Product | Certificate, *, by: User, reason: str = "Tercatat ganda.") -> None:
    """Write the columns of a deactivation, without asking what stands on `record`."""
    record.deactivated_at, record.deactivated_by, record.deactivation_reason = timezone.now(), by, reason
    record.save(update_fields=["deactivated_at", "deactivated_by", "deactivation_reason"])


def hidden_fields(record: Record) -> dict[str, Any]:
    """What a form about `record` carries that was opened just now."""
    revision = type(record)._base_manager.values_list("revision", flat=True).get(pk=record.pk)
    return {"idempotency_key": str(uuid7()), "id": str(record.pk), "revision": revision}


def _resolved(kwargs: dict[str, Any]) -> dict[str, Any]:
    """Lets tests write `wilayah="33.29"` as well as a row."""
    area = kwargs.pop("wilayah", None)
    if area is None:
        return kwargs
    return kwargs | {"wilayah_id": area.pk if isinstance(area, Wilayah) else area}
