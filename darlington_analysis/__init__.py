"""Ward-level evidence packs for Darlington's Community Partnerships."""

__version__ = "0.1.0"
