"""The pages of the public front door: asking in two equal ways, and leaving."""
