"""Invented people and questions, for the demo, for measurements and for tests."""
