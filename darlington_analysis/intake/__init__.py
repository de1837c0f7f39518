"""Files that arrive: fetched, staged, drafted, counted and turned into rows."""
