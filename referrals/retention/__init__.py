"""Data goes when its time is over (invariant 10). docs/retention.md tells the whole.

due.py      which questions' time is over
erase.py    one batch, out of every table, with its proof, in one transaction
history.py  the history of what went
log.py      the access log and what else lies about without a question
run.py      batch after batch, for every partnership
shown.py    what the privacy officer and the resident read of it
"""
