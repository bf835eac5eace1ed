"""Where questions are answered, and earlier words and pages are found."""

from django.urls import path

from profiles.writing import history_views, photo_views, views

app_name = "writing"

urlpatterns = [
    path("me/earlier/", history_views.earlier, name="earlier"),
    path(
        "me/earlier/<int:number>/again/",
        history_views.bring_back_edition,
        name="bring_back_edition",
    ),
    path("me/<slug:part>/", views.part, name="part"),
    path("me/<slug:part>/<slug:topic>/", views.write, name="write"),
    path("me/<slug:part>/<slug:topic>/draft/", views.draft, name="draft"),
    path("me/<slug:part>/<slug:topic>/draft/away/", views.throw_away, name="throw_away"),
    path("me/<slug:part>/<slug:topic>/photo/", photo_views.photo, name="photo"),
    path("me/<slug:part>/<slug:topic>/more/", views.more, name="more"),
    path("me/<slug:part>/<slug:topic>/both/", views.both, name="both"),
    path("me/<slug:part>/<slug:topic>/line/", views.line, name="line"),
    path("me/<slug:part>/<slug:topic>/earlier/", history_views.earlier_words, name="earlier_words"),
    path(
        "me/<slug:part>/<slug:topic>/earlier/<int:number>/",
        history_views.bring_back,
        name="bring_back",
    ),
]
