"""Where a page is taken into a record. No address ends with a slash but the viewer's: a program
follows none of our ways to mend one.
"""

from django.urls import path

from profiles.clinics import viewer_views, views

app_name = "clinics"

urlpatterns = [
    path("shl/", viewer_views.viewer, name="viewer"),
    path("shl/<piece:key>", views.take, name="take"),
    path("shl/<piece:key>/files/<piece:ticket>", views.file, name="file"),
]
