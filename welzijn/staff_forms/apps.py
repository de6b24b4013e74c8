"""Drafts and form keys of staff."""

from django.apps import AppConfig


class StaffFormsConfig(AppConfig):
    """What staff typed and did not send, and what they sent."""

    name = "welzijn.staff_forms"
    label = "staff_forms"
