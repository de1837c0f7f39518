"""From what arrived to the one table, with every row kept or set aside for a reason."""
