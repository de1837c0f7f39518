"""What sections of pages share: tables, figures, maps, charts, numbers."""
