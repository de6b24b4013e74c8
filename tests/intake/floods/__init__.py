"""Tests of floods at the public form."""
