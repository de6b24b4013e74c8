"""What the desk passes on about a question: call back, a message, an appointment.

Entry points: services.pass_on; the page in views, at /balie/doorgeven/.
May import: casework_base and follow_ups.
"""
