"""The catalogue of the demo: sentra, IKM with contact, products, papers and photos, as the story tells them."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from files import intake
from files.models import StoredFile
from ovop_site.demo import scenes
from sentra.models import IKM, Certificate, Contact, Photo, Product, Sentra

Story = dict[str, Any]
# A certificate of the demo was issued this long before today; the story says when it lapses.
ISSUED_DAYS_AGO = 400


def make_catalogue(story: Story, people: dict[str, User]) -> dict[str, Product]:
    """Everything the catalogue part of `story` names; products by name. Pictures are drawn from fixed seeds."""
    ikm: dict[str, IKM] = {}
    for seed, told in enumerate(story["sentra"], start=1):
        sentra = _make_sentra(told, story["mark"], by=_recorder(told, people), seed=seed)
        for number, firm in enumerate(told["ikm"], start=1):
            ikm[firm["name"]] = _make_ikm(firm, sentra, number)
    return {
        told["name"]: _make_product(told, ikm[told["ikm"]], story["mark"], seed)
        for seed, told in enumerate(story["products"], start=100)
    }


def picture(scene: str, seed: int, *, by: User) -> StoredFile:
    """A drawn photo, taken in like any upload."""
    upload = SimpleUploadedFile(f"contoh-{scene}.jpg", scenes.photo(scene, seed))
    return intake.store(intake.check(upload, intake.PHOTOS), by=by)


def document(title: str, lines: list[str], *, by: User) -> StoredFile:
    """A drawn PDF, taken in like any upload."""
    upload = SimpleUploadedFile("contoh.pdf", scenes.paper(title, lines))
    return intake.store(intake.check(upload), by=by)


def _recorder(told: Story, people: dict[str, User]) -> User:
    return people["petugas" if told["wilayah"].startswith("33.29") else "petugas2"]


def _make_sentra(told: Story, mark: str, *, by: User, seed: int) -> Sentra:
    is_known = told["state"] != Sentra.State.UNCHECKED
    sentra = Sentra.objects.create(
        created_by=by,
        name=told["name"],
        wilayah_id=told["wilayah"],
        branch_id=told["branch"],
        commodity=told["commodity"],
        kbli=told["kbli"],
        founded=told["founded"],
        state=told["state"],
        checked_on=timezone.localdate() - timedelta(days=20 + seed) if is_known else None,
        management=told["management"],
        story=f"{told['story']} {mark}".strip(),
        latitude=told["latitude"],
        longitude=told["longitude"],
        accuracy=8 + seed,
        position_source=Sentra.PositionSource.GPS,
        position_at=timezone.now() - timedelta(days=20 + seed),
    )
    if told["decree"]:
        lines = [f"Nomor: {told['decree']}", f"Sentra IKM {told['name']} ditetapkan sebagai sentra.", mark]
        Certificate.objects.create(
            created_by=by,
            sentra=sentra,
            kind=Certificate.Kind.SK_SENTRA,
            number=told["decree"],
            issued=timezone.localdate() - timedelta(days=ISSUED_DAYS_AGO),
            file=document("Keputusan Bupati", lines, by=by),
        )
    file = picture(told["scene"], seed, by=by)
    Photo.objects.create(created_by=by, sentra=sentra, file=file, caption=f"{told['commodity']}, {mark.lower()}")
    return sentra


def _make_ikm(firm: Story, sentra: Sentra, number: int) -> IKM:
    ikm = IKM.objects.create(
        created_by=sentra.created_by,
        name=firm["name"],
        sentra=sentra,
        is_anchor=firm.get("anchor", False),
        nib=firm["nib"],
        branch_id=sentra.branch_id,
        kbli=sentra.kbli,
        address=f"RT {number:02d} RW 01",
        wilayah_id=sentra.wilayah_id,
    )
    Contact.objects.create(ikm=ikm, owner=firm["owner"], phone=f"08000000{sentra.wilayah_id[:2]}{number:02d}")
    return ikm


def _make_product(told: Story, ikm: IKM, mark: str, seed: int) -> Product:
    product = Product.objects.create(
        created_by=ikm.created_by,
        name=told["name"],
        ikm=ikm,
        sentra=ikm.sentra,
        scope_id=told["scope"],
        description=mark,
        story=ikm.sentra.story,
        materials=told["materials"],
        local_share=told["local_share"],
        price=told["price"],
        price_unit=told["price_unit"],
    )
    product.refresh_from_db()
    file = picture(told["scene"], seed, by=ikm.created_by)
    Photo.objects.create(created_by=ikm.created_by, product=product, file=file, caption=f"{told['name']}, contoh")
    for kind, days in told["papers"].items():
        _make_paper(product, kind, timezone.localdate() + timedelta(days=days), mark)
    return product


def _make_paper(product: Product, kind: str, expires: date, mark: str) -> None:
    label = Certificate.Kind(kind).label
    number = f"CONTOH-{kind}-{str(product.ikm.nib)[-3:]}".upper().replace("_", "-")
    lines = [f"Nomor: {number}", f"Produk: {product.name}", f"Berlaku sampai: {expires:%d-%m-%Y}", mark]
    Certificate.objects.create(
        created_by=product.created_by,
        product=product,
        kind=kind,
        number=number,
        issued=min(expires, timezone.localdate()) - timedelta(days=ISSUED_DAYS_AGO),
        expires=expires,
        file=document(str(label), lines, by=product.created_by),
    )
