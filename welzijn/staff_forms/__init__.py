"""Forms of staff: what was typed is never lost, and nothing is saved twice.

Entry points: middleware.StaffFormsMiddleware (form keys, drafts put back), drafts (keep, forget),
form_keys (claim), tokens (what a form carries), exempt (POSTs without a key, each with its reason),
views (autosave, discard, stay signed in).
May import: welzijn.accounts and below.
"""
