"""Where a person goes when something is about to happen."""

from django.urls import path

from profiles.moments import views

app_name = "moments"

urlpatterns = [
    path("me/moments/told/", views.told, name="told"),
    path("me/moments/carer/", views.carer, name="carer"),
    path("me/moments/hospital/", views.hospital, name="hospital"),
    path("me/moments/hospital/ready/", views.ready, name="ready"),
    path("me/moments/changed/", views.changed, name="changed"),
]
