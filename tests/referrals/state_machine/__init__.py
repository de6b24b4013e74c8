"""Random days in a partnership: what people can do, and what has to hold afterwards.

cast        the people, and the database between two walks
around      what is drawn, and how something is tried
question    picking up, follow-up, closing, the resident
handovers   the warm handover and its questions
family      household and MDO
together    two people at the same moment
invariants  DESIGN section 4
"""
