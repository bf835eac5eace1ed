"""The rooms' addresses, from the top of the house down: what is more exact comes first.

/me/page/ is not a part called "page", and /s/<key>/page/ is not the closed page.
"""

from django.urls import include, path

urlpatterns = [
    path("", include("profiles.moments.urls")),
    path("", include("profiles.door.urls")),
    path("", include("profiles.imports.urls")),
    path("", include("profiles.clinics.urls")),
    path("", include("profiles.exports.urls")),
    path("", include("profiles.supporters.urls")),
    path("", include("profiles.workers.urls")),
    path("", include("profiles.reading.urls")),
    path("", include("profiles.sharing.urls")),
    path("", include("profiles.access.urls")),
    path("", include("profiles.review.urls")),
    path("", include("profiles.photos.urls")),
    path("", include("profiles.pages.urls")),
    path("", include("profiles.writing.urls")),
]
