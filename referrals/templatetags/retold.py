"""What was written down in Dutch, as the page speaks: `{{ row.what|retold }}`."""

from django import template

from referrals.casework_base.timeline_rendering import retold

register = template.Library()
register.filter("retold", retold)
