"""Every address: the house's pages, then each room's own."""

from django.urls import include, path

urlpatterns = [
    path("", include("profiles.house_urls")),
    path("", include("profiles.urls")),
    path("account/", include("profiles.accounts.urls")),
]

handler404 = "profiles.house_pages.not_found"
handler500 = "profiles.house_pages.went_wrong"
