"""Where a page is taken into a record. No address that a program asks ends with a slash: it follows
none of our ways to mend one.
"""

from django.urls import path

from profiles.clinics import fits_views, viewer_views, views

app_name = "clinics"

urlpatterns = [
    path("me/sharing/new/fits/", fits_views.fits, name="fits"),
    path("shl/", viewer_views.viewer, name="viewer"),
    path("shl/<piece:key>", views.take, name="take"),
    path("shl/<piece:key>/files/<piece:ticket>", views.file, name="file"),
]
