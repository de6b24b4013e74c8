"""The ways a message travels. Each adapter sends one message or says why it could not."""
