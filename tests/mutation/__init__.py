"""Mutation testing of the domain code: `make mutate`, not part of `make test`; docs/mutation.md.

cosmic-ray makes the mutants; `plugin` runs the tests of a group against each of them in a fork of a
pytest session whose database is ready, so that most take well under a second. Which modules and
tests form a group stands in pyproject.toml, [tool.voordeur.mutation].
"""
