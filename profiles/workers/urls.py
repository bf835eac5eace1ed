"""A worker's people, hello card and promises, and where the person sees what was promised."""

from django.urls import path

from profiles.workers import card_views, people_views, promise_views, reader_views

app_name = "workers"

urlpatterns = [
    path("me/promises/", promise_views.promises, name="promises"),
    path("me/promises/<piece:ref>/", promise_views.answer, name="answer"),
    path("with-me/", people_views.with_me, name="with_me"),
    path("with-me/ask/", people_views.ask, name="ask"),
    path("with-me/asked/", people_views.asked, name="asked"),
    path("with-me/hello/", card_views.hello, name="hello"),
    path("with-me/hello/photo/", card_views.photo, name="photo"),
    path("with-me/hello/photo/remove/", card_views.photo_remove, name="photo_remove"),
    path("with-me/hello/delete/", card_views.delete, name="delete"),
    path("with-me/promises/", promise_views.promised, name="promised"),
    path("with-me/promises/emails/", promise_views.remind_me, name="remind_me"),
    path("with-me/promises/<piece:ref>/", promise_views.sorry, name="sorry"),
    path("s/<str:key>/read/", reader_views.have_read, name="have_read"),
]
