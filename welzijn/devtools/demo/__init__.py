"""The demo: all services on one machine, with invented people.

Entry point: `run.py` (`make demo`). May import everything.
"""
