"""Pages of the people of an area: list, one person, a new petugas, duties given and ended, a sign-in code."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import account_history, codes, fresh, people, permissions
from accounts.models import Duty, User
from assessment.unfinished import Unfinished, unfinished_of
from outbox.delivery import form_again, receive
from outbox.forms import AsShownForm
from ovop_site.people.filters import PersonFilter
from ovop_site.people.forms import (
    NOT_YOURS_TO_GIVE,
    AccountForm,
    DutyForm,
    EndForm,
    OfficerForm,
    TakeOnForm,
    words_of,
)
from ovop_site.templatetags.numbers import moment, number
from sentra.listing.orders import Order, Sorting
from sentra.listing.paging import Rows, list_page
from wilayah import codes as area_codes

FORM_METHODS = ["GET", "HEAD", "POST"]
BY_NAME = Sorting(Order("nama", "", "", (Lower("name"), F("username"))))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    _require_keeper(request.user)
    filterset = PersonFilter(request.GET, people.seen_by(request.user), user=request.user)
    rows = Rows(filterset.rows, drawn=partial(people.with_duties, seen_by=request.user))
    listing = list_page(rows, BY_NAME, request.GET)
    is_national = area_codes.NATIONAL in permissions.managed_areas(request.user)
    page = {"heading": _heading(listing.count, is_national), "filter": filterset, "listing": listing}
    return render(request, "people/list.html", page | {"is_national": is_national})


def _heading(count: int, is_national: bool) -> str:
    if not count:
        return _("Pengguna")
    sentence = _("%(count)s pengguna di seluruh Indonesia") if is_national else _("%(count)s pengguna di wilayah Anda")
    return sentence % {"count": number(count)}


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    duties = [(duty, permissions.may_end_duty(request.user, duty)) for duty in person.shown_duties]
    sign_in_codes = list(person.sign_in_code_set.select_related("issued_by"))
    managed = permissions.managed_areas(request.user)
    return render(
        request,
        "people/detail.html",
        {
            "person": person,
            "duties": duties,
            "elsewhere": people.acts_elsewhere(person, seen_by=request.user),
            "history": account_history.changes_of(person, areas=managed, sign_in_codes=sign_in_codes),
            "may": _acts_on(request.user, person),
            "open_code": next((code for code in sign_in_codes if code.is_usable), None),
            "can_end_all": sum(may_end and not duty.is_over for duty, may_end in duties) > 1,
            "zone": _zone(person),
            "is_national": area_codes.NATIONAL in managed,
        },
    )


@require_http_methods(FORM_METHODS)
def create(request: HttpRequest) -> HttpResponse:
    _require_keeper(request.user)
    if question := fresh.ask(request):
        return question

    def make(form: OfficerForm) -> str:
        account = {name: form.cleaned_data[name] for name in ("name", "username", "email")}
        person = people.create_officer(**account, **form.duty, by=request.user)
        messages.success(
            request,
            _("Akun %(name)s dibuat. Nama penggunanya: %(username)s.") % {"name": person, "username": person.username},
        )
        return _address(person)

    return _form_page(request, "people/create.html", lambda data: OfficerForm(data, by=request.user), make)


@require_http_methods(FORM_METHODS)
def take_on(request: HttpRequest) -> HttpResponse:
    _require_keeper(request.user)
    if question := fresh.ask(request):
        return question
    return _form_page(
        request,
        "people/take_on.html",
        lambda data: TakeOnForm(data, by=request.user),
        lambda form: _give(request, form),
    )


@require_http_methods(FORM_METHODS)
def duty_create(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    if not person.is_active:
        raise PermissionDenied(_("Akun ini tidak aktif. Minta admin mengaktifkannya dahulu."))
    if not permissions.may_give_duties_to(request.user, person):
        raise PermissionDenied(NOT_YOURS_TO_GIVE)
    if question := fresh.ask(request):
        return question
    return _form_page(
        request,
        "people/duty.html",
        lambda data: DutyForm(data, by=request.user, person=person),
        lambda form: _give(request, form),
        person=person,
    )


def _give(request: HttpRequest, form: DutyForm) -> str:
    duty = people.give_duty(user=form.person, **form.duty, by=request.user)
    messages.success(request, _("%(person)s kini bertugas: %(duty)s.") % {"person": form.person, "duty": duty})
    return _address(form.person)


@require_http_methods(FORM_METHODS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    if not permissions.may_edit_account(request.user, person):
        raise PermissionDenied(_not_all_yours())
    if question := fresh.ask(request):
        return question

    def form_of(data: Any) -> AccountForm:
        return AccountForm(data, account=people.lock(person) if data else person)

    def store(form: AccountForm) -> str:
        account = form.account
        account.name, account.email = form.cleaned_data["name"], form.cleaned_data["email"]
        people.edit_account(account=account, by=request.user)
        messages.success(request, _("Data %(person)s tersimpan.") % {"person": account})
        return _address(account)

    return _form_page(request, "people/edit.html", form_of, store, person=person)


@require_http_methods(FORM_METHODS)
def duty_end(request: HttpRequest, pk: int) -> HttpResponse:
    duty = _duty(request, pk)
    return _end(request, duty.user, lambda: [_duty(request, pk)])


@require_http_methods(FORM_METHODS)
def end_all(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    return _end(request, person, lambda: people.endable(person, by=request.user))


def _end(request: HttpRequest, person: User, find: Callable[[], list[Duty]]) -> HttpResponse:
    """`find` gives the duties of `person` that are meant, for a form that was sent once more under the lock."""
    duties = find()
    if not duties:
        raise PermissionDenied(_("Tidak ada tugas yang dapat Anda akhiri pada orang ini."))
    if question := fresh.ask(request):
        return question
    unfinished = _left_behind(person, duties)

    def form_of(data: Any) -> EndForm:
        if data:
            people.lock(person)
        ending = find() if data else duties
        left = [_("tertinggal: %(count)s penilaian") % {"count": number(unfinished.orphaned)}]
        shows = [*map(words_of, ending), *(left if unfinished.orphaned else [])]
        return EndForm(data, duties=ending, shows=shows)

    def end(form: EndForm) -> str:
        people.end_duties(duties=form.duties, last_day=form.cleaned_data["last_day"], by=request.user)
        messages.success(request, _("Hari terakhir tugas %(person)s tercatat.") % {"person": person})
        return _address(person)

    return _form_page(
        request,
        "people/end.html",
        form_of,
        end,
        person=person,
        duties=duties,
        unfinished=unfinished,
        is_partly_to_come=any(not duty.has_begun for duty in duties),
    )


@require_http_methods(FORM_METHODS)
def duty_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """A duty that has not begun is taken back; from its first day on it is ended instead."""
    duty = _duty(request, pk)
    if question := fresh.ask(request):
        return question
    if duty.has_begun:
        return redirect("people:duty_end", pk)

    def cancel(form: AsShownForm) -> str:
        try:
            people.cancel_duty(duty=duty, by=request.user)
        except people.DutyBegan:
            return reverse("people:duty_end", args=[pk])
        messages.success(request, _("Tugas %(person)s dibatalkan: %(duty)s.") % {"person": duty.user, "duty": duty})
        return _address(duty.user)

    def form_of(data: Any) -> AsShownForm:
        return AsShownForm(data, shows=[words_of(_duty(request, pk))])

    return _form_page(request, "people/cancel.html", form_of, cancel, duty=duty)


def _left_behind(person: User, duties: list[Duty]) -> Unfinished:
    ending = [duty.wilayah_id or area_codes.NATIONAL for duty in duties]
    return unfinished_of(person, inside=ending, kept=people.areas_kept(person, ending=duties))


@never_cache
@require_http_methods(FORM_METHODS)
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """A new code is on the page that answers the POST, and nowhere else: what is stored is its hash."""
    person = _person(request, pk)
    if not permissions.may_issue_code(request.user, person):
        raise PermissionDenied(_not_all_yours())
    if question := fresh.ask(request):
        return question
    page = {"person": person, "zone": _zone(person)}
    if request.method != "POST":
        return render(request, "people/code.html", page | _code_form(None, person))
    issued: list[str] = []

    def issue() -> str | HttpResponse:
        people.lock(person)
        filled = _code_form(request.POST, person)
        if not filled["form"].is_valid():
            return form_again(request, filled["form"], "people/code.html", page | filled)
        issued.append(codes.issue(user=person, by=request.user))
        return reverse("people:code", args=[person.pk])

    answer = receive(request, issue)
    if not issued or answer.status_code != 303:
        return answer
    shown = page | {"code": issued[-1], "hours": int(codes.VALID_FOR.total_seconds() // 3600)}
    return render(request, "people/code_shown.html", shown)


def _code_form(data: Any, person: User) -> dict[str, Any]:
    """The form of a new code and the `earlier` one it would replace, None where there is none. One query."""
    earlier = person.sign_in_code_set.usable().select_related("issued_by").first()
    words = _("kode dari %(by)s, berlaku sampai %(until)s")
    shows = [words % {"by": earlier.issued_by, "until": moment(earlier.expires_at, _zone(person))}] if earlier else []
    return {"form": AsShownForm(data, shows=shows), "earlier": earlier}


def _form_page(request: HttpRequest, template: str, make_form: Any, store: Any, **context: Any) -> HttpResponse:
    """A page with one form: `make_form(data)` gives it, `store(form)` writes and says where to go next.

    What only another one's save, made meanwhile, stands against is told on the form as well.
    """
    if request.method != "POST":
        return render(request, template, {"form": make_form(None)} | context)

    def work() -> str | HttpResponse:
        form = make_form(request.POST)
        try:
            if form.is_valid():
                return store(form)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        return form_again(request, form, template, context)

    return receive(request, work)


def _require_keeper(user: User) -> None:
    if not permissions.managed_areas(user):
        raise PermissionDenied(_("Halaman ini untuk verifikator, yang mengurus petugas di wilayahnya."))


def _person(request: HttpRequest, pk: int) -> User:
    """Somebody with a duty inside the own area, with `shown_duties`; 404 else."""
    _require_keeper(request.user)
    return get_object_or_404(people.with_duties(people.seen_by(request.user), seen_by=request.user), pk=pk)


def _duty(request: HttpRequest, pk: int) -> Duty:
    """The duty of a petugas inside the own area, person and area joined; 404 where it is unseen."""
    _require_keeper(request.user)
    duty = get_object_or_404(
        Duty.objects.inside(permissions.managed_areas(request.user)).select_related("user", "wilayah"),
        pk=pk,
        user__in=people.seen_by(request.user),
    )
    if not permissions.may_end_duty(request.user, duty):
        raise PermissionDenied(_("Tugas ini bukan tugas petugas lapangan, jadi hanya admin yang mengakhirinya."))
    return duty


def _acts_on(user: User, person: User) -> dict[str, bool]:
    """What `user` may do with `person`, by the predicates; each is asked only where another has not said it already."""
    is_verifier = permissions.has_role(user, permissions.Role.VERIFIER)
    issue_code = is_verifier and permissions.may_issue_code(user, person)
    return {
        "issue_code": issue_code,
        "edit": permissions.may_edit_account(user, person) if permissions.keeps_all_duties(user) else issue_code,
        "give_duty": person.is_active and (issue_code or permissions.may_give_duties_to(user, person)),
    }


def _address(person: User) -> str:
    return reverse("people:detail", args=[person.pk])


def _zone(person: User) -> str:
    """The area whose clock the pages about `person` show."""
    return next((duty.wilayah_id for duty in person.shown_duties if duty.wilayah_id), "")


def _not_all_yours() -> str:
    return _(
        "Hanya untuk petugas lapangan yang seluruh tugasnya ada di wilayah Anda. Akun admin, verifikator, dan orang"
        " yang juga bertugas di tempat lain diurus oleh admin."
    )
