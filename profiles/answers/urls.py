"""Where a page is written."""

from django.urls import path

from profiles.answers import history_views, photo_views, review_views, views

app_name = "answers"

urlpatterns = [
    path("start/", views.start, name="start"),
    path("me/", views.home, name="home"),
    path("me/photo/", photo_views.photo, name="photo"),
    path("me/photo/crop/", photo_views.crop, name="crop"),
    path("me/photo/file/", photo_views.file, name="photo_file"),
    path("me/photo/remove/", photo_views.remove, name="photo_remove"),
    path("me/earlier/", history_views.earlier, name="earlier"),
    path(
        "me/earlier/<int:number>/again/",
        history_views.bring_back_edition,
        name="bring_back_edition",
    ),
    path("me/delete/", history_views.delete, name="delete"),
    path("me/choose/", history_views.choose, name="choose"),
    path("me/review/", review_views.review, name="review"),
    path("me/review/begin/", review_views.review_begin, name="review_begin"),
    path("me/review/later/", review_views.review_later, name="review_later"),
    path("me/review/emails/", review_views.review_emails, name="review_emails"),
    path("me/review/end/", review_views.review_end, name="review_end"),
    path("me/review/<slug:topic>/", review_views.review_topic, name="review_topic"),
    path("me/<slug:part>/", views.part, name="part"),
    path("me/<slug:part>/<slug:topic>/", views.write, name="write"),
    path("me/<slug:part>/<slug:topic>/draft/", views.draft, name="draft"),
    path("me/<slug:part>/<slug:topic>/draft/away/", views.throw_away, name="throw_away"),
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
