"""Benchmarks, each compared with a baseline measured in the same run.

Entry point: `manage.py bench NAME` (docs/bench.md). May import everything.
"""
