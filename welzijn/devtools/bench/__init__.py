"""Measurements against a floor measured in the same run: `manage.py bench NAME`. docs/bench.md."""
