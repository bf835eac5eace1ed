"""The rooms' addresses. The page's own come first: /me/page/ is not a part called "page"."""

from django.urls import include, path

urlpatterns = [
    path("", include("profiles.sheet.urls")),
    path("", include("profiles.exports.urls")),
    path("", include("profiles.answers.urls")),
]
