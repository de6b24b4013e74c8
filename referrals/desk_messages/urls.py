"""The paths on which the desk passes something on."""

from django.urls import path

from referrals.desk_messages import views

urlpatterns = [
    path("balie/doorgeven/", views.pass_on, name="desk_message"),
    path("balie/kenmerk/", views.go_to_reference, name="desk_reference"),
]
