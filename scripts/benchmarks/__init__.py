"""How long packs take, how that grows, and ways of making packs side by side."""
