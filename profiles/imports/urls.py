"""Where a file is brought back."""

from django.urls import path

from profiles.imports import views

app_name = "imports"

urlpatterns = [
    path("me/bring/", views.bring, name="bring"),
    path("me/bring/choose/", views.choose, name="choose"),
]
