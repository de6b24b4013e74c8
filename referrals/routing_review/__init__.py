"""The routing rules at /verdeelregels/: read, edited in a draft, tried on the past, explained.

Entry points: backtest, decision_trace, rule_summary, views/, urls.
May import: referrals.leads and below.
"""
