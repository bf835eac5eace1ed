"""Where a link leads: the doorstep, and what a reader says back."""

from django.urls import path

from profiles.reading import views

app_name = "reading"

urlpatterns = [
    path("s/", views.type_code, name="type_code"),
    path("s/<str:key>/", views.doorstep, name="doorstep"),
    path("s/<str:key>/tell/", views.tell, name="tell"),
    path("s/<str:key>/thanks/", views.thanks, name="thanks"),
    path("s/<str:key>/close/", views.leave, name="leave"),
    path("s/<path:rest>", views.nowhere, name="nowhere"),  # last: other rooms have pages under /s/
]
