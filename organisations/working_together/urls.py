"""URLs of working together."""

from django.urls import path

from organisations.working_together import group_work_views, views

urlpatterns = [
    path("samenwerken/", views.way, name="working_together"),
    path("samenwerken/werkwijze/", views.change_way, name="way_of_working"),
    path("samenwerken/succes/", views.add_success, name="shared_success"),
    path(
        "samenwerken/succes/<uuid:success_id>/weg/",
        views.remove_success,
        name="shared_success_remove",
    ),
    path("samenwerken/acties/", views.actions, name="joint_actions"),
    path("samenwerken/acties/<uuid:action_id>/", views.action_done, name="joint_action_done"),
    path("samenwerken/afspraken/", views.agreements, name="offer_agreements"),
    path(
        "samenwerken/afspraken/<uuid:agreement_id>/klaar/",
        views.end_agreement,
        name="offer_agreement_end",
    ),
    path("samenwerken/taken/", views.movable_tasks, name="movable_tasks"),
    path("samenwerken/taken/<uuid:task_id>/", views.task_state, name="movable_task"),
    path("samenwerken/groepswerk/", group_work_views.group_work, name="group_work"),
    path(
        "samenwerken/groepswerk/<uuid:work_id>/weg/",
        group_work_views.remove_group_work,
        name="group_work_remove",
    ),
]
