"""Every address of the site."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from songhanh.web import views, views_files

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("ke-hoach/", views.plan, name="plan"),
    path("cach-hieu/", views.readings, name="readings"),
    path("chi-tieu/", views.targets, name="targets"),
    path("chi-tieu/<str:code>/", views.target, name="target"),
    path("chi-tieu/<str:code>/so-lieu/", views.target_figures, name="target-figures"),
    path("so-lieu/<int:number>/", views.figure, name="figure"),
    path("don-vi/", views.units, name="units"),
    path("don-vi/<str:code>/", views.unit, name="unit"),
    path("phien-ban-so-lieu/", views_files.releases, name="releases"),
    path("phien-ban-so-lieu/<str:number>/", views_files.release, name="release"),
    path("phien-ban-so-lieu/<str:number>/so-lieu.json", views_files.release_json, name="release-json"),
    path("phien-ban-so-lieu/<str:number>/bao-cao.docx", views_files.report_docx, name="report-docx"),
    path("phien-ban-so-lieu/<str:number>/bao-cao/", views_files.report, name="report"),
    path(
        "phien-ban-so-lieu/<str:number>/bao-cao/trang-<int:page>.png",
        views_files.report_page,
        name="report-page",
    ),
    path("tai-ve/ket-qua-<int:year>.csv", views_files.results_csv, name="results-csv"),
    path("tai-ve/so-lieu.csv", views_files.figures_csv, name="figures-csv"),
    path("gioi-thieu/", views.about, name="about"),
]
if settings.DEBUG:
    urlpatterns.append(path("components/", views.components, name="components"))

handler400 = "songhanh.web.views_errors.bad_request"
handler403 = "songhanh.web.views_errors.forbidden"
handler404 = "songhanh.web.views_errors.not_found"
handler500 = "songhanh.web.views_errors.broken"
