"""Learning sessions of a neighbourhood: recurring or planned, with a theme, and who comes.

Entry points: schedule.upcoming, arranging (plan, change, cancel, mail), sign_up, views, urls.
May import: organisations.front_door and below.
"""
