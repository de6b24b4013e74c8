"""The routing rules at /verdeelregels/: read, drafted, tried on past questions, explained.

Entry points: backtest, decision_trace, rule_summary, views/, urls.
May import: referrals.leads and below.
"""
