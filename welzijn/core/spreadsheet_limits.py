"""How much of a spreadsheet is read; far more than a welfare organisation's list holds."""

MOST_BYTES = 2_000_000
MOST_ROWS = 1_000
MOST_COLUMNS = 60
LONGEST_CELL = 5_000
MOST_TEXT = 1_000_000  # characters in all
# Of an XLSX, which is a zip: its parts, and what one part may unpack to.
MOST_PARTS = 300
MOST_UNPACKED = 20_000_000


class SpreadsheetError(ValueError):
    """A file that can't be read; the message says why, and nothing of what is in it."""
