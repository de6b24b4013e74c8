"""How the processes run: gunicorn, logs, health checks and error pages.

Entry points: gunicorn, logs.WithoutPersonalData, health.ready, healthcheck, error_views.
May import: every part of the base, and what an error page of an app needs.
"""
