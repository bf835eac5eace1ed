"""Where the page is taken away as text or data."""

from django.urls import path

from profiles.exports import archive_views, reader_views, receipt_views, views

app_name = "exports"

urlpatterns = [
    path("me/page.txt", views.page_txt, name="page_txt"),
    path("me/page.md", views.page_md, name="page_md"),
    path("me/page.json", views.page_json, name="page_json"),
    path("me/page.fhir.json", views.page_fhir, name="page_fhir"),
    path("me/copy/", views.copy, name="copy"),
    path("me/copy/everything.json", views.everything, name="everything"),
    path("me/copy/everything.zip", archive_views.archive, name="archive"),
    path("me/copy/ready.zip", archive_views.kept_archive, name="kept_archive"),
    path("me/sharing/<piece:ref>/receipt/", receipt_views.receipt, name="receipt"),
    path("me/sharing/<piece:ref>/receipt.pdf", receipt_views.receipt_pdf, name="receipt_pdf"),
    path("me/sharing/<piece:ref>/receipt.json", receipt_views.receipt_json, name="receipt_json"),
    path(
        "me/sharing/<piece:ref>/receipt.fhir.json", receipt_views.receipt_fhir, name="receipt_fhir"
    ),
    path("s/<str:key>/page.txt", reader_views.read_txt, name="read_txt"),
    path("s/<str:key>/page.json", reader_views.read_json, name="read_json"),
]
