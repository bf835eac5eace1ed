"""Where the photo on a page is chosen, cropped and taken off."""

from django.urls import path

from profiles.photos import views

app_name = "photos"

urlpatterns = [
    path("me/photo/", views.photo, name="photo"),
    path("me/photo/crop/", views.crop, name="crop"),
    path("me/photo/file/", views.file, name="file"),
    path("me/photo/remove/", views.remove, name="remove"),
]
