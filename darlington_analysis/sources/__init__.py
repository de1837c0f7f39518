"""What exists and where it came from: raw files, areas, indicators, lineage, the table's schema."""
