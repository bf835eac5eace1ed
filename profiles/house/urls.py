"""The person's home, and the pages that are nobody's."""

from django.urls import path

from profiles.house import me_views, views

app_name = "house"
urlpatterns = [
    path("", views.home, name="home"),
    path("me/", me_views.me, name="me"),
    path("example/", views.example, name="example"),
    path("example.pdf", views.example_pdf, name="example_pdf"),
    path("help/", views.help, name="help"),
    path("help/clinic/", views.help_clinic, name="help_clinic"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("looks/", views.change_appearance, name="appearance"),
    path("mail/stop/<piece:token>/", views.stop_mails, name="stop_mails"),
    path("gallery/", views.gallery, name="gallery"),
    path("up", views.up, name="up"),
    path("ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
