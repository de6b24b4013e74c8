"""Tools for developers: demo, demo data, benches, local PostgreSQL and Redis. Not in production.

Entry points: install, demo/run, demo_data, bench, local_services, styleguide.
May import: everything; nothing else imports it.
"""
