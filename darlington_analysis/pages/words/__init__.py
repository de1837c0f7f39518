"""Sentences that several sections of a page share."""
