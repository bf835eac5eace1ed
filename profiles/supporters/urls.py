"""Where a person sees who helps them, and where those who help do it."""

from django.urls import path

from profiles.supporters import (
    decision_views,
    helper_views,
    helping_views,
    invite_views,
    suggestion_views,
    together_views,
)

app_name = "supporters"

urlpatterns = [
    path("me/helpers/", helper_views.helpers, name="helpers"),
    path("me/helpers/invite/", helper_views.ask, name="ask"),
    path("me/helpers/<piece:ref>/", helper_views.helper, name="helper"),
    path("me/helpers/<piece:ref>/stop/", helper_views.stop, name="stop"),
    path("me/suggestions/", suggestion_views.suggestions, name="suggestions"),
    path("me/suggestions/<piece:ref>/", suggestion_views.suggestion, name="suggestion"),
    path("me/suggestions/<piece:ref>/my-way/", suggestion_views.my_way, name="my_way"),
    path("helping/", helping_views.home, name="home"),
    path("helping/invite/<pieces:key>/", invite_views.invitation, name="invitation"),
    path("helping/handed/<pieces:key>/", invite_views.handed, name="handed"),
    path("helping/<piece:ref>/suggest/", helping_views.what_to_suggest, name="what_to_suggest"),
    path(
        "helping/<piece:ref>/suggest/<slug:part>/<slug:topic>/",
        helping_views.suggest,
        name="suggest",
    ),
    path("helping/<piece:ref>/together/", together_views.together, name="together"),
    path(
        "helping/<piece:ref>/together/<slug:part>/<slug:topic>/",
        together_views.write_together,
        name="write_together",
    ),
    path("helping/<piece:ref>/decided/", decision_views.decided, name="decided"),
    path(
        "helping/<piece:ref>/decided/check/<piece:kept>/",
        decision_views.check_decision,
        name="check_decision",
    ),
    path(
        "helping/<piece:ref>/decided/<piece:decision>/",
        decision_views.written_down,
        name="written_down",
    ),
    path("helping/<piece:ref>/hand-over/", helping_views.hand_over, name="hand_over"),
    path("helping/<piece:ref>/leave/", helping_views.leave, name="leave"),
]
