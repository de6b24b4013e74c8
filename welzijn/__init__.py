"""The project, and the base that all apps stand on.

Entry points: settings, urls, wsgi, celery; one package a subject.
May import: no app; only `config`, `urls` and `devtools` put apps together.
"""
