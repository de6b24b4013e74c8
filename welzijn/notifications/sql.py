"""The SQL statements that lease a message and record its status; the bench uses them too.

They run once per message, where the ORM would cost as much as the sending.
"""

# FOR UPDATE SKIP LOCKED: two sweeps at the same moment take different rows. MATERIALIZED: written
# as `WHERE id IN (SELECT ... LIMIT)`, the inner query may run again for each row, and then more
# rows than the limit are taken. The conditions on status and channel are written as in the partial
# index `message_due`, so that the index serves.
CLAIM = """
    WITH due AS MATERIALIZED (
           SELECT id FROM notifications_message
            WHERE status IN ('waiting', 'sending') AND channel IN ('email', 'sms')
              AND channel = ANY(%(channels)s)
              AND not_before <= %(now)s
              AND (held_until IS NULL OR held_until <= %(now)s)
            ORDER BY urgent DESC, not_before, id
            LIMIT %(limit)s
              FOR UPDATE SKIP LOCKED)
    UPDATE notifications_message AS message
       SET status = 'sending', held_until = %(held_until)s, claimed_by = %(worker)s
      FROM due
     WHERE message.id = due.id
    RETURNING message.*
"""

# Counts an attempt just before it is made, and renews the lease. Not at the claim: what was claimed
# behind a crash was not tried. Changes nothing for a worker that lost the lease, which then doesn't
# send. A mail's count need not reach the disk before the mail leaves: a crash of PostgreSQL may
# forget one attempt. A text's has to: at a second attempt the service is asked whether it has it.
BEGIN = """
    WITH quick AS MATERIALIZED (
           SELECT CASE WHEN %(durable)s THEN ''
                       ELSE set_config('synchronous_commit', 'off', true) END)
    UPDATE notifications_message
       SET attempts = attempts + 1, held_until = %(held_until)s
      FROM quick
     WHERE id = %(id)s AND status = 'sending' AND claimed_by = %(worker)s
"""

# Changes nothing for a worker that lost the lease: `claimed_by` then names another one.
RECORD = """
    UPDATE notifications_message
       SET status = %(status)s, sent_at = %(sent_at)s, held_until = NULL, error = %(error)s
     WHERE id = %(id)s AND status = 'sending' AND claimed_by = %(worker)s
"""
