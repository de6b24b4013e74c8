"""Figures for operators in Prometheus' format; about rows and requests, never about a person.

Entry points: gauges.register (a figure of a subject), views.metrics (the page), multiprocess.
May import: nothing of the product.
"""
