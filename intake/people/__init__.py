"""Who asks and whom it is about: persons, contact details, contact wishes, u or je.

Entry points: models, contact_preferences, forms_of_address.
May import: organisations and welzijn.
"""
