"""URLs of keeping a partnership in the browser."""

from django.urls import path

from organisations.partnership_editor import (
    history_views,
    proposal_views,
    row_views,
    start_views,
    upload_views,
    views,
)

urlpatterns = [
    path("beheer/beginnen/", start_views.start, name="partnership_start"),
    path("beheer/beginnen/oefenen/", start_views.rehearse, name="partnership_rehearse"),
    path("beheer/instellingen/", views.overview, name="administration_settings"),
    path("beheer/instellingen/<slug:section>/", views.section, name="partnership_section"),
    path("beheer/instellingen/<slug:section>/nieuw/", views.new_row, name="partnership_new_row"),
    path("beheer/instellingen/<slug:section>/rij/<slug:row>/", views.row, name="partnership_row"),
    path(
        "beheer/instellingen/<slug:section>/rij/<slug:row>/verplaats/",
        row_views.move,
        name="partnership_move_row",
    ),
    path(
        "beheer/instellingen/<slug:section>/rij/<slug:row>/weg/",
        row_views.remove,
        name="partnership_remove_row",
    ),
    path("beheer/bestand/", upload_views.upload, name="partnership_file"),
    path("beheer/bestand/download/", upload_views.download, name="partnership_download"),
    path("beheer/wijzigingen/", history_views.changes, name="partnership_changes"),
    path("beheer/wijzigingen/<uuid:revision_id>/", history_views.change, name="partnership_change"),
    path(
        "beheer/wijzigingen/<uuid:revision_id>/terug/",
        history_views.put_back,
        name="partnership_put_back",
    ),
    path("beheer/teksten/", proposal_views.texts, name="partnership_texts"),
    path("beheer/teksten/<uuid:text_id>/", proposal_views.decide, name="partnership_text_decide"),
]
