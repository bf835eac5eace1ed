"""The addresses of the pages that are nobody's."""

from django.urls import path

from profiles import house_pages

app_name = "house"
urlpatterns = [
    path("", house_pages.home, name="home"),
    path("example/", house_pages.example, name="example"),
    path("example.pdf", house_pages.example_pdf, name="example_pdf"),
    path("help/", house_pages.help, name="help"),
    path("privacy/", house_pages.privacy, name="privacy"),
    path("accessibility/", house_pages.accessibility, name="accessibility"),
    path("looks/", house_pages.change_looks, name="looks"),
    path("mail/stop/<str:token>/", house_pages.stop_mails, name="stop_mails"),
    path("gallery/", house_pages.gallery, name="gallery"),
    path("up", house_pages.up, name="up"),
    path("ready", house_pages.ready, name="ready"),
]
