"""Facts: what exists, and where it came from."""
