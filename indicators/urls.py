"""Filing's addresses: returns, their review, the quarters they are filed for, and the trail of all acts."""

from django.urls import path

from indicators.views import (
    audit,
    boards,
    drafts,
    evidence,
    period_workbooks,
    periods,
    return_workbooks,
    returns,
    review,
)

urlpatterns = [
    path("audit/", audit.index, name="audit"),
    path("audit.xlsx", audit.workbook, name="audit_export"),
    path("returns/", boards.index, name="returns"),
    path("returns/review/", review.index, name="review"),
    path("returns/review/approve/", review.approve_many, name="review_approve"),
    path("returns/<str:period>/<slug:unit>/", returns.detail, name="return"),
    path("returns/<str:period>/<slug:unit>/draft/", drafts.save, name="return_draft"),
    path("returns/<str:period>/<slug:unit>/evidence/", evidence.add, name="return_evidence"),
    path("returns/<str:period>/<slug:unit>/evidence/<int:evidence>/", evidence.download, name="evidence"),
    path(
        "returns/<str:period>/<slug:unit>/evidence/<int:evidence>/remove/",
        evidence.remove,
        name="evidence_remove",
    ),
    path("returns/<str:period>/<slug:unit>/template.xlsx", return_workbooks.template, name="return_template"),
    path("returns/<str:period>/<slug:unit>/upload/", return_workbooks.upload, name="return_upload"),
    path("returns/<str:period>/<slug:unit>/apply/", return_workbooks.apply, name="return_apply"),
    path("returns/<str:period>/<slug:unit>/withdraw/", review.withdraw, name="return_withdraw"),
    path("returns/<str:period>/<slug:unit>/review/", review.begin, name="return_begin_review"),
    path("returns/<str:period>/<slug:unit>/approve/", review.approve, name="return_approve"),
    path("returns/<str:period>/<slug:unit>/send-back/", review.send_back, name="return_send_back"),
    path("returns/<str:period>/<slug:unit>/reopen/", review.reopen, name="return_reopen"),
    path("periods/<str:period>/", periods.detail, name="period"),
    path("periods/<str:period>/open/", periods.open_for_filing, name="period_open"),
    path("periods/<str:period>/close/", periods.close, name="period_close"),
    path("periods/<str:period>/reopen/", periods.reopen, name="period_reopen"),
    path("periods/<str:period>/explain/", periods.explain, name="period_explain"),
    path("periods/<str:period>/towns.xlsx", period_workbooks.towns, name="period_towns"),
    path("periods/<str:period>/upload/", period_workbooks.upload, name="period_upload"),
    path("periods/<str:period>/apply/", period_workbooks.apply, name="period_apply"),
]
