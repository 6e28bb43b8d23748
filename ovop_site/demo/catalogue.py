"""The catalogue of the demo: sentra, IKM with contact, products, papers and photos, as the story tells them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from files import intake
from files.models import StoredFile
from ovop_site.demo import scenes
from ovop_site.demo.figures import make_figures
from sentra.models import IKM, Certificate, Contact, Photo, Product, Sentra

Story = dict[str, Any]
# A certificate of the demo was issued this long before today; the story says when it lapses.
ISSUED_DAYS_AGO = 400
# Of so many firms one lacks the figures of a year.
GAP_EVERY = 5


def make_catalogue(story: Story, people: dict[str, User]) -> dict[str, Product]:
    """Everything the catalogue part of `story` names; products by name.

    Pictures are drawn from fixed seeds, which takes most of the time; so only products told with a `scene` have some.
    """
    sentra: dict[str, Sentra] = {}
    ikm: dict[str, IKM] = {}
    for seed, told in enumerate(story["sentra"], start=1):
        made = sentra[told["name"]] = _make_sentra(told, story["mark"], by=_recorder(told, people), seed=seed)
        for number, firm in enumerate(told["ikm"], start=1):
            ikm[firm["name"]] = _make_ikm(firm, made, number)
    products = {
        told["name"]: _make_product(told, ikm[told["ikm"]], story["mark"], seed)
        for seed, told in enumerate(story["products"], start=100)
    }
    _make_figures(story, sentra, ikm)
    return products


def _make_figures(story: Story, sentra: dict[str, Sentra], ikm: dict[str, IKM]) -> None:
    """After the products, from which figures take their scope."""
    for told in story["sentra"]:
        make_figures(sentra[told["name"]], told)
        for number, firm in enumerate(told["ikm"], start=1):
            make_figures(ikm[firm["name"]], firm, gap=number % GAP_EVERY == 0)


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
    checked_on = timezone.localdate() - timedelta(days=told.get("checked_days_ago", 20 + seed))
    position = _position(told["latitude"], told["longitude"], seed) if told["latitude"] else {}
    sentra = Sentra.objects.create(
        created_by=by,
        name=told["name"],
        wilayah_id=told["wilayah"],
        branch_id=told["branch"],
        commodity=told["commodity"],
        kbli=told["kbli"],
        founded=told["founded"],
        state=told["state"],
        checked_on=checked_on if is_known else None,
        management=told["management"],
        story=f"{told['story']} {mark}".strip(),
        **position,
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


def _position(latitude: str | Decimal, longitude: str | Decimal, seed: int) -> Story:
    return {
        "latitude": latitude,
        "longitude": longitude,
        "accuracy": 8 + seed,
        "position_source": Sentra.PositionSource.GPS,
        "position_at": timezone.now() - timedelta(days=20 + seed),
    }


def _beside(sentra: Sentra, number: int) -> Story:
    """A position some hundred metres from that of `sentra`."""
    step = Decimal(number) / 1000
    return _position(Decimal(sentra.latitude) + step, Decimal(sentra.longitude) - step, number)


def _make_ikm(firm: Story, sentra: Sentra, number: int) -> IKM:
    position = _beside(sentra, number) if firm.get("position") and sentra.has_position else {}
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
        state=firm.get("state", IKM.State.ACTIVE),
        **position,
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
    has_pictures = "scene" in told
    if has_pictures:
        file = picture(told["scene"], seed, by=ikm.created_by)
        Photo.objects.create(created_by=ikm.created_by, product=product, file=file, caption=f"{told['name']}, contoh")
    for kind, days in told["papers"].items():
        _make_paper(product, kind, timezone.localdate() + timedelta(days=days), mark, has_file=has_pictures)
    return product


def _make_paper(product: Product, kind: str, expires: date, mark: str, *, has_file: bool) -> None:
    label = Certificate.Kind(kind).label
    number = f"CONTOH-{kind}-{product.ikm.nib[-3:] or '000'}".upper().replace("_", "-")
    lines = [f"Nomor: {number}", f"Produk: {product.name}", f"Berlaku sampai: {expires:%d-%m-%Y}", mark]
    Certificate.objects.create(
        created_by=product.created_by,
        product=product,
        kind=kind,
        number=number,
        issued=min(expires, timezone.localdate()) - timedelta(days=ISSUED_DAYS_AGO),
        expires=expires,
        file=document(str(label), lines, by=product.created_by) if has_file else None,
    )
