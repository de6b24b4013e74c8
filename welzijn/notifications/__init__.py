"""The outbox: messages kept in PostgreSQL, sent by a sweep, never twice (invariants 5 and 9).

Entry points: outbox.queue, delivery.sweep, message_kinds.register, channels/.
May import: welzijn.core.
"""
