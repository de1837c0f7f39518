"""Binds evidence into editions."""
