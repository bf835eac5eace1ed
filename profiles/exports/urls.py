"""Where the page is taken away as text or data."""

from django.urls import path

from profiles.exports import views

app_name = "exports"

urlpatterns = [
    path("me/page.txt", views.page_txt, name="page_txt"),
    path("me/page.json", views.page_json, name="page_json"),
    path("me/copy/", views.copy, name="copy"),
    path("me/copy/everything.json", views.everything, name="everything"),
]
