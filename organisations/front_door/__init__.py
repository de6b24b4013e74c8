"""A partnership's configuration, held in memory and read anew when the database says so.

Entry points: configuration.of(partnership), middleware, choice.
May import: organisations.roles, organisations.routing and below.
"""
