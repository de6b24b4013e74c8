"""The routing rules at /verdeelregels/: to read, to change in a draft, to try on the past.

They live here and not in organisations, because they show decisions, corrections and questions.
"""
