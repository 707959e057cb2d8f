"""通报: a quarter's published bulletins, publishing another, and the files as they were published."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from indicators.models import BulletinFile
from indicators.queries.reading import Reading, read_quarter
from indicators.services.bulletins import OFFICE_ALONE, Imprint, as_printed, publish_bulletin
from indicators.services.filing import AlreadyDoneError, FilingError
from indicators.views.filing import other_quarter, plan_query
from indicators.views.returns import UNPROCESSABLE
from reports.documents.editions import make_editions, proof
from reports.forms import BulletinForm
from reports.pages import bulletins
from reports.views.files import MEDIA_TYPES
from towns.access import can_read_figures, can_run_office, require

NO_FIGURES = "您的账号不查看指标数据。"


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, period: str) -> HttpResponse:
    """What was published of the quarter and what has changed since; the office publishes another."""
    if elsewhere := other_quarter(request, "bulletins", period):
        return elsewhere
    reading = _reading(request, period)
    if request.method == "POST":
        require(can_run_office(request.user), OFFICE_ALONE)
        return _publish(request, reading)
    first = {
        "issuer": bulletins.last_issuer(reading, request.user),
        "issued_on": timezone.localdate(),
        "revision": reading.plan.revision,
    }
    return _show(request, reading, BulletinForm(initial=first))


@require_safe
def file(request: HttpRequest, period: str, serial: int) -> HttpResponse:
    """The reader's edition, byte for byte as it was published."""
    reading = _reading(request, period)
    found = (
        BulletinFile.objects.visible_to(request.user)
        .filter(bulletin__period=reading.period, bulletin__serial=serial)
        .select_related("bulletin__period__plan__city")
        .first()
    )
    if found is None:
        raise Http404(f"{reading.quarter.label}没有第 {serial} 号通报。")
    return _document(bytes(found.data), bulletins.file_name(found))


def _document(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        content, content_type=MEDIA_TYPES["docx"], headers={"Content-Disposition": disposition}
    )


def _reading(request: HttpRequest, period: str) -> Reading:
    """The quarter that the address names, which the page's frame then shows."""
    require(can_read_figures(request.user), NO_FIGURES)
    reading = read_quarter(request.user, plan_code=request.GET.get("plan", ""), period_code=period)
    request.reading = reading  # type: ignore[attr-defined]
    return reading


def _publish(request: HttpRequest, reading: Reading) -> HttpResponse:
    form = BulletinForm(request.POST.dict())
    if not form.is_valid():
        return _show(request, reading, form)
    head = {name: form.cleaned_data[name] for name in ("issuer", "number", "issued_on", "has_red_head")}
    now = timezone.now()
    today = timezone.localdate(now)
    try:
        imprint = as_printed(Imprint(**head), reading.quarter, today=today)
        if "proof" in request.POST:
            return _document(proof(reading, imprint, on=today), bulletins.proof_name(reading))
        bulletin = publish_bulletin(
            reading.period,
            imprint=imprint,
            editions=make_editions(reading, imprint, on=today),
            revision=form.cleaned_data["revision"],
            by=request.user,
            at=now,
        )
    except AlreadyDoneError as done:
        form.add_error("number", str(done))
        return _show(request, reading, form)
    except FilingError as refusal:
        form.add_error(None, str(refusal))
        return _show(request, reading, form)
    messages.success(
        request,
        f"{reading.quarter.label}的通报“{bulletin.number}”已发布：领导和部门看到全本，镇区看到镇区本；此后数字更正，文件不变。",
    )
    return redirect(reverse("bulletins", args=[reading.period.code]) + plan_query(reading))


def _show(request: HttpRequest, reading: Reading, form: BulletinForm) -> HttpResponse:
    page = bulletins.build(reading, request.user)
    if form.is_bound:
        # Sent again after a refusal, it is about the figures that stand beside it now.
        form.data = form.data | {"revision": page.revision}
    context = {"page": page, "form": form, "plan_query": plan_query(reading)}
    return render(request, "reports/bulletins.html", context, status=UNPROCESSABLE if form.errors else 200)
