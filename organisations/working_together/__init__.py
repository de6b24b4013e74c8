"""How the partners work together: way of working, agreements, actions, group work. No resident.

Entry points: models, rights, figures, views, group_work_views, urls.
May import: organisations.services and below.
"""
