"""Where a person shares their page, and says yes or no to who asks."""

from django.urls import path

from profiles.sharing import ask_views, new_views, views

app_name = "sharing"

urlpatterns = [
    path("me/sharing/", views.home, name="home"),
    path("me/sharing/new/", new_views.new, name="new"),
    path("me/sharing/new/who/", new_views.who, name="who"),
    path("me/sharing/new/clinic/", new_views.clinic, name="clinic"),
    path("me/sharing/new/what/", new_views.what, name="what"),
    path("me/sharing/new/how-long/", new_views.how_long, name="how_long"),
    path("me/sharing/new/check/", new_views.check, name="check"),
    path("me/sharing/new/ready/", new_views.ready, name="ready"),
    path("me/sharing/new/let-go/", new_views.let_go, name="let_go"),
    path("me/sharing/handed/", views.handed, name="handed"),
    path("me/sharing/ask-code/", ask_views.ask_code, name="ask_code"),
    path("me/sharing/asked/<piece:ref>/", ask_views.answer, name="answer"),
    path("me/sharing/<piece:ref>/", views.share, name="share"),
    path("me/sharing/<piece:ref>/keep/", views.keep, name="keep"),
    path("me/sharing/<piece:ref>/show/", views.show, name="show"),
    path("me/sharing/<piece:ref>/what/", views.change_what, name="change_what"),
    path("me/sharing/<piece:ref>/how-long/", views.change_how_long, name="change_how_long"),
    path("me/sharing/<piece:ref>/passcode/", views.passcode, name="passcode"),
    path("me/sharing/<piece:ref>/code/", views.speak, name="speak"),
    path("me/sharing/<piece:ref>/email/", views.send, name="send"),
    path("me/sharing/<piece:ref>/pause/", views.pause, name="pause"),
    path("me/sharing/<piece:ref>/resume/", views.resume, name="resume"),
    path("me/sharing/<piece:ref>/stop/", views.stop, name="stop"),
]
