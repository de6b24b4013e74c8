"""What a worker has seen of what is asked of them, and how they want to hear of it.

Entry points: marks (seen, settings).
May import: welzijn, organisations and intake.
"""
