"""The MDO (case conference) around one household.

steps     its statuses, who may organise one, and who may read which question of it
prepare   proposing, the agenda, inviting, sharing, planning, calling off
record    the plan in the resident's words, the minutes, the actions
told      invitations and news
page      what somebody sees of it
"""
