"""Where a page is begun, chosen and deleted."""

from django.urls import path

from profiles.pages import views

app_name = "pages"

urlpatterns = [
    path("start/", views.start, name="start"),
    path("me/delete/", views.delete, name="delete"),
    path("me/choose/", views.choose, name="choose"),
]
