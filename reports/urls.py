"""The read pages: overview, indicators, towns, the plan, downloads."""

from django.urls import path

from reports.views import bulletins, cells, city, downloads, indicators, plan, screen, towns

urlpatterns = [
    path("", city.overview, name="city"),
    path("revision/", screen.revision, name="revision"),
    path("cells/<slug:town>/<slug:indicator>/", cells.story, name="cell"),
    path("indicators/", indicators.index, name="indicators"),
    path("indicators/<slug:code>/", indicators.detail, name="indicator"),
    path("indicators/<slug:code>.xlsx", indicators.workbook, name="indicator_workbook"),
    path("towns/", towns.index, name="towns"),
    path("towns/<slug:code>/", towns.detail, name="town"),
    path("plan/", plan.show, name="plan"),
    path("reports/", downloads.index, name="reports"),
    path("reports/bulletins/<str:period>/", bulletins.detail, name="bulletins"),
    path("reports/bulletins/<str:period>/<int:serial>.docx", bulletins.file, name="bulletin_file"),
    path("reports/files.zip", downloads.files, name="report_files"),
    path("reports/<slug:name>.<slug:extension>", downloads.file, name="report"),
]
