"""URLs of single sign-on, below /accounts/; the names of sign-in and callback are allauth's."""

from django.urls import path

from welzijn.single_sign_on import views

urlpatterns = [
    path("oidc/<slug:provider_id>/login/", views.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", views.callback, name="openid_connect_callback"),
    path(
        "oidc/<slug:provider_id>/afmelden/",
        views.back_channel_logout,
        name="sign_on_back_channel_logout",
    ),
    path(
        "oidc/<slug:provider_id>/afmelden/voorkant/",
        views.front_channel_logout,
        name="sign_on_front_channel_logout",
    ),
]
