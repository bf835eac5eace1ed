"""Where a page is gone through: is it still right?"""

from django.urls import path

from profiles.review import views

app_name = "review"

urlpatterns = [
    path("me/review/", views.review, name="review"),
    path("me/review/begin/", views.begin, name="begin"),
    path("me/review/later/", views.later, name="later"),
    path("me/review/emails/", views.emails, name="emails"),
    path("me/review/end/", views.end, name="end"),
    path("me/review/<slug:topic>/", views.topic, name="topic"),
]
