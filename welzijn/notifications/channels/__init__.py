"""Delivery channels; each adapter sends one message or raises a SendingError."""
