"""What is known of a person and of whom a question is about, put right by staff or the resident.

Entry points: services.correct_person, correct_subject and correct_own; the pages in views.
May import: casework_base, and of intake what it may itself.
"""
