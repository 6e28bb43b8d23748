"""Who asks in a bench, and which records they open: chosen from what was built, the same ones each time."""

import random
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.db.models import Count, QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest, SimpleCookie
from django.test import Client

from accounts import second_factor
from accounts.models import User
from assessment.models import Assessment
from ovop_site.bench.country import SEED
from ovop_site.bench.place import HOST
from sentra.models import IKM, Product, Sentra

OFFICER, VERIFIER, LEADER = "petugas kab.", "verifikator prov.", "pimpinan pusat"
# The officer whose draft is opened: another one than the officer of the lists.
DRAFTER = "petugas draf"
DRAFTS = 8
SHOWN = 20
# An officer's kabupaten holds this share of all firms: two thousand of a million.
SHARE = 500


@dataclass(frozen=True)
class Cast:
    """The people of a bench with `ikm` firms."""

    ikm: int

    @cached_property
    def kabupaten(self) -> str:
        """The kabupaten with sentra and products whose number of IKM comes nearest to its share."""
        has_all = _areas(Sentra.objects.all()).keys() & _areas(Product.objects.filter(ikm__isnull=False)).keys()
        counts = _areas(IKM.objects.all())
        return min(sorted(has_all), key=lambda area: abs(counts[area] - self.ikm / SHARE))

    @cached_property
    def users(self) -> dict[str, User]:
        """One user per role."""
        names = {
            OFFICER: f"petugas-{self.kabupaten}",
            VERIFIER: f"verifikator-{self.kabupaten[:2]}",
            LEADER: "pimpinan",
        }
        people = {role: User.objects.get(username=name) for role, name in names.items()}
        return people | {DRAFTER: self.drafts[0].officer}

    def client(self, user: User) -> Client:
        """A client of the same site without a server in between, signed in as `user`."""
        client = Client(headers={"host": HOST, "x-forwarded-proto": "https"})
        client.force_login(user)
        # As after a sign-in in two steps, which a verifikator has to take.
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, user, second_factor.METHOD)
        request.session.save()
        return client

    def cookies(self, user: User) -> dict[str, str]:
        """The cookies of somebody who is signed in."""
        found: SimpleCookie = self.client(user).cookies
        return {name: morsel.value for name, morsel in found.items()}

    def ikm_with_products(self) -> list[UUID]:
        """Of the officer's kabupaten."""
        keys = Product.objects.filter(wilayah__code__startswith=self.kabupaten, ikm__isnull=False)
        return self._some(keys.values_list("ikm", flat=True).order_by("ikm").distinct())

    def moved_ikm(self) -> list[UUID]:
        """IKM of the province with more than one version in their history."""
        moved = IKM.objects.filter(wilayah__code__startswith=self.kabupaten[:2], address__startswith="Jl. Baru")
        return self._some(moved.order_by("pk").values_list("pk", flat=True))

    def products(self) -> list[UUID]:
        products = Product.objects.filter(wilayah__code__startswith=self.kabupaten)
        return self._some(products.order_by("pk").values_list("pk", flat=True))

    def sentra(self) -> list[UUID]:
        sentra = Sentra.objects.filter(wilayah__code__startswith=self.kabupaten)
        return self._some(sentra.order_by("pk").values_list("pk", flat=True))

    def largest_sentra(self) -> list[UUID]:
        counted = Sentra.objects.annotate(size=Count("ikm_set")).order_by("-size", "pk")
        return [counted.values_list("pk", flat=True)[0]]

    @cached_property
    def drafts(self) -> list[Assessment]:
        """Drafts of as many officers as there are browsers at once; fewer where there are fewer."""
        drafts = Assessment.objects.filter(state=Assessment.State.DRAFT).select_related("officer")
        return list(drafts.order_by("officer_id", "pk").distinct("officer_id")[:DRAFTS])

    def others(self) -> list[str]:
        """User names of officers who do nothing else in a bench."""
        busy = {user.pk for user in self.users.values()} | {draft.officer_id for draft in self.drafts}
        officers = User.objects.filter(username__startswith="petugas-").exclude(pk__in=busy).order_by("username")
        return list(officers.values_list("username", flat=True)[:SHOWN])

    def _some(self, keys: QuerySet) -> list[UUID]:
        keys = list(keys)
        return random.Random(SEED).sample(keys, min(SHOWN, len(keys)))


def _areas(rows: QuerySet) -> dict[str, int]:
    """How many of `rows` lie in each kabupaten, by its code."""
    counted = rows.annotate(area=Left("wilayah_id", 5)).order_by().values_list("area").annotate(count=Count("pk"))
    return dict(counted)
