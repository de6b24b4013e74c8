"""A partnership kept in the browser: the same document as its file, section by section.

Entry points: saving.save, proposals.submit, upload.compare, revisions.put_back.
May import: organisations.partnership_file, organisations.administration and below.
"""
