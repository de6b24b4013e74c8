"""The public front door: asking, in two equal ways, and leaving."""
