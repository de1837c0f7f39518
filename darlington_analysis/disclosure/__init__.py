"""Protection of people in small counts: suppression, and the attack that tries it."""
