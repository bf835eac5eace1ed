"""Where the page is seen and printed."""

from django.urls import path

from profiles.sheet import views

app_name = "sheet"

urlpatterns = [
    path("me/page/", views.page, name="page"),
    path("me/page.pdf", views.page_pdf, name="page_pdf"),
    path("me/earlier/<int:number>/", views.earlier, name="earlier"),
    path("me/earlier/<int:number>/photo/", views.earlier_photo, name="earlier_photo"),
]
