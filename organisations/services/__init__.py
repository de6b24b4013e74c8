"""The service pages at /aanbod/, the glossary, and who keeps services.

Entry points: catalogue, views, keeping, urls.
May import: organisations.front_door and below.
"""
