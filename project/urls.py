"""Every address: the house's pages, then each room's own."""

from django.urls import include, path

urlpatterns = [
    path("", include("profiles.house.urls")),
    path("", include("profiles.urls")),
    path("account/", include("profiles.accounts.urls")),
]

handler400 = "profiles.house.views.not_understood"
handler403 = "profiles.house.views.not_allowed"
handler404 = "profiles.house.views.not_found"
handler500 = "profiles.house.views.went_wrong"
