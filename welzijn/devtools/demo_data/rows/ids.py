"""SQL expressions over `syn` for ids and times that several tables use."""

# Each kind of id has a salt of its own.
QUESTION, ASKER, SUBJECT = (
    "pg_temp.uid(i, 100, received_at)",
    "pg_temp.uid(person_i, 101, person_at)",
    "pg_temp.uid(i, 102, received_at)",
)
SUBMISSION_KEY = "pg_temp.uid(i, 103, '2000-01-01'::timestamptz)"
HANDOVER = "pg_temp.uid(i, 104, received_at)"
SECOND_BASIS = "pg_temp.uid(i, 105, received_at)"
FIRST = "person_i = i"  # the asker came with no earlier question
OTHER = "about <> 'self'"
HELPED = "result IN ('helped', 'partly', 'advised', 'other_help')"
# Times of the steps of a handover, after the first conversation.
PROPOSED = "first_at + interval '1 hour'"
ANSWERED = "first_at + interval '2 days'"
MET = "first_at + interval '4 days'"
