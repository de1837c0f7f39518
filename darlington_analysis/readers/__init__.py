"""Files read as their sidecar declares them, and looked through for people's data."""
