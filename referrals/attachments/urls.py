"""Paths of photos and PDFs, for who works on a question and for the desk."""

from django.urls import path

from referrals.attachments import views

urlpatterns = [
    path("vraagstuk/<uuid:question_id>/brief/", views.add, name="case_attach"),
    path(
        "vraagstuk/<uuid:question_id>/brief/<uuid:attachment_id>/",
        views.show,
        name="case_attachment",
    ),
    path(
        "vraagstuk/<uuid:question_id>/brief/<uuid:attachment_id>/weghalen/",
        views.remove,
        name="case_attachment_remove",
    ),
    path("balie/<uuid:question_id>/brief/", views.add_at_desk, name="desk_attach"),
    path(
        "balie/<uuid:question_id>/brief/<uuid:attachment_id>/weghalen/",
        views.remove_at_desk,
        name="desk_attachment_remove",
    ),
]
