"""Where a person sees who has looked."""

from django.urls import path

from profiles.access import views

app_name = "access"

urlpatterns = [
    path("me/looked/", views.looked, name="looked"),
    path("me/looked/by-day/", views.by_day, name="by_day"),
    path("me/looked.csv", views.looked_csv, name="looked_csv"),
    path("me/looked.json", views.looked_json, name="looked_json"),
    path("me/looked/email/", views.tell_me, name="tell_me"),
]
