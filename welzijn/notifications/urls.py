"""Pages about messages. The composition root includes these at the root of the host."""

from django.urls import path

from welzijn.notifications import views

urlpatterns = [
    path("bericht/uit/<str:token>/", views.stop_digest, name="stop_digest"),
    path("bericht/ontvangst/", views.text_receipt, name="text_receipt"),
    path("demo/post/", views.demo_mailbox, name="demo_mailbox"),
    path("demo/post/<uuid:mail_id>/", views.demo_mail, name="demo_mail"),
    path("demo/post/<uuid:mail_id>/html/", views.demo_mail_html, name="demo_mail_html"),
]
