"""What a person keeps about the lists: filters under a name, and the columns and order a list is shown with."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OrderBy, Q
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty, User
from accounts.permissions import sees_q
from outbox.records import Record, tracked
from wilayah.invisible import says_something

# Letters of an address: what every browser and proxy takes.
LONGEST_QUERY = 2000


class SavedFilterQuerySet(models.QuerySet):
    def usable_by(self, user: User) -> Self:
        """The own ones, and those somebody shares: whoever has the link may open them."""
        return self.filter(Q(owner=user) | Q(is_shared=True))

    def listed_for(self, user: User) -> Self:
        """The own ones, and those shared by people whose area `user` sees; the own first, then by name."""
        near = Duty.objects.active().filter(Q(wilayah=None) | sees_q(user, "wilayah__code"))
        return self.filter(Q(owner=user) | Q(is_shared=True, owner__in=near.values("user"))).order_by(
            OrderBy(Exact(F("owner"), user.pk), descending=True), Lower("name"), "pk"
        )


@tracked()
class SavedFilter(Record):
    """A filter of one list under a name: the query of its address, with the order and columns that stand in it.

    It opens a list and nothing else, so whoever follows it sees only what that person may see.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("pemilik"),
        related_name="savedfilter_set",
        editable=False,
    )
    list_key = models.CharField(_("daftar"), max_length=20, editable=False)
    name = models.CharField(_("nama saringan"), max_length=60)
    query = models.CharField(_("saringan"), max_length=LONGEST_QUERY, blank=True, editable=False)
    is_shared = models.BooleanField(
        _("bagikan kepada rekan"),
        default=False,
        help_text=_("Rekan membuka saringan yang sama; yang tampil tetap menurut tugas masing-masing."),
    )

    objects = SavedFilterQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("saringan tersimpan")
        verbose_name_plural = _("saringan tersimpan")
        ordering = ["list_key", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                "owner",
                "list_key",
                Lower("name"),
                name="savedfilter_name_once",
                violation_error_message=_("Anda sudah punya saringan dengan nama ini. Pilih nama lain."),
            ),
            says_something("name", name="savedfilter_has_name", sentence=_("Isi nama saringannya.")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("listing:saved", args=[self.pk])


class ListLayout(models.Model):
    """How one person wants one list shown. No row means: as the list is declared."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("pengguna"), related_name="listlayout_set"
    )
    list_key = models.CharField(_("daftar"), max_length=20)
    columns = ArrayField(models.CharField(max_length=20), verbose_name=_("kolom"))
    order = models.CharField(_("urutan"), max_length=21, blank=True)

    class Meta:
        verbose_name = _("tampilan daftar")
        verbose_name_plural = _("tampilan daftar")
        ordering = ["user_id", "list_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "list_key"],
                name="listlayout_once_per_list",
                violation_error_message=_(
                    "Tampilan daftar ini baru diatur di jendela lain. Muat ulang, lalu atur lagi."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.list_key}"
