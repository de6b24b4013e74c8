"""The agenda of a worker."""
