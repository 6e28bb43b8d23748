"""What is done with a whole instrument: copying, publishing, retiring, each on a page of its own; and downloading."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessment import instruments
from assessment.admin.forms import CopyForm, UploadForm
from assessment.admin.parts import page_of, trail
from assessment.admin.report import report_of
from assessment.instrument_changes import differences
from assessment.instrument_file import write_instrument
from assessment.instrument_rows import load_rules
from assessment.models import Assessment, Instrument, Round
from sentra.models import ProductScope


def copy_page(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    instrument = _found(request, pk, allowed=model_admin.has_add_permission(request))
    form = CopyForm(request.POST or None, initial={"name": instrument.name})
    if request.method == "POST" and form.is_valid():
        copied = instruments.copy(instrument, **form.cleaned_data)
        model_admin.log_addition(request, copied, _("Disalin dari %(source)s.") % {"source": instrument})
        messages.success(request, _("Rancangan “%(copy)s” dibuat dari salinan.") % {"copy": copied})
        return HttpResponseRedirect(page_of(copied))
    return _page(request, model_admin, instrument, "copy", _("Salin ke rancangan baru"), {"form": form})


def upload_page(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """A new draft from a file, such as `download` gives."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = instruments.store_file(form.rules)
        except instruments.VersionExists as error:
            form.add_error("file", str(error))
        except instruments.NotStorable as error:
            form.add_error("file", error.messages)
        else:
            model_admin.log_addition(
                request, made, _("Dibuat dari berkas %(name)s.") % {"name": form.cleaned_data["file"].name}
            )
            messages.success(request, _("Rancangan “%(draft)s” dibuat dari berkas.") % {"draft": made})
            return HttpResponseRedirect(page_of(made))
    return _page(request, model_admin, None, "upload", _("Unggah berkas instrumen"), {"form": form})


def publish_page(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    """The draft is published as it was shown: the form carries a fingerprint of its rules."""
    draft = _found(request, pk, allowed=model_admin.has_change_permission(request))
    if request.method == "POST":
        return _publish(request, draft, model_admin)
    if not draft.is_draft:
        messages.info(request, _("Instrumen ini sudah terbit."))
        return HttpResponseRedirect(page_of(draft))
    rules, before = load_rules(draft.pk), instruments.version_before(draft)
    context = {
        "report": report_of(draft, rules),
        "seen": instruments.fingerprint(rules),
        "before": before,
        "differences": _differences(before, rules) if before else [],
        "rounds": _rounds_of(before),
        "today": timezone.localdate(),
    }
    return _page(request, model_admin, draft, "publish", _("Terbitkan instrumen"), context)


def _publish(request: HttpRequest, draft: Instrument, model_admin: ModelAdmin) -> HttpResponse:
    try:
        instruments.publish(draft, by=request.user, seen=request.POST.get("seen", "-"))
    except (instruments.NotADraft, instruments.DraftChanged) as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(request.path)
    except instruments.NotPublishable:
        return HttpResponseRedirect(request.path)
    model_admin.log_change(request, draft, _("Diterbitkan."))
    messages.success(
        request,
        _("“%(instrument)s” terbit. Putaran penilaian kini dapat memakainya.") % {"instrument": draft},
    )
    return HttpResponseRedirect(page_of(draft))


def retire_page(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    instrument = _found(request, pk, allowed=model_admin.has_change_permission(request))
    if request.method == "POST":
        try:
            instruments.retire(instrument)
        except instruments.NotInForce as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(page_of(instrument))
        model_admin.log_change(request, instrument, _("Dihentikan."))
        messages.success(request, _("“%(instrument)s” tidak dipakai lagi.") % {"instrument": instrument})
        return HttpResponseRedirect(page_of(instrument))
    if instrument.state != Instrument.State.PUBLISHED:
        messages.info(request, _("Hanya instrumen yang terbit dan masih dipakai yang dapat dihentikan."))
        return HttpResponseRedirect(page_of(instrument))
    context = {
        "rounds": _rounds_of(instrument),
        "open_count": Assessment.objects.open().filter(instrument=instrument).count(),
    }
    return _page(request, model_admin, instrument, "retire", _("Hentikan pemakaian instrumen"), context)


@require_safe
def download(request: HttpRequest, pk: int, model_admin: ModelAdmin) -> HttpResponse:
    """The instrument as the file that `manage.py load_instrument` reads."""
    instrument = _found(request, pk, allowed=model_admin.has_view_permission(request))
    name = slugify(f"{instrument.name} {instrument.version}") or "instrumen"
    return HttpResponse(
        write_instrument(load_rules(instrument.pk)),
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.toml"'},
    )


def _found(request: HttpRequest, pk: int, *, allowed: bool) -> Instrument:
    if not allowed:
        raise PermissionDenied
    return get_object_or_404(Instrument, pk=pk)


def _differences(before: Instrument, rules: Any) -> list:
    names = dict(ProductScope.objects.values_list("code", "name"))
    return differences(instruments.rules_of(before.pk), rules, names)


def _rounds_of(instrument: Instrument | None) -> QuerySet[Round]:
    """Rounds by `instrument` that are open or to come, with `is_used` (bool): something was begun in them."""
    begun = Assessment.objects.filter(round=OuterRef("pk"))
    rounds = Round.objects.filter(Q(closes=None) | Q(closes__gte=timezone.localdate()), instrument=instrument)
    return rounds.annotate(is_used=Exists(begun)).order_by("opens", "name")


def _page(
    request: HttpRequest,
    model_admin: ModelAdmin,
    instrument: Instrument | None,
    template: str,
    title: str,
    context: dict[str, Any],
) -> HttpResponse:
    shared = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "instrument": instrument,
        "title": title,
        "trail": trail(instrument),
    }
    return TemplateResponse(request, f"assessment/admin/{template}.html", shared | context)
