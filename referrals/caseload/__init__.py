"""The work of the whole partnership on one screen, and no stranger's life story on it."""
