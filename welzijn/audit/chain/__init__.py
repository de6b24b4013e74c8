"""The hash chain over the access log: blocks, anchors outside the database, and their verification.

Entry points: sealing.seal, anchors.write, verification.verify; the command verify_log.
May import: welzijn.audit's models, welzijn.sweeps and below.
"""
