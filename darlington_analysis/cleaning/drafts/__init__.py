"""``add FILE``: a look at a file nobody has described, and a sidecar drafted with questions."""
