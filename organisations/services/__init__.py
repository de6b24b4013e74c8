"""The service pages at /aanbod/, the glossary, and HSDS export.

Entry points: catalogue, views, urls, hsds.
May import: organisations.front_door and below.
"""
