"""Where the page is seen and printed, by its person and by its readers."""

from django.urls import path

from profiles.door import (
    hello_views,
    helping_views,
    picture_views,
    reader_views,
    share_views,
    style_views,
    views,
)

app_name = "door"

urlpatterns = [
    path("me/page/", views.page, name="page"),
    path("me/page/style/", style_views.choose, name="style"),
    path("me/page/style/<slug:what>.webp", style_views.picture, name="style_picture"),
    path("me/page.pdf", views.page_pdf, name="page_pdf"),
    path("me/page.png", picture_views.picture, name="picture"),
    path("me/earlier/<int:number>/", views.earlier, name="earlier"),
    path("me/earlier/<int:number>/photo/", views.earlier_photo, name="earlier_photo"),
    path("me/sharing/new/page/", share_views.preview, name="preview"),
    path("me/sharing/new/page.pdf", share_views.preview_pdf, name="preview_pdf"),
    path("me/sharing/<piece:ref>/page/", share_views.as_reader, name="as_reader"),
    path("me/sharing/<piece:ref>/style/", style_views.choose_for_reader, name="style_for_reader"),
    path("me/sharing/<piece:ref>/page.pdf", share_views.as_reader_pdf, name="as_reader_pdf"),
    path("me/hello/<piece:ref>/", hello_views.hello, name="hello"),
    path("me/hello/<piece:ref>/card.pdf", hello_views.hello_pdf, name="hello_pdf"),
    path("s/<str:key>/page/", reader_views.read, name="read"),
    path("s/<str:key>/page.pdf", reader_views.read_pdf, name="read_pdf"),
    path("helping/<piece:ref>/", helping_views.helping, name="helping"),
    path("helping/<piece:ref>/page.png", picture_views.helping_picture, name="helping_picture"),
    path("check/", reader_views.type_check_code, name="type_check_code"),
    path("check/<pieces:code>/", reader_views.check, name="check"),
]
