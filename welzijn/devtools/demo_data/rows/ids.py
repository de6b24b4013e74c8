"""Ids and dates that the rows of several tables share, as SQL over `syn`."""

# Ids by what they belong to; a salt for each.
QUESTION, ASKER, SUBJECT = (
    "pg_temp.uid(i, 100, received_at)",
    "pg_temp.uid(i, 101, received_at)",
    "pg_temp.uid(i, 102, received_at)",
)
SUBMISSION_KEY = "pg_temp.uid(i, 103, '2000-01-01'::timestamptz)"
HANDOVER = "pg_temp.uid(i, 104, received_at)"
SECOND_BASIS = "pg_temp.uid(i, 105, received_at)"
OTHER = "about <> 'self'"
HELPED = "result IN ('helped', 'partly', 'advised', 'other_help')"
# The days on which the steps of a handover were taken, from its first conversation on.
PROPOSED = "first_at + interval '1 hour'"
ANSWERED = "first_at + interval '2 days'"
MET = "first_at + interval '4 days'"
